"""Twenty sessions as a script would ask for them: URL and TOKEN in the environment."""

import os

import httpx

answer = httpx.get(
    os.environ["HOOP_APIURL"] + "/api/sessions",
    params={"limit": 20, "count": "none"},
    headers={"Authorization": f"Bearer {os.environ['HOOP_TOKEN']}"},
)
answer.raise_for_status()
for session in answer.json()["data"]:
    print(session["start_date"], session["user"], session["connection"], session["status"])
