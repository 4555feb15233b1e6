"""Why there was no answer at all: exceptions of the HTTP library as errors for an operator."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from collections.abc import Iterator

from hoopscope.gateway.errors import (
    GatewayError,
    InvalidAddress,
    TimedOut,
    TlsFailed,
    UnexpectedAnswer,
    Unreachable,
)
from hoopscope.gateway.lean_httpx import httpx

_ERRNO = re.compile(r"\[Errno (\d{1,5})\]")
_OFFLINE = "Check the address, the network and the VPN."


def failure(error: Exception, host: str) -> GatewayError:
    """The error for an exception that httpx raised on the way to `host`."""
    if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol | UnicodeError):
        return InvalidAddress(
            "The gateway's address cannot be read.", "Write it as https://gateway.example."
        )
    for cause in causes(error):
        if isinstance(cause, ssl.SSLError):
            return _tls(cause, host)
    if isinstance(error, httpx.ConnectTimeout):
        return Unreachable(
            f"Nothing answers at {host}.", _OFFLINE + " A firewall may swallow the packets."
        )
    if isinstance(error, httpx.TimeoutException):
        return TimedOut(
            f"{host} accepted the request and then fell silent.",
            "Try again; a narrower filter or a shorter span of time costs the gateway less.",
        )
    if isinstance(error, httpx.ProxyError):
        return Unreachable(
            "The proxy did not let the request through.",
            "Check HTTPS_PROXY; NO_PROXY names the hosts that are reached without it.",
        )
    if isinstance(error, httpx.ConnectError):
        return _no_connection(error, host)
    if isinstance(error, httpx.RemoteProtocolError) and "closed" not in str(error):
        return UnexpectedAnswer(
            f"{host} answers, but in no HTTP that can be understood.",
            "Check the port; the gateway's API has another one than its gRPC.",
        )
    return Unreachable(f"{host} broke off the connection.", "Try again in a moment.")


def causes(error: BaseException) -> Iterator[BaseException]:
    """An exception, what it was raised from, and what is inside of groups, outermost first."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        found = waiting.pop(0)
        if found is None or id(found) in seen:
            continue
        seen.add(id(found))
        yield found
        waiting += [found.__cause__, found.__context__]
        if isinstance(found, BaseExceptionGroup):
            waiting += found.exceptions


def _no_connection(error: Exception, host: str) -> Unreachable:
    numbers: set[int] = set()
    for cause in causes(error):
        if isinstance(cause, socket.gaierror):
            return Unreachable(
                f"The name {host.rsplit(':', 1)[0]} has no address.",
                "Check its spelling, the DNS and the VPN.",
            )
        if isinstance(cause, OSError):
            # Where a name has several addresses, asyncio tells of all of them in one text only.
            named = _ERRNO.findall(str(cause))
            numbers |= {cause.errno or 0, *map(int, named)}
    if errno.ECONNREFUSED in numbers:
        return Unreachable(
            f"Nothing listens at {host}: the connection was refused.",
            "Check the address and the port, and whether the gateway runs.",
        )
    if numbers & {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN}:
        return Unreachable(f"There is no route to {host}.", _OFFLINE)
    return Unreachable(f"There is no connection to {host}.", _OFFLINE)


def _tls(error: ssl.SSLError, host: str) -> TlsFailed:
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message or "it cannot be verified"
        return TlsFailed(
            f"The certificate of {host} is not trusted: {why.strip().rstrip('.')}.",
            "Give its authority's certificate as tls_ca (HOOP_TLSCA); "
            "skip_tls_verify would trust anybody who answers.",
        )
    if error.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE", "HTTP_REQUEST"):
        return TlsFailed(
            f"{host} does not speak TLS.",
            "Check the port; a gateway without TLS has an address with http://.",
        )
    why = (error.reason or "no reason given").replace("_", " ").lower()
    return TlsFailed(
        f"No secure connection to {host}: {why}.",
        "Check the address and the port, and the TLS settings of what stands before the gateway.",
    )
