"""No answer at all: what is said when there is no connection, or no trust in it."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import (
    GatewayError,
    InvalidAddress,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
)
from hoopscope.gateway.failures import failure
from tests.gateway.servers import Server

pytestmark = pytest.mark.usefixtures("no_waiting")


async def ask(url: str, deadline: float = 30.0) -> object:
    async with Gateway(GatewayAccess(url), deadline=deadline) as gateway:
        return await gateway.get_json("/api/users")


@pytest.fixture
def free_port() -> Iterator[int]:
    """A port of this machine at which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_refused_connection(host: str, free_port: int) -> None:
    with pytest.raises(Unreachable, match="refused") as caught:
        await ask(f"http://{host}:{free_port}")
    assert f"{host}:{free_port}" in caught.value.what
    assert "port" in caught.value.advice


async def test_a_name_without_an_address() -> None:
    with pytest.raises(Unreachable, match=r"gateway\.invalid has no address"):
        await ask("http://gateway.invalid")


@pytest.fixture
async def deaf_port() -> AsyncIterator[int]:
    """A port whose queue is full, so that a connection is neither made nor refused."""
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(deaf.getsockname())
        await asyncio.sleep(0.05)
        yield deaf.getsockname()[1]
        for one in waiting:
            one.close()


async def test_nobody_picks_up(deaf_port: int) -> None:
    with pytest.raises(Unreachable, match="Nothing answers"):
        await ask(f"http://127.0.0.1:{deaf_port}", deadline=0.5)


@pytest.mark.parametrize("number", [errno.ENETUNREACH, errno.EHOSTUNREACH])
def test_no_route(number: int) -> None:
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = ExceptionGroup("", [OSError(number, "x"), OSError(number, "y")])
    assert "no route" in failure(error, "gateway.example").what


@pytest.mark.parametrize(
    ("number", "what"), [(errno.ECONNREFUSED, "refused"), (errno.ENETUNREACH, "no route")]
)
def test_a_name_with_several_addresses_none_of_which_answers(number: int, what: str) -> None:
    error = httpx.ConnectError("x")
    error.__cause__ = OSError(
        f"Multiple exceptions: [Errno {number}] Connect call failed ('::1', 1, 0, 0), "
        f"[Errno {number}] Connect call failed ('127.0.0.1', 1)"
    )
    assert what in failure(error, "gateway.example").what


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (httpx.ConnectError("x"), Unreachable),
        (httpx.ProxyError("x"), Unreachable),
        (httpx.RemoteProtocolError("peer closed connection"), Unreachable),
        (httpx.RemoteProtocolError("illegal"), UnexpectedAnswer),
        (httpx.ReadError("x"), Unreachable),
        (httpx.ReadTimeout("x"), TimedOut),
        (httpx.PoolTimeout("x"), TimedOut),
        (httpx.ConnectTimeout("x"), Unreachable),
        (httpx.InvalidURL("x"), InvalidAddress),
        (httpx.UnsupportedProtocol("x"), InvalidAddress),
    ],
)
def test_every_exception_of_httpx_has_its_error(error: Exception, kind: type[GatewayError]) -> None:
    found = failure(error, "gateway.example")
    assert type(found) is kind
    assert found.what.endswith(".")
    assert found.advice.endswith(".")


@pytest.mark.parametrize(
    "cut", [b"", b"HTTP/1.1 200 OK\r\nContent-", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]"]
)
async def test_a_connection_that_breaks_off(cut: bytes) -> None:
    async def breaking() -> AsyncIterator[bytes]:
        if cut:
            yield cut

    async with Server(lambda _: breaking()) as server:
        with pytest.raises(Unreachable, match="broke off"):
            await ask(server.url)
    assert len(server.received) == 3


async def test_something_that_speaks_no_http() -> None:
    async with Server(b"SSH-2.0-OpenSSH_9.6\r\n\r\n") as server:
        with pytest.raises(UnexpectedAnswer, match="no HTTP"):
            await ask(server.url)
    assert len(server.received) == 1
