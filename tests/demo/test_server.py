"""Starting and ending."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time

import httpx
import pytest

from hoopscope.demo.server import DemoGateway, listening_socket
from tests.demo.moments import NOW


def test_it_ends_with_its_block() -> None:
    before = threading.active_count()
    with DemoGateway(sessions=10, now=NOW) as demo:
        assert httpx.get(f"{demo.url}/api/healthz").json() == {"liveness": "OK"}
        assert threading.active_count() == before + 1
    assert threading.active_count() == before
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{demo.url}/api/healthz")


def test_a_request_under_way_does_not_keep_it() -> None:
    with DemoGateway(sessions=10, now=NOW, latency=30) as demo:
        host, port = demo.url.removeprefix("http://").split(":")
        client = socket.create_connection((host, int(port)))
        request = (
            f"GET /api/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {demo.token}\r\n\r\n"
        )
        client.sendall(request.encode())
        time.sleep(0.05)
        began = time.monotonic()
    client.close()
    assert time.monotonic() - began < 5


def test_it_listens_on_loopback_only() -> None:
    with DemoGateway(sessions=10, now=NOW) as demo:
        assert demo.url.startswith("http://127.0.0.1:")
        port = int(demo.url.rsplit(":", 1)[1])
        with pytest.raises(OSError, match=r".+"):
            socket.create_connection(("127.0.0.2", port), timeout=1)


def test_answers_wait_for_the_latency() -> None:
    with DemoGateway(sessions=10, now=NOW, latency=0.15) as demo:
        began = time.monotonic()
        headers = {"Authorization": f"Bearer {demo.token}"}
        assert httpx.get(f"{demo.url}/api/users", headers=headers).status_code == 200
        assert time.monotonic() - began > 0.15


def test_tokens_are_of_one_run() -> None:
    first, second = DemoGateway(sessions=1, now=NOW), DemoGateway(sessions=1, now=NOW)
    assert set(first.tokens) == set(second.tokens)
    assert not set(first.tokens.values()) & set(second.tokens.values())


def test_answers_wait_for_no_nagle() -> None:
    with listening_socket(0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_headers_are_a_gateways() -> None:
    with DemoGateway(sessions=1, now=NOW) as demo:
        response = httpx.get(f"{demo.url}/api/healthz")
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["access-control-expose-headers"] == "X-New-Access-Token, X-Set-Cookie"
    assert response.headers.get_list("server") == ["hoopgateway/demo"]


def test_it_is_independent_of_the_client() -> None:
    script = (
        "import sys; from hoopscope.demo.command import serve;"
        "from hoopscope.demo.serving import DemoServer;"
        "print([name for name in sys.modules if name.startswith('hoopscope.')"
        " and not name.startswith('hoopscope.demo')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert found.stdout == "[]\n"
