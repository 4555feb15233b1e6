"""What can be asked of one session: itself, its output, what it does right now, a download."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from hoopscope.demo.access import Caller
from hoopscope.demo.answers import HEADERS, JSON, streamed
from hoopscope.demo.connections import connections
from hoopscope.demo.database import StoredSession
from hoopscope.demo.downloads import LIFETIME_SECONDS
from hoopscope.demo.event_source import EventSource
from hoopscope.demo.listings import API_URL
from hoopscope.demo.outputs import Wanted, output
from hoopscope.demo.query import Refused, parameters
from hoopscope.demo.recorded.tape import Event
from hoopscope.demo.streams import with_stream
from hoopscope.demo.times import moment_of, nanoseconds_text
from hoopscope.demo.world import World

_ID = re.compile(r"\{?((?:[0-9a-f]{4}-?){8})\}?", re.IGNORECASE)
_BUFFERED = 2048  # an answer up to this size goes with its length
_BYTES = "application/octet-stream"


def session_key(text: str, message: str) -> bytes:
    """An id in any notation that the gateway's database takes.

    Raises:
        Refused: 500, as for every path with an id that is none.
    """
    match = _ID.fullmatch(text)
    if not match:
        raise Refused(500, message)
    return bytes.fromhex(match[1].replace("-", ""))


def _visible(
    world: World, caller: Caller, request: Request, unknown: str = "not found"
) -> StoredSession:
    """The session that a path names.

    Raises:
        Refused: 500 for no id, 404 for no such session, 403 for one that is not the caller's.
    """
    session = world.database.one(session_key(request.path_params["id"], "failed fetching session"))
    if session is None:
        raise Refused(404, unknown)
    if not caller.may_see(session):
        raise Refused(403, "user is not allowed to access this session")
    return session


def one_session(world: World, caller: Caller, request: Request) -> Any:
    """The session, or a link to download it where an `extension` is asked for."""
    session = _visible(world, caller, request)
    given = parameters(request.scope["query_string"])
    if given.get("extension"):
        return _link(world, caller, request, session, given)
    found = world.renderer.whole(session)
    if "expand" in given:
        asked = given["expand"].decode("utf-8", "replace").split(",")
        if not {"session_input", "event_stream"} <= set(asked):
            found["script"] = {"data": ""}
        if "event_stream" in asked and caller.sees_the_stream(session):
            variant = given.get("event_stream", b"").decode("utf-8", "replace")
            events = world.renderer.stream(session)
            if events is not None:
                return streamed(with_stream(found, events, variant), JSON)
    return found


def _link(
    world: World, caller: Caller, request: Request, session: StoredSession, given: dict[str, bytes]
) -> dict[str, str]:
    if not world.options.downloads or not caller.sees_the_stream(session):
        raise Refused(403, "user is not allowed to download this session", with_status=True)
    name = request.path_params["id"]
    link = f"{world.url or API_URL}/api/sessions/{name}/download"
    token = world.links.new(name)
    if given.get("blob-type") == b"session_input":
        link += f"/input?token={token}"
    else:
        names = ("extension", "newline", "event-time", "events")
        values = (f"{name}={given.get(name, b'').decode('utf-8', 'replace')}" for name in names)
        link += f"?token={token}&{'&'.join(values)}"
    until = world.now() * 1000 + LIFETIME_SECONDS * 1_000_000_000
    return {"download_url": link, "expire_at": nanoseconds_text(until)}


def result(world: World, caller: Caller, request: Request) -> Response:
    """What a session put out, as plain text."""
    session = _visible(world, caller, request)
    if not caller.sees_the_stream(session):
        raise Refused(403, "user is not allowed to stream this session")
    wanted = Wanted.of(parameters(request.scope["query_string"]) | {"extension": b""})
    pieces = output(world.renderer.stream(session) or (), session.start, wanted)
    return streamed(pieces, "text/plain; charset=utf-8")


def live(world: World, caller: Caller, request: Request) -> Response:
    """What a session does from now on, as server-sent events."""
    session = _visible(world, caller, request, "session not found")
    return EventSource(world.watching, session.id, world.options.keepalive, HEADERS)


class _Output:
    """An output that is made twice: once for its size, once to be sent."""

    def __init__(self, events: Iterable[Event], start: int, wanted: Wanted) -> None:
        self._of = (events, start, wanted)

    def __iter__(self) -> Iterator[bytes]:
        return output(*self._of)


def download(world: World, request: Request, *, script: bool = False) -> Response:
    """A file, for whoever has its link."""
    name = request.path_params["id"]
    given = parameters(request.scope["query_string"])
    world.links.take(name, given.get("token", b"").decode("utf-8", "replace"))
    session = world.database.one(session_key(name, "failed fetching session"))
    if session is None:
        raise Refused(500, "failed fetching session")
    wanted = Wanted.of(given | ({"extension": b"txt"} if script else {}))
    pieces: Iterable[bytes]
    if script:
        pieces = [world.renderer.whole(session)["script"]["data"].encode()]
    else:
        events = world.renderer.stream(session) or ()
        pieces = _Output(events, session.start, wanted)
    size = sum(map(len, pieces))
    time = moment_of(world.now()).strftime("%Y%m%d-%H%M%S")
    file = f"{connections()[session.connection].name}-{UUID(bytes=session.id)}-{time}"
    headers = {
        "Content-Disposition": f"attachment; filename={file}.{wanted.extension}",
        "Accept-Length": str(size),
    }
    if size < _BUFFERED:
        return Response(b"".join(pieces), headers=HEADERS | headers, media_type=_BYTES)
    return streamed(pieces, _BYTES, headers)
