from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.errors import GatewayError, InvalidCredential, SignInRefused
from hoopscope.gateway.login_callback import CallbackServer, credential_from, state_of

TOKEN = "eyJhbGciOiJFZERTQSJ9.c2VjcmV0.c2ln"


@asynccontextmanager
async def waiting(state: str = "") -> AsyncIterator[CallbackServer]:
    async with CallbackServer(state, port=0) as server:
        yield server


async def asked(server: CallbackServer, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(request)
    if b"\r\n\r\n" not in request:
        writer.write_eof()
    try:
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def get(target: str, host: str = "127.0.0.1:3587") -> bytes:
    return f"GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n".encode()


async def test_a_browsers_answer_brings_the_credential() -> None:
    async with waiting() as server:
        answer = await asked(server, get(f"/callback?token={TOKEN}"))
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert b"You can close this window" in answer
        assert TOKEN.encode() not in answer
        assert await server.credential() == TOKEN


async def test_only_this_machine_is_listened_to() -> None:
    async with waiting() as server:
        assert server._server is not None
        names = [socket.getsockname()[0] for socket in server._server.sockets]
        assert names == ["127.0.0.1"]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST /callback?token=x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", b"405"),
        (get("/favicon.ico"), b"404"),
        (get("/callback/deeper?token=x"), b"404"),
        (get("/callback"), b"400"),
        (get("/callback?token="), b"400"),
        (get("/callback?token=two%20words"), b"400"),
        (get("/callback?token=x", host="rebound.example:3587"), b"404"),
        (b"GET /callback?token=x HTTP/1.1\r\n\r\n", b"404"),
        (b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"405"),
        (b"GET", b""),
        (b"x" * 100_000, b""),
        (get("//[/callback?token=x"), b""),
    ],
)
async def test_everything_else_is_refused_and_waiting_goes_on(
    request_: bytes, status: bytes
) -> None:
    async with waiting() as server:
        answer = await asked(server, request_)
        assert answer[9:12] == status
        await asked(server, get(f"/callback?token={TOKEN}"))
        assert await server.credential() == TOKEN


async def test_an_error_is_told_and_shown_as_text() -> None:
    async with waiting() as server:
        answer = await asked(server, get("/callback?error=%3Cb%3Eno%1b[31m&error_description=why"))
        assert b"<b>no" not in answer
        assert b"&lt;b&gt;no" in answer
        with pytest.raises(SignInRefused, match="why") as refused:
            await server.credential()
        assert "\x1b" not in str(refused.value)


async def test_the_answer_to_another_login_is_refused() -> None:
    async with waiting("mine") as server:
        await asked(server, get(f"/callback?token={TOKEN}&state=other"))
        with pytest.raises(SignInRefused, match="another login"):
            await server.credential()
        await asked(server, get(f"/callback?token={TOKEN}&state=mine"))
        assert await server.credential() == TOKEN
        await asked(server, get(f"/callback?token={TOKEN}"))
        assert await server.credential() == TOKEN, "gateways send none"


async def test_a_port_that_is_taken_is_an_error_and_a_flood_is_forgotten() -> None:
    async with waiting() as server:
        with pytest.raises(OSError, match="in use"):
            await CallbackServer(port=server.port).__aenter__()
        for number in range(40):
            await asked(server, get(f"/callback?token=t{number}"))
        assert await server.credential() == "t0"


@pytest.mark.parametrize(
    "pasted",
    [
        TOKEN,
        f"  {TOKEN}\n",
        f"http://127.0.0.1:3587/callback?token={TOKEN}",
        f"'http://127.0.0.1:3587/callback?a=b&token={TOKEN}#x'",
        f"127.0.0.1:3587/callback?token={TOKEN}",
    ],
)
def test_a_pasted_address_or_token_is_understood(pasted: str) -> None:
    assert credential_from(pasted) == TOKEN


@pytest.mark.parametrize(
    "pasted", ["", "   ", "http://127.0.0.1:3587/callback", "https://gateway.example/", "two words"]
)
def test_a_text_without_one_is_not(pasted: str) -> None:
    with pytest.raises(InvalidCredential):
        credential_from(pasted)


def test_a_pasted_error_or_another_logins_answer_is_told() -> None:
    with pytest.raises(SignInRefused, match="unexpected_error"):
        credential_from("http://127.0.0.1:3587/callback?error=unexpected_error")
    with pytest.raises(SignInRefused, match="another login"):
        credential_from(f"http://127.0.0.1:3587/callback?token={TOKEN}&state=other", "mine")


@given(st.text())
def test_whatever_is_pasted_gives_a_credential_or_an_error(text: str) -> None:
    try:
        credential = credential_from(text)
    except GatewayError as error:
        said = str(error)
        assert said.isprintable()
    else:
        assert credential
        assert credential.isascii()


def test_the_state_is_the_login_pages() -> None:
    assert state_of("https://idp.example/authorize?client_id=x&state=abc") == "abc"
    assert state_of("https://idp.example/saml?SAMLRequest=x") == ""
