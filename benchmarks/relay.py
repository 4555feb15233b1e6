"""A relay before a gateway, which notes when it handed each answer over."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit


class Relay:
    """Passes GET requests on; `sent` has path and `time.perf_counter()` of every answer.

    Args:
        url: the gateway's.
        delay: seconds for which each answer is held back.
    """

    def __init__(self, url: str, delay: float) -> None:
        self.sent: list[tuple[str, float]] = []
        relay, host = self, urlsplit(url).netloc

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                """Ask, hold back, hand over in one piece."""
                asked = HTTPConnection(host)
                headers = {key: value for key, value in self.headers.items() if key != "Host"}
                asked.request("GET", self.path, headers=headers)
                answer = asked.getresponse()
                body = answer.read()
                asked.close()
                time.sleep(delay)
                self.send_response(answer.status)
                for name in ("Content-Type", "Content-Encoding"):
                    if value := answer.getheader(name):
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                # Whoever asked may have gone away meanwhile.
                with suppress(ConnectionError):
                    self.wfile.write(body)
                relay.sent.append((self.path, time.perf_counter()))

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
