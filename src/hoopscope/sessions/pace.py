"""Pace: how far the feed has to be ahead of a reader, and how long to wait after a failure."""

from __future__ import annotations

import random
from collections.abc import Callable

_SCREENS_AHEAD = 3
_SECONDS_AHEAD = 2.0
_ROUND_TRIPS_AHEAD = 4
_MOST_AHEAD = 5_000
# A pause longer than this is no scrolling.
_PAUSE = 1.0
_FIRST_DELAY = 1.0
_LONGEST_DELAY = 60.0


class Pace:
    """Where the reader is and how fast they scroll. Times are seconds of any steady clock."""

    def __init__(self) -> None:
        self.first = 0
        # Until the reader is heard of, the first page is enough: it is not to wait for others.
        self.count = 20
        self._speed = 0.0
        self._page_seconds = 0.1
        self._seen_at: float | None = None

    def begin_anew(self) -> None:
        """The reader stands at the first row of other rows."""
        self.first, self._speed, self._seen_at = 0, 0.0, None

    def saw(self, first: int, count: int, now: float) -> None:
        """The rows `first` … are on screen."""
        if self._seen_at is not None and now > self._seen_at:
            passed = now - self._seen_at
            speed = max(0, first - self.first) / passed
            self._speed = max(speed, 0.7 * self._speed) if passed < _PAUSE else 0.0
        self.first, self.count, self._seen_at = first, max(1, count), now

    def pushed_down(self, rows: int) -> None:
        """So many rows came in above: where the reader is now is no scrolling."""
        self.first += rows

    def page_took(self, seconds: float) -> None:
        """A page was on its way for so long."""
        self._page_seconds = 0.7 * self._page_seconds + 0.3 * seconds

    def wants_more(self, loaded: int) -> bool:
        """Whether `loaded` rows are too few to stay ahead."""
        return loaded < self.first + self.count + self.distance

    @property
    def distance(self) -> int:
        """Rows that should be loaded beyond the screen."""
        seconds = _SECONDS_AHEAD + _ROUND_TRIPS_AHEAD * self._page_seconds
        return max(_SCREENS_AHEAD * self.count, min(int(self._speed * seconds), _MOST_AHEAD))


class BackOff:
    """How long to wait before the next try: doubling, with jitter, up to a minute."""

    def __init__(self, jitter: Callable[[], float] = lambda: random.uniform(0.8, 1.2)) -> None:  # noqa: S311
        self._jitter = jitter
        self._tries = 0

    def next_delay(self, at_least: float | None = None) -> float:
        """Seconds until the next try; `at_least` is what the gateway asked for."""
        delay = min(_FIRST_DELAY * float(1 << self._tries), _LONGEST_DELAY)
        self._tries = min(self._tries + 1, 10)
        return max(delay * self._jitter(), at_least or 0.0)

    def reset(self) -> None:
        """It went well."""
        self._tries = 0
