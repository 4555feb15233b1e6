"""Where an identity provider's answer arrives: a page on this machine, or pasted by hand.

Source: observed gateway behaviour. The gateway sends the browser on to
`http://127.0.0.1:3587/callback?token=…` (or `?error=…`) of the machine that the browser runs on.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from html import escape
from urllib.parse import parse_qs, urlsplit

from hoopscope.gateway.access import check_credential
from hoopscope.gateway.errors import GatewayError, InvalidCredential, SignInRefused

HOST, PORT = "127.0.0.1", 3587
WAIT_SECONDS = 300.0
"""How long a page may take somebody."""

_LARGEST_HEAD = 64 * 1024
_HEAD_SECONDS = 10.0
_MOST_WAITING = 16
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>hoopscope</title>
<body style="font: 1.1em sans-serif; margin: 4em auto; max-width: 30em"><p>{}</p></html>
"""
_REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 405: "Method Not Allowed"}


def credential_from(text: str, state: str = "") -> str:
    """The credential in a callback's address, or the text itself where it is one.

    Args:
        state: what the login began with; an address that names another one is somebody else's.

    Raises:
        SignInRefused: the address tells of an error, or of another login.
        InvalidCredential: it has no credential in it.
    """
    text = text.strip().strip("\"'")
    if not text:
        raise InvalidCredential("Nothing was pasted.", "Paste the address that the page ended at.")
    if "token=" not in text and "error=" not in text and "/" not in text:
        check_credential(text)
        return text
    try:
        query = parse_qs(urlsplit(text).query)
    except ValueError:
        query = {}
    return _credential_of(query, state)


def state_of(login_url: str) -> str:
    """What a login began with; "" where its address does not say."""
    return parse_qs(urlsplit(login_url).query).get("state", [""])[0]


class CallbackServer:
    """Listens on 127.0.0.1 while it is entered, for what the browser is sent on with.

    Entering raises OSError where the port is taken. Everything that is no callback is refused and
    forgotten.
    """

    def __init__(self, state: str = "", port: int = PORT) -> None:
        self.port = port
        self._state = state
        self._arrived: asyncio.Queue[str | GatewayError] = asyncio.Queue(_MOST_WAITING)
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> CallbackServer:
        self._server = await asyncio.start_server(
            self._serve, HOST, self.port, limit=_LARGEST_HEAD, reuse_address=True
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()

    async def credential(self) -> str:
        """The next credential that arrives; it was not tried. Raises SignInRefused for an error."""
        arrived = await self._arrived.get()
        if isinstance(arrived, GatewayError):
            raise arrived
        return arrived

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_HEAD_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
                status, page = self._answer(head.decode("latin-1").split("\r\n"))
                writer.write(_response(status, page))
                await writer.drain()
        except (OSError, EOFError, TimeoutError, ValueError, asyncio.LimitOverrunError):
            return
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _answer(self, lines: list[str]) -> tuple[int, str]:
        method, _, rest = lines[0].partition(" ")
        target = urlsplit(rest.partition(" ")[0])
        if method != "GET":
            return 405, "Only a browser's answer is waited for here."
        # A page of somebody else's may know a name that leads here.
        if target.path != "/callback" or not _is_here(lines[1:]):
            return 404, "There is nothing here."
        try:
            arrived: str | GatewayError = _credential_of(parse_qs(target.query), self._state)
        except InvalidCredential:
            return 400, "There is no token in this address."
        except SignInRefused as error:
            arrived = error
        with suppress(asyncio.QueueFull):
            self._arrived.put_nowait(arrived)
        if isinstance(arrived, GatewayError):
            return 400, f"{arrived.what} You can close this window."
        return 200, "hoopscope has what it needs to sign you in. You can close this window."


def _credential_of(query: dict[str, list[str]], state: str) -> str:
    """The credential in a callback's parameters. Raises SignInRefused, InvalidCredential."""
    if state and query.get("state", [state])[0] != state:
        raise SignInRefused("This answer is another login's.", "Begin again.")
    if reason := query.get("error", [""])[0]:
        more = query.get("error_description", [""])[0]
        raise SignInRefused(
            f"You were not signed in: {reason[:200]}{f' ({more[:200]})' if more else ''}.",
            "Begin again; the gateway's log says why it was.",
        )
    token = query.get("token", [""])[0]
    if not token:
        raise InvalidCredential(
            "There is no token in this address.",
            "It looks like http://127.0.0.1:3587/callback?token=…",
        )
    check_credential(token)
    return token


def _is_here(headers: list[str]) -> bool:
    for line in headers:
        name, _, value = line.partition(":")
        if name.strip().lower() == "host":
            return urlsplit(f"//{value.strip()}").hostname in (HOST, "localhost")
    return False


def _response(status: int, text: str) -> bytes:
    body = _PAGE.format(escape(text)).encode()
    head = [
        f"HTTP/1.1 {status} {_REASONS[status]}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
        "Connection: close",
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
