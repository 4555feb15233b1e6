"""Download links: one a session, for one use, for five minutes."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable

from hoopscope.demo.query import Refused

LIFETIME_SECONDS = 300


class Links:
    """The tokens that are out; `clock` gives seconds, of any beginning."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._out: dict[str, tuple[str, float]] = {}

    def new(self, session_id: str) -> str:
        """A token for a session, as its id was written; an older one is worth nothing any more."""
        token = secrets.token_hex(32)
        self._out[session_id] = (token, self._clock() + LIFETIME_SECONDS)
        return token

    def take(self, session_id: str, token: str) -> None:
        """Use a token up; a wrong one uses up the right one.

        Raises:
            Refused: 404 where none is out, 410 for one that is too old, 401 for a wrong one.
        """
        right, until = self._out.pop(session_id, ("", 0.0))
        if not right:
            raise Refused(404, "not found", with_status=True)
        if self._clock() > until:
            raise Refused(410, "session download link expired", with_status=True)
        if not secrets.compare_digest(right.encode(), token.encode()):
            raise Refused(401, "unauthorized", with_status=True)
