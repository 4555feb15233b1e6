"""The gateway's HTTP API: routes and answers, on Starlette."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from hoopscope.demo import listings, session_answers
from hoopscope.demo.access import Caller
from hoopscope.demo.answers import answer
from hoopscope.demo.query import MOST_OFFSET, Refused, listing, parameters
from hoopscope.demo.reviews import swapped_id
from hoopscope.demo.session_answers import session_key
from hoopscope.demo.signing_in import SigningIn
from hoopscope.demo.world import World

_CAP = 10_000
Handler = Callable[[World, Caller, Request], Any]


def _sessions(world: World, caller: Caller, request: Request) -> Any:
    asked = listing(request.scope["query_string"], caller, world.now(), old=world.options.old)
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
    if world.options.old:
        found.pop("total_is_capped", None)
        more = len(rows) == asked.limit
    else:
        found.setdefault("total_is_capped", False)
    found["has_next_page"] = more
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
    "/api/sessions/{id}": session_answers.one_session,
    "/api/sessions/{id}/result/stream": session_answers.result,
    "/api/sessions/{id}/stream": session_answers.live,
    "/api/reviews": _reviews,
    "/api/reviews/{id}": _review,
    "/api/users": lambda _world, _caller, _request: listings.users(),
    "/api/users/groups": lambda _world, _caller, _request: listings.groups(),
    "/api/userinfo": lambda _world, caller, _request: listings.userinfo(caller),
    "/api/connections": lambda _world, _caller, request: listings.connection_list(
        parameters(request.scope["query_string"])
    ),
    "/api/serverinfo": lambda world, _caller, _request: listings.serverinfo(world.options),
}
_OPEN: dict[str, Callable[[World], Any]] = {
    "/api/publicserverinfo": lambda world: listings.publicserverinfo(world.options),
    "/api/healthz": lambda _world: {"liveness": "OK"},
}


def _endpoint(world: World, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if world.options.latency:
            await asyncio.sleep(world.options.latency)
        caller = world.access.caller(request.headers)
        if caller is None:
            return answer({"message": "access denied"}, 401)
        try:
            found = handler(world, caller, request)
        except Refused as refusal:
            return answer(refusal.body, refusal.status)
        return found if isinstance(found, Response) else answer(found)

    return endpoint


def _download(world: World, *, script: bool) -> Callable[[Request], Awaitable[Response]]:
    """Needs no credential but the link's own token."""

    async def endpoint(request: Request) -> Response:
        try:
            return session_answers.download(world, request, script=script)
        except Refused as refusal:
            return answer(refusal.body, refusal.status)

    return endpoint


def _open_endpoint(
    world: World, make: Callable[[World], Any]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_request: Request) -> Response:
        return answer(make(world))

    return endpoint


def application(world: World) -> Starlette:
    """The whole API over one world."""
    routes = [
        Route(path, _endpoint(world, handler), methods=["GET"]) for path, handler in ROUTES.items()
    ]
    routes += [
        Route(path, _open_endpoint(world, make), methods=["GET"]) for path, make in _OPEN.items()
    ]
    routes += SigningIn(world).routes()
    for path, script in (("download", False), ("download/input", True)):
        routes.append(Route(f"/api/sessions/{{id}}/{path}", _download(world, script=script)))
    return Starlette(routes=routes)
