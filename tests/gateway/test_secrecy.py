"""A credential is in its header and nowhere else: no repr, no log line, no exception tells it."""

from __future__ import annotations

import logging
import traceback
from collections.abc import AsyncIterator, Callable

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import GatewayError
from tests.gateway.servers import Received, Server, answer, as_json, dripping, silent

PLANTED = "PLANTEDc0ffee"
RENEWED = "RENEWEDc0ffee"
FORMS = [
    f"eyJh.{PLANTED}.c",
    f"123e4567-e89b-42d3-a456-426614174000|{PLANTED}",
]


async def _breaking() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n["


ANSWERS: list[Callable[[Received], bytes | AsyncIterator[bytes]]] = [
    lambda _: as_json([], headers={"X-New-Access-Token": f"eyJ.{RENEWED}.x"}),
    lambda _: as_json({"message": "access denied"}, 401),
    lambda request: as_json({"message": f"bad {request.headers.get('host')}"}, 422),
    lambda _: as_json({}, 500),
    lambda _: answer("<html>"),
    lambda _: answer("", 302, {"Location": "http://elsewhere.invalid/"}),
    lambda _: _breaking(),
    lambda _: silent(),
    lambda _: dripping(b"HTTP/1.1 200 OK\r\nX: ", b"x", 0.01),
    lambda _: answer(headers={"Broken header": "x"}),
]


@pytest.mark.usefixtures("no_waiting")
@pytest.mark.parametrize("credential", FORMS)
async def test_nothing_tells_a_credential(
    credential: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    for handler in ANSWERS:
        async with Server(handler) as server:
            access = GatewayAccess(server.url, credential)
            async with Gateway(access, deadline=0.1) as gateway:
                for _ in range(2):
                    try:
                        await gateway.get_json("/api/users")
                    except GatewayError as error:
                        told += [str(error), repr(error), error.detail]
                        told += traceback.format_exception(error)
                told += [repr(gateway), str(access), repr(access), repr(vars(gateway))]
            assert PLANTED in str(server.received[0].headers)
    told += [record.getMessage() for record in caplog.records]
    told += [caplog.text, *capfd.readouterr()]
    assert not [text for text in told if PLANTED in text or RENEWED in text]
    assert caplog.records
