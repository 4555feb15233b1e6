"""The gateway's HTTP API: routes and answers, on Starlette."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hoopscope.demo import listings
from hoopscope.demo.access import Caller
from hoopscope.demo.query import MOST_OFFSET, Refused, listing, parameters
from hoopscope.demo.reviews import swapped_id
from hoopscope.demo.streams import stream_variant
from hoopscope.demo.world import World

_HEADERS = {
    "Access-Control-Expose-Headers": "X-New-Access-Token, X-Set-Cookie",
    "Server": "hoopgateway/demo",
}
_ID = re.compile(r"\{?((?:[0-9a-f]{4}-?){8})\}?", re.IGNORECASE)
_CAP = 10_000
# as the gateway's encoder: these three may stand nowhere else than inside strings
_ESCAPED = (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"))

Handler = Callable[[World, Caller, Request], Any]


def answer(value: Any, status: int = 200) -> Response:
    """JSON as the gateway writes it: non-ASCII as it is, `<`, `>` and `&` escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for letter, escaped in _ESCAPED:
        if letter in text:
            text = text.replace(letter, escaped)
    return Response(
        text.encode("utf-8", "surrogatepass"),
        status,
        headers=_HEADERS,
        media_type="application/json; charset=utf-8",
    )


def session_key(text: str, message: str) -> bytes:
    """An id in any notation that the gateway's database takes.

    Raises:
        Refused: 500, as for every path with an id that is none.
    """
    match = _ID.fullmatch(text)
    if not match:
        raise Refused(500, message)
    return bytes.fromhex(match[1].replace("-", ""))


def _sessions(world: World, caller: Caller, request: Request) -> Any:
    asked = listing(request.scope["query_string"], caller, world.now(), old=world.old)
    rows = world.database.page(asked.where, asked.values, asked.limit + 1, asked.offset)
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    found: dict[str, Any] = {"data": [world.renderer.row(row) for row in rows], "total": None}
    if asked.count != "none":
        most = MOST_OFFSET + 1 if asked.count == "capped" else -1
        total = world.database.count(asked.where, asked.values, most)
        capped = most >= 0 and total >= most
        found["total"] = _CAP if capped else total
        found["total_is_capped"] = capped
    if world.old:
        found.pop("total_is_capped", None)
        more = len(rows) == asked.limit
    else:
        found.setdefault("total_is_capped", False)
    found["has_next_page"] = more
    return found


def _session(world: World, caller: Caller, request: Request) -> Any:
    key = session_key(request.path_params["id"], "failed fetching session")
    given = parameters(request.scope["query_string"])
    session = world.database.one(key)
    if session is None:
        raise Refused(404, "not found")
    if not caller.may_see(session):
        raise Refused(403, "user is not allowed to access this session")
    found = world.renderer.whole(session)
    if "expand" in given:
        asked = given["expand"].decode("utf-8", "replace").split(",")
        if not {"session_input", "event_stream"} <= set(asked):
            found["script"] = {"data": ""}
        if "event_stream" in asked and caller.sees_the_stream(session):
            variant = given.get("event_stream", b"").decode("utf-8", "replace")
            events = world.renderer.stream(session)
            if events is not None:
                stream_variant(found, events, variant)
    return found


def _reviews(world: World, _caller: Caller, _request: Request) -> Any:
    rows = world.database.page("review is not null", (), -1, 0)
    return [world.review(row) for row in rows]


def _review(world: World, _caller: Caller, request: Request) -> Any:
    key = session_key(request.path_params["id"], "failed fetching review")
    for candidate in (key, swapped_id(key)):
        session = world.database.one(candidate)
        if session is not None and session.review is not None:
            return world.review(session)
    raise Refused(404, "not found")


ROUTES: dict[str, Handler] = {
    "/api/sessions": _sessions,
    "/api/sessions/{id}": _session,
    "/api/reviews": _reviews,
    "/api/reviews/{id}": _review,
    "/api/users": lambda _world, _caller, _request: listings.users(),
    "/api/users/groups": lambda _world, _caller, _request: listings.groups(),
    "/api/userinfo": lambda _world, caller, _request: listings.userinfo(caller),
    "/api/connections": lambda _world, _caller, request: listings.connection_list(
        parameters(request.scope["query_string"])
    ),
    "/api/serverinfo": lambda world, _caller, _request: listings.serverinfo(world.old),
}
_OPEN: dict[str, Callable[[], Any]] = {
    "/api/publicserverinfo": listings.publicserverinfo,
    "/api/healthz": lambda: {"liveness": "OK"},
}


def _endpoint(world: World, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if world.latency:
            await asyncio.sleep(world.latency)
        caller = world.access.caller(request.headers)
        if caller is None:
            return answer({"message": "access denied"}, 401)
        try:
            return answer(handler(world, caller, request))
        except Refused as refusal:
            return answer({"message": refusal.message}, refusal.status)

    return endpoint


def _open_endpoint(make: Callable[[], Any]) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_request: Request) -> Response:
        return answer(make())

    return endpoint


def application(world: World) -> Starlette:
    """The whole API over one world."""
    routes = [
        Route(path, _endpoint(world, handler), methods=["GET"]) for path, handler in ROUTES.items()
    ]
    routes += [Route(path, _open_endpoint(make), methods=["GET"]) for path, make in _OPEN.items()]
    return Starlette(routes=routes)
