"""Where a walk stands, as a value and as a short text to go on from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from urllib.parse import quote, unquote

from hoopscope.gateway.moments import microseconds
from hoopscope.gateway.row import NO_START

SECOND = 1_000_000
FLOOR = datetime(1970, 1, 1, tzinfo=UTC)
# A start alone makes a gateway stop at its own present second, and its clock is not ours.
FAR = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
_SORTS_FIRST = 2**63 - 1
# Sorts before (is newer than) every UUID, so that a position can stand above all of a moment.
_ABOVE_ALL_IDS = "~"
_NO_START_TEXT = "no-start"


class WalkPosition(NamedTuple):
    """The last session that a walk gave: its start (microseconds since 1970 UTC) and its id.

    As text `2026-11-23T11:46:37.123456Z,7d1c…`; `parse` reads it back.
    """

    start: int
    id: str

    @property
    def newness(self) -> tuple[int, str]:
        """Descending, this is the gateway's order: by start, then by id, missing starts first."""
        return (_SORTS_FIRST if self.start == NO_START else self.start, self.id)

    @classmethod
    def above(cls, start: int) -> WalkPosition:
        """Before every session of that microsecond, after every newer one."""
        return cls(start, _ABOVE_ALL_IDS)

    def __str__(self) -> str:
        if self.start == NO_START:
            return f"{_NO_START_TEXT},{quote(self.id, safe='')}"
        moment = moment_of(self.start).replace(tzinfo=None)
        return f"{moment.isoformat(timespec='microseconds')}Z,{quote(self.id, safe='')}"

    @classmethod
    def parse(cls, text: str) -> WalkPosition:
        """Read a position back. Raises ValueError with a sentence."""
        moment, comma, session_id = text.strip().partition(",")
        if not comma or not session_id:
            raise ValueError("A position looks like 2026-11-23T11:46:37.123456Z,<session id>.")
        try:
            session_id = unquote(session_id, errors="strict")
        except UnicodeDecodeError:
            raise ValueError("The session id of the position is no valid text.") from None
        if moment == _NO_START_TEXT:
            return cls(NO_START, session_id)
        try:
            return cls(microseconds(moment), session_id)
        except (ValueError, OverflowError):
            raise ValueError("The position does not begin with a date and time.") from None


def moment_of(start: int) -> datetime:
    """Microseconds since 1970 as an aware datetime; OverflowError outside the years 1 to 9999."""
    return FLOOR + timedelta(microseconds=start)


def microseconds_of(moment: datetime) -> int:
    """An aware datetime as microseconds since 1970, exactly."""
    return (moment - FLOOR) // timedelta(microseconds=1)


def second_after(start: int) -> int:
    """The whole second (since 1970) at or after a moment: the `end_date` that includes it."""
    return -(-start // SECOND)


def whole_second(moment: datetime) -> datetime:
    """The whole second at or after a moment, the last that there is at most."""
    return moment_of(second_after(microseconds_of(min(moment, FAR))) * SECOND)
