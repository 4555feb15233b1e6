"""Who is asking: credentials and what each role may see."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

from hoopscope.demo.database import StoredSession
from hoopscope.demo.people import Person, everybody, position_of
from hoopscope.demo.plans import review_group_sets

ADMIN = "ana@tidewater.example"
SERVER_KEY = "API_KEY"
PASSWORD = "low-and-high-water"  # noqa: S105 (everybody's, made up)
_JWT = "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9."


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
    under "API_KEY", goes in the `Api-Key` header. People's tokens are good for `seconds` (0: for
    ever), keys always.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        self.tokens: dict[str, str] = {}
        self._bearers: dict[str, Caller] = {}
        self._until: dict[str, float] = {}
        self._seconds = seconds
        for person in everybody():
            if person.kind == "machine":
                continue
            self.issue(person.email)
        self._server_key = "xapi-" + secrets.token_urlsafe(32)
        self.tokens[SERVER_KEY] = self._server_key
        self._server = Caller(-1, Person(SERVER_KEY, SERVER_KEY, SERVER_KEY, ("admin",), "key"))

    def issue(self, name: str) -> str:
        """A new token for somebody, by e-mail or key's name; the ones before go on being good."""
        position = position_of(name)
        person = everybody()[position]
        token = ("hpk_" if person.kind == "key" else _JWT) + secrets.token_urlsafe(48)
        self._bearers[token] = Caller(position, person)
        self.tokens[name] = token
        if self._seconds and person.kind != "key":
            self._until[token] = time.monotonic() + self._seconds
        return token

    def expire(self) -> None:
        """From now on no token of a person is good that was given out until now."""
        self._bearers = {
            token: caller for token, caller in self._bearers.items() if caller.person.kind == "key"
        }

    def caller(self, headers: Mapping[str, str]) -> Caller | None:
        """Who sent a request, None for a credential that is missing, wrong or misspelt."""
        if "api-key" in headers:
            right = secrets.compare_digest(headers["api-key"].encode(), self._server_key.encode())
            return self._server if right else None
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or time.monotonic() > self._until.get(token, float("inf")):
            return None
        return self._bearers.get(token)
