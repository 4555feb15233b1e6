"""How people get a credential: e-mail and password, or an identity provider's page.

The provider is a page of the demo's own, where everybody can say who they are. Like the gateway it
sends the browser on to 127.0.0.1:3587 with a token, or with an error.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable
from html import escape
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from hoopscope.demo.access import PASSWORD
from hoopscope.demo.answers import HEADERS, answer
from hoopscope.demo.outputs import go_json
from hoopscope.demo.people import everybody
from hoopscope.demo.world import World

CALLBACK = "http://127.0.0.1:3587/callback"
_SHOWN = 6
_REQUIRED = (
    "Key: 'LocalUserRequest.{0}' Error:Field validation for '{0}' failed on the 'required' tag"
)
Endpoint = Callable[[Request], Awaitable[Response]]


class SigningIn:
    """What needs no credential, because it gives one. `world.options.auth` is the method."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._redirects: dict[str, str] = {}

    def routes(self) -> list[Route]:
        """The gateway's own, and the identity provider's."""
        return [
            Route("/api/localauth/login", self._password, methods=["POST"]),
            Route("/api/login", self._login_url("oidc"), methods=["GET"]),
            Route("/api/saml/login", self._login_url("saml"), methods=["GET"]),
            Route("/idp/authorize", self._page, methods=["GET"]),
            Route("/idp/answer", self._answer, methods=["GET"]),
        ]

    async def _password(self, request: Request) -> Response:
        given = _object(await request.body())
        email, password = given.get("email", ""), given.get("password", "")
        missing = [name for name, value in (("Email", email), ("Password", password)) if not value]
        if missing:
            message = "\n".join(_REQUIRED.format(name) for name in missing)
            # The gateway's framework has begun an answer of its own by then.
            headers = HEADERS | {"Content-Type": "text/plain; charset=utf-8"}
            return Response(go_json({"message": message}), 400, headers=headers)
        if not any(person.kind == "person" and person.email == email for person in everybody()):
            return answer({"message": "user not found"}, 404)
        if self._world.options.auth != "local" or password != PASSWORD:
            return answer({"message": "invalid credentials"}, 401)
        signed_in = answer({"status": "ok"})
        signed_in.headers["Access-Control-Expose-Headers"] = "Token"
        signed_in.headers["Token"] = self._world.access.issue(email)
        return signed_in

    def _login_url(self, method: str) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            if self._world.options.auth != method:
                message = f"{method.upper()} provider not configured"
                return answer({"message": message}, 403 if method == "oidc" else 401)
            redirect = request.query_params.get("redirect", "")
            if redirect and urlsplit(redirect).hostname != "127.0.0.1":
                if method == "oidc":
                    return answer(
                        {"message": "redirect attribute does not match with api url"}, 422
                    )
                return answer({"message": "internal error, failed to parse redirect URL"}, 500)
            state = secrets.token_hex(16)
            self._redirects[state] = redirect or CALLBACK
            query = urlencode({"client_id": "hoop", "response_type": "code", "state": state})
            return answer({"login_url": f"{self._world.url}/idp/authorize?{query}"})

        return endpoint

    async def _page(self, request: Request) -> Response:
        state = request.query_params.get("state", "")
        people = [person for person in everybody() if person.kind == "person"][:_SHOWN]
        links = "".join(
            f'<li><a href="/idp/answer?state={quote(state)}&email={quote(person.email)}">'
            f"{escape(person.name)}</a>"
            for person in people
        )
        return HTMLResponse(
            "<!doctype html><title>Demo identity provider</title><h1>Who are you?</h1>"
            f'<ul>{links}<li><a href="/idp/answer?state={quote(state)}">none of these</a></ul>'
        )

    async def _answer(self, request: Request) -> Response:
        redirect = self._redirects.pop(request.query_params.get("state", ""), "")
        if not redirect:
            return PlainTextResponse("This sign-in was answered before, or never begun.", 400)
        email = request.query_params.get("email", "")
        known = any(person.kind == "person" and person.email == email for person in everybody())
        if not known:
            return RedirectResponse(f"{redirect}?error=unexpected_error", 307)
        return RedirectResponse(f"{redirect}?token={self._world.access.issue(email)}", 307)


def _object(body: bytes) -> dict[str, Any]:
    try:
        given = json.loads(body)
    except ValueError:
        return {}
    return given if isinstance(given, dict) else {}
