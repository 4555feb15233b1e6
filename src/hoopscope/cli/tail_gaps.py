"""What standard error is told of a session that is followed: gaps, and how the line stands."""

from __future__ import annotations

from collections.abc import Iterator

from hoopscope.cli.messages import complain
from hoopscope.recordings.following.snapshot import GapReason, LiveSnapshot, LiveState

_WHY = {
    GapReason.NOT_STORED: "what happened just before is not stored yet",
    GapReason.LINE_LOST: "the line was lost",
    GapReason.TOO_FAST: "it came faster than the gateway sends",
    GapReason.WITHHELD: "what is stored is withheld from you",
}


class GapTeller:
    """Says each thing once."""

    def __init__(self) -> None:
        self._state = LiveState.CONNECTING

    def places(self, snapshot: LiveSnapshot, new: range) -> Iterator[int]:
        """Before which of the new events gaps are to be told of; the first event of each gap."""
        for gap in snapshot.gaps:
            if gap.ends is not None and gap.first in new:
                yield gap.first

    def tell(self, snapshot: LiveSnapshot, number: int) -> None:
        """Tell of the gap that begins before an event."""
        gap = next(each for each in snapshot.gaps if each.first == number)
        length = f" ({gap.length:.0f} s)" if gap.length and gap.length >= 1 else ""
        complain(f"something may be missing here{length}: {_WHY[gap.reason]}.")

    def were_late(self, count: int) -> None:
        """Tell that events were stored which belong before what has been written."""
        if count:
            events = "1 event that was" if count == 1 else f"{count} events that were"
            complain(f"{events} missing above can be had now: hoopscope output.")

    def tell_state(self, snapshot: LiveSnapshot) -> None:
        """Tell when the line is lost, comes back, or gives nothing."""
        before, self._state = self._state, snapshot.state
        if snapshot.state is before:
            return
        if snapshot.state is LiveState.LOST:
            complain(f"the line is lost, and tried again. {snapshot.why}")
        elif snapshot.state is LiveState.STORED_ONLY:
            complain(snapshot.why)
        elif snapshot.state is LiveState.LIVE and before is LiveState.LOST:
            complain("the line is back.")
