"""Redirects: followed to the same host, and with no credential to another."""

from __future__ import annotations

import pytest

from hoopscope.gateway.errors import (
    UnexpectedAnswer,
)
from tests.gateway.servers import (
    SERVER_KEY,
    TOKEN,
    Received,
    Server,
    answer,
    as_json,
    ask,
)

BOTH_FORMS = pytest.mark.parametrize("credential", [TOKEN, SERVER_KEY])


@BOTH_FORMS
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_another_host_gets_nothing(credential: str, status: int) -> None:
    async with Server(as_json(["stolen"])) as other:
        away = {"Location": f"{other.url}/api/users"}
        async with Server(answer("", status, away)) as server:
            with pytest.raises(UnexpectedAnswer, match=r"another host, 127\.0\.0\.1") as caught:
                await ask(server, credential)
    assert len(server.received) == 1
    assert other.received == []
    assert "login in a browser" in caught.value.advice


async def test_the_same_machine_under_another_name_is_another_host() -> None:
    def away(request: Received) -> bytes:
        return answer("", 302, {"Location": f"http://localhost:{server.port}/api/users"})

    async with Server(away) as server:
        with pytest.raises(UnexpectedAnswer, match="another host, localhost"):
            await ask(server)
    assert len(server.received) == 1


async def test_from_http_to_https_says_how_to_write_the_address() -> None:
    async with Server(answer("", 308, {"Location": "https://127.0.0.1/api/users"})) as server:
        with pytest.raises(UnexpectedAnswer) as caught:
            await ask(server)
    assert "https://" in caught.value.advice


@BOTH_FORMS
@pytest.mark.parametrize("full", [True, False])
async def test_the_same_host_is_followed(credential: str, full: bool) -> None:
    def moved(request: Received) -> bytes:
        if request.path == "/moved":
            return as_json(["here"])
        return answer("", 302, {"Location": (server.url if full else "") + "/moved"})

    async with Server(moved) as server:
        assert await ask(server, credential) == ["here"]
    assert len(server.received) == 2
    first, second = (
        {k: v for k, v in request.headers.items() if k in ("authorization", "api-key")}
        for request in server.received
    )
    assert first == second != {}


async def test_going_round_in_circles_ends() -> None:
    async with Server(answer("", 302, {"Location": "/api/users"})) as server:
        with pytest.raises(UnexpectedAnswer, match="again and again"):
            await ask(server)
    assert len(server.received) == 6


@pytest.mark.parametrize("location", ["https://[bad", "javascript:alert(1)", "data:x"])
async def test_a_redirect_to_nowhere_is_told(location: str) -> None:
    async with Server(answer("", 302, {"Location": location})) as server:
        with pytest.raises(UnexpectedAnswer):
            await ask(server)
    assert len(server.received) == 1


async def test_a_redirect_that_does_not_say_where_is_told() -> None:
    async with Server(answer("", 302)) as server:
        with pytest.raises(UnexpectedAnswer, match="302"):
            await ask(server)
