"""Asks for the queries in a file, one after the other, and writes each session as a JSON line.

The file has a query string a line: the same pages that `hoopscope list --all` asks for.
"""

import json
import os
import sys
from pathlib import Path

import httpx

queries = Path(sys.argv[1]).read_text(encoding="ascii").splitlines()
headers = {"Authorization": f"Bearer {os.environ['HOOP_TOKEN']}"}
with httpx.Client(base_url=os.environ["HOOP_APIURL"], headers=headers) as client:
    for query in queries:
        for session in client.get(f"/api/sessions?{query}").json()["data"]:
            sys.stdout.write(json.dumps(session) + "\n")
