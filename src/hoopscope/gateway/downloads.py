"""The gateway's own files of a session, behind links that open once.

Source: gateway behaviour. A link needs no credential, dies with its use, with a newer one for the
same session and after five minutes. It names the address that the server was configured with,
which need not be the one that it is reached by: only its path and its query are followed.

What is in such a file is what the endpoint of the output sends, byte by byte, but for two things,
for which alone they are worth their detour: the gateway's own conversions (`csv`, and `json` with
absolute times), and a script as it was stored, where the JSON of a session has replaced bytes that
are no UTF-8. The switch `disable_sessions_download` closes these files and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any
from urllib.parse import urlsplit

from hoopscope.gateway.answers import another_product
from hoopscope.gateway.errors import NotAuthorised, NotFound, QueryRefused
from hoopscope.gateway.exchange import Exchange
from hoopscope.gateway.streaming import streamed

_PATH = re.compile(r"/api/sessions/([0-9a-f-]{36})/download(?:/input)?\Z")


class DownloadLink:
    """Where a file can be fetched, once, by anybody: no text of it tells the address."""

    def __init__(self, answer: Any, session_id: str, host: str) -> None:
        url = answer.get("download_url") if isinstance(answer, dict) else None
        try:
            parts = urlsplit(url if isinstance(url, str) else "")
        except ValueError:
            raise another_product(host) from None
        found = _PATH.search(parts.path)
        if found is None or found.group(1) != session_id:
            raise another_product(host)
        self._path = f"{found.group()}?{parts.query}"

    async def fetch(self, exchange: Exchange, silence: float) -> AsyncGenerator[bytes]:
        """The file, in pieces as it arrives. Raises a GatewayError."""
        pieces = streamed(
            exchange, self._path, silence=silence, accept="*/*", is_repeatable=False, is_open=True
        )
        try:
            async with aclosing(pieces):
                async for piece in pieces:
                    if piece:
                        yield piece
        except (NotAuthorised, NotFound, QueryRefused) as error:
            raise QueryRefused(
                "The gateway's download link does not open any more.",
                "It opens once, for five minutes, and dies when a newer one is asked for.",
                status=error.status,
                detail=error.detail,
            ) from None


def link_options(
    extension: str, events: Sequence[str], *, newline: bool, event_time: bool
) -> list[tuple[str, str]]:
    """What is asked for to get a link; the extension `script` is for the script itself."""
    if extension == "script":
        return [("extension", "txt"), ("blob-type", "session_input")]
    options = [("extension", extension), ("events", ",".join(events))]
    options += [("newline", "1")] if newline else []
    options += [("event-time", "1")] if event_time else []
    return options
