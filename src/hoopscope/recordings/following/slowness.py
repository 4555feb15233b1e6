"""Whether a live reader may have been too slow, which the gateway does not tell."""

from __future__ import annotations

from collections import deque

MOST_BEHIND = 32
"""So many events wait for a reader at the gateway; what comes then is lost.

Source: gateway behaviour.
"""

# What clocks, networks and a busy gateway may blur, in nanoseconds.
_MARGIN = 250_000_000


class Slowness:
    """Finds the places where a gateway may have dropped events for one subscription.

    An event is dropped only while 32 others, all from before it, wait to be sent: the last 32 that
    were received before the gap. So the first of those was sent after the last of them had
    happened. How late an event came is known from its own time and the most prompt event so far.
    """

    def __init__(self) -> None:
        self._last: deque[tuple[int, int]] = deque(maxlen=MOST_BEHIND)
        self._promptest: int | None = None

    def subscribed_again(self) -> None:
        """Forget what waited at a subscription that is over."""
        self._last.clear()

    def may_have_lost(self, happened: int, arrived: int) -> bool:
        """Whether events may be missing right before one that has just come.

        happened: by the gateway's clock; arrived: by one of ours; both in nanoseconds.
        """
        delay = arrived - happened
        if self._promptest is None or delay < self._promptest:
            self._promptest = delay
        may_have = False
        if len(self._last) == MOST_BEHIND:
            first, first_delay = self._last[0]
            late = first_delay - self._promptest
            may_have = self._last[-1][0] - first <= late + _MARGIN
        self._last.append((happened, delay))
        return may_have
