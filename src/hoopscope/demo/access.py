"""Who is asking: credentials and what each role may see."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from hoopscope.demo.database import StoredSession
from hoopscope.demo.people import Person, everybody, position_of
from hoopscope.demo.plans import review_group_sets

ADMIN = "ana@tidewater.example"
SERVER_KEY = "API_KEY"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody with a valid credential; `position` in `everybody()`, -1 for the server's key."""

    position: int
    person: Person

    def may_see(self, session: StoredSession) -> bool:
        return self.sees_the_stream(session) or self._may_review(session)

    def sees_the_stream(self, session: StoredSession) -> bool:
        """Reviewers who are nothing else see a session without its stream."""
        return self.person.sees_everything or session.person == self.position

    def _may_review(self, session: StoredSession) -> bool:
        if session.review_groups is None:
            return False
        return bool(set(self.person.groups) & set(review_group_sets()[session.review_groups]))


class Access:
    """The credentials of one run: random, one for each person and API key.

    `tokens` are by e-mail (by name for API keys); they go after `Bearer `. The server's own key,
    under "API_KEY", goes in the `Api-Key` header.
    """

    def __init__(self) -> None:
        self.tokens: dict[str, str] = {}
        self._bearers: dict[str, Caller] = {}
        for person in everybody():
            if person.kind == "machine":
                continue
            start = "hpk_" if person.kind == "key" else "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9."
            token = start + secrets.token_urlsafe(48)
            self.tokens[person.email] = token
            self._bearers[token] = Caller(position_of(person.email), person)
        self._server_key = "xapi-" + secrets.token_urlsafe(32)
        self.tokens[SERVER_KEY] = self._server_key
        self._server = Caller(-1, Person(SERVER_KEY, SERVER_KEY, SERVER_KEY, ("admin",), "key"))

    def caller(self, headers: Mapping[str, str]) -> Caller | None:
        """Who sent a request, None for a credential that is missing, wrong or misspelt."""
        if "api-key" in headers:
            right = secrets.compare_digest(headers["api-key"].encode(), self._server_key.encode())
            return self._server if right else None
        scheme, _, token = headers.get("authorization", "").partition(" ")
        return self._bearers.get(token) if scheme == "Bearer" else None
