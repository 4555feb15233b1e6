"""Downloads: links for one use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from hoopscope.demo.downloads import Links
from hoopscope.demo.query import Refused
from hoopscope.demo.server import DemoGateway
from tests.demo.captured import captured
from tests.demo.conftest import Asking
from tests.demo.moments import NOW

OWNER = "dana@tidewater.example"


@pytest.fixture(scope="module")
def downloading() -> Iterator[Asking]:
    with DemoGateway(sessions=80, now=NOW) as demo, Asking(demo) as found:
        yield found


def session(downloading: Asking, scenario: str = "ok", **more: Any) -> str:
    return downloading.demo.insert(NOW - timedelta(minutes=1), scenario=scenario, **more)


def test_a_link_and_its_file(downloading: Asking) -> None:
    id = session(downloading)
    link = downloading.json(f"/api/sessions/{id}?extension=csv&newline=1", OWNER)
    assert link["expire_at"] == "2026-11-24T14:35:12.345678Z"
    token = link["download_url"].partition("token=")[2].partition("&")[0]
    assert len(token) == 64
    recorded = captured("download-url-csv")["download_url"]
    assert link["download_url"].partition("&")[2] == recorded.partition("&")[2]
    assert link["download_url"].startswith(f"{downloading.demo.url}/api/sessions/{id}/download?")
    answer = downloading.nobodys(link["download_url"])
    result = downloading.response(f"/api/sessions/{id}/result/stream?newline=1")
    assert answer.content == result.content.replace(b"\t", b",")
    headers = captured("download-file-csv.headers")
    for name in set(headers) - {"Date", "Connection", "Server"}:
        assert name in answer.headers
    assert answer.headers["content-disposition"] == (
        f"attachment; filename=orders-prod-{id}-20261124-143012.csv"
    )
    assert int(answer.headers["accept-length"]) == len(answer.content)


def test_the_script_has_a_link_of_its_own(downloading: Asking) -> None:
    id = session(downloading)
    link = downloading.json(f"/api/sessions/{id}?extension=txt&blob-type=session_input")
    assert f"/api/sessions/{id}/download/input?token=" in link["download_url"]
    script = downloading.json(f"/api/sessions/{id}")["script"]["data"]
    assert downloading.nobodys(link["download_url"]).text == script


def refused(downloading: Asking, link: str) -> tuple[int, Any]:
    answer = downloading.nobodys(link)
    return answer.status_code, answer.json()


def test_a_link_is_for_one_use(downloading: Asking) -> None:
    id = session(downloading)
    first = downloading.json(f"/api/sessions/{id}?extension=csv")["download_url"]
    second = downloading.json(f"/api/sessions/{id}?extension=csv")["download_url"]
    assert refused(downloading, first) == (401, captured("download-older-of-two"))
    assert refused(downloading, second) == (404, captured("download-after-wrong-token"))
    third = downloading.json(f"/api/sessions/{id}?extension=csv")["download_url"]
    assert downloading.nobodys(third).status_code == 200
    assert refused(downloading, third) == (404, captured("download-second-use"))
    nobody = f"{downloading.demo.url}/api/sessions/{id}/download?token=x"
    assert refused(downloading, nobody) == (404, captured("download-no-token-known"))


def test_a_link_lasts_five_minutes() -> None:
    now = 0.0
    links = Links(lambda: now)
    token = links.new("a")
    now = 301
    with pytest.raises(Refused) as refusal:
        links.take("a", token)
    assert refusal.value.status == 410
    links.take("a", links.new("a"))


def test_who_gets_no_link(downloading: Asking) -> None:
    id = session(downloading, "review executed", user=OWNER)
    path = f"/api/sessions/{id}?extension=csv"
    forbidden = captured("download-reviewer-forbidden")
    assert downloading.refusal(path, "farah@tidewater.example") == (403, forbidden)
    assert downloading.refusal(path, "ingrid@tidewater.example") == (
        403,
        captured("download-forbidden"),
    )
    assert downloading.json(path, "carla@tidewater.example")["download_url"]


def test_a_server_can_disable_them() -> None:
    demo = DemoGateway(sessions=80, now=NOW, downloads=False, clipboard=False)
    with demo, Asking(demo) as asking:
        id = demo.insert(NOW - timedelta(minutes=1))
        for more in ("", "&blob-type=session_input"):
            answer = asking.refusal(f"/api/sessions/{id}?extension=csv{more}")
            assert answer == (403, captured("download-disabled-403"))
        info = asking.json("/api/serverinfo")
        recorded = captured("serverinfo-downloads-disabled")
        for switch in ("disable_sessions_download", "disable_clipboard_copy_cut"):
            assert info[switch] is recorded[switch] is True
        assert asking.response(f"/api/sessions/{id}/result/stream").status_code == 200
