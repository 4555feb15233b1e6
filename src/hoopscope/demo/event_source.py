"""Server-sent events of one live session, as the gateway's `stream` endpoint writes them."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from hoopscope.demo.broker import LiveEvent
from hoopscope.demo.times import nanoseconds_text
from hoopscope.demo.watching import Watching

_HEADERS = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-cache",
    "Connection": "keep-alive",
    "X-Accel-Buffering": "no",
}
_END = b"event: session_end\ndata: {}\n\n"


class EventSource(Response):
    """Streams what happens from now on; a session that is done sends its end and nothing else."""

    def __init__(
        self, watching: Watching, session: bytes, keepalive: float, headers: dict[str, str]
    ) -> None:
        super().__init__(headers=headers | _HEADERS)
        del self.headers["content-length"]
        self._watching = watching
        self._session = session
        self._keepalive = keepalive

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        streaming = asyncio.create_task(self._stream(send))
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait((streaming, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not streaming.done():
                streaming.cancel()
        if not streaming.cancelled() and streaming.done():
            streaming.result()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _stream(self, send: Send) -> None:
        async def write(text: bytes) -> None:
            await send({"type": "http.response.body", "body": text, "more_body": True})

        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        if self._watching.over(self._session):
            await send(start)
            await write(_END)
            return
        # As the gateway does: who has the head of the answer misses nothing from then on.
        watcher = self._watching.begin(self._session)
        try:
            await send(start)
            await write(b": connected\n\n")
            while True:
                try:
                    event = await asyncio.wait_for(watcher.next(), self._keepalive)
                except TimeoutError:
                    await write(b": keepalive\n\n")
                    continue
                if event is None:
                    await write(_END)
                    return
                await write(_frame(event))
        finally:
            self._watching.leave(self._session, watcher)


def _frame(event: LiveEvent) -> bytes:
    told = {
        "time": nanoseconds_text(event.moment),
        "type": event.kind,
        "payload": b64encode(event.payload).decode(),
    }
    return f"event: event\ndata: {json.dumps(told, separators=(',', ':'))}\n\n".encode()


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
