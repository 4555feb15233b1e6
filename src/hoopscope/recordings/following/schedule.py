"""When to read again what is stored of an open session."""

from __future__ import annotations

import random

FLUSHED = 60.0
"""Seconds after which the gateway has surely stored what happened.

Source: gateway behaviour: it stores every 50 s.
"""

_BETWEEN = 55.0
_LONGEST = 300.0
_LONGEST_WAIT = 30.0
# The stored part always comes whole: a large one is read more rarely.
_BYTES_A_SECOND = 256 * 1024


class Schedule:
    """Times are of the loop's clock, in seconds."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._least = _BETWEEN
        self._idle = _BETWEEN
        self._unsettled: float | None = None

    def has_read(self, started: float, size: int, *, found_more: bool) -> None:
        """A reading was begun at a moment and gave `size` bytes of payloads."""
        self._last = started
        self._least = max(_BETWEEN, size / _BYTES_A_SECOND)
        self._idle = self._least if found_more else min(_LONGEST, 1.5 * self._idle)
        self._unsettled = None

    def unsettled(self, is_so: bool, now: float) -> None:
        """Whether there is something that only a reading can settle, once it is stored."""
        if not is_so:
            self._unsettled = None
        elif self._unsettled is None:
            self._unsettled = now

    def due(self, *, hears: bool) -> float | None:
        """When to read next; None for not at all. hears: whether anything comes live."""
        if self._last is None:
            return 0.0
        if self._unsettled is not None:
            return max(self._last + self._least, self._unsettled + _BETWEEN)
        return None if hears else self._last + max(self._least, self._idle)

    def would_have_come(self, subscribed: float | None) -> bool:
        """Whether what is stored since the last reading must have happened after a subscription."""
        return (
            subscribed is not None and self._last is not None and self._last >= subscribed + FLUSHED
        )

    def asked_at(self, now: float) -> None:
        """Nothing can be read, but whether it has ended may be asked now and then."""
        self._last = now
        self._least = self._idle = _LONGEST


def back_off(tries: int) -> float:
    """Seconds to wait after that many failures in a row: ever longer, and by chance."""
    return min(_LONGEST_WAIT, 2.0**tries) * random.uniform(0.5, 1.0)  # noqa: S311
