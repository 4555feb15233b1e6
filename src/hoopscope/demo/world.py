"""One demo gateway's state: its history, who may ask, what time it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

from hoopscope.demo.access import Access
from hoopscope.demo.database import Database, StoredSession
from hoopscope.demo.downloads import Links
from hoopscope.demo.history import History
from hoopscope.demo.live_streams import LiveStreams
from hoopscope.demo.options import Options
from hoopscope.demo.render import Renderer
from hoopscope.demo.reviews import review_of
from hoopscope.demo.times import moment_of
from hoopscope.demo.watching import Watching


class World:
    """`now` is fixed (microseconds since 1970) for content that is the same in every run.

    `url` is where it can be reached, once that is known; `progress` is told how many sessions
    have been made so far.
    """

    def __init__(
        self,
        sessions: int,
        seed: int,
        *,
        options: Options | None = None,
        now: int | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.options = options or Options()
        self.url = ""
        self._fixed = now
        began = self.now()
        self.access = Access(self.options.token_seconds)
        self.links = Links()
        self.live = LiveStreams(self.now, self.options)
        self.watching = Watching(self)
        self.renderer = Renderer(moment_of(began).date(), self.live, old=self.options.old)
        self.database = Database()
        self.history = History(sessions, seed, began)
        made = 0
        for rows in self.history.sessions():
            self.database.fill(rows)
            made += len(rows)
            if progress:
                progress(made)
        self.database.finish_filling()

    def now(self) -> int:
        """Microseconds since 1970."""
        return time.time_ns() // 1000 if self._fixed is None else self._fixed

    def review(self, session: StoredSession) -> dict[str, Any]:
        """A review as the list of reviews has it, which names its session."""
        review = review_of(session, slim=False, listed=True)
        assert review is not None
        number = str(UUID(bytes=session.id))
        return {"id": review.pop("id"), "session": number, **review}
