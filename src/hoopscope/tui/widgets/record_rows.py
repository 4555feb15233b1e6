"""The records of a session as rows of a table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime

from hoopscope.recordings.record_codec import Head
from hoopscope.recordings.record_log import RecordLog
from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.sessions.facts.quantities import in_zone, of_microseconds
from hoopscope.tui.widgets.row_source import TableColumn, TableRow
from hoopscope.untrusted import harmless

DIRECTIONS = {"i": "→", "o": "←"}
ASCII_DIRECTIONS = {"i": ">", "o": "<"}
_TONE_SIGNS = {"failure": "✗", "blocked": "⊘", "waiting": "…", "notice": "·"}
_BLOCKS = {"begins": "┌ ", "inside": "│ ", "ends": "└ "}
_ASCII_BLOCKS = {"begins": "+ ", "inside": "| ", "ends": "+ "}
_SECRET_SIGN = "*"  # noqa: S105
_TIME, _LONG_TIME = 9, 12
_KIND_WIDTH = 13
_TITLE = 400


class RecordRows:
    """A row source of a log, of all of its records or of one kind.

    Args:
        log: the records; what came since is taken in by `take_in`.
        start: when recording began, in microseconds since 1970 UTC; None where that is not known.
        kind: the word of the records to show, "" for all.
    """

    def __init__(
        self, log: RecordLog, *, start: int | None, kind: str = "", ascii_only: bool = False
    ) -> None:
        self.log = log
        self.kind = kind
        self.start = start
        self.is_absolute = False
        self.is_revealed = False
        self.utc = True
        self._ascii_only = ascii_only
        self._count = 0
        self.take_in()

    def __len__(self) -> int:
        return self._count

    @property
    def numbers(self) -> Sequence[int] | None:
        """The numbers of the records shown; None for all."""
        return self.log.numbers_of(self.kind) if self.kind else None

    def take_in(self) -> bool:
        """Take in the records that came since; whether there were any."""
        numbers = self.numbers
        count = len(self.log) if numbers is None else len(numbers)
        before, self._count = self._count, count
        return count != before

    def number_of(self, index: int) -> int:
        """The number of the record in a row."""
        numbers = self.numbers
        return index if numbers is None else numbers[index]

    def index_near(self, number: int) -> int:
        """The row of a record, or of the next one that is shown."""
        numbers = self.numbers
        return number if numbers is None else bisect_left(numbers, number)

    def columns(self, room: int) -> Sequence[TableColumn]:
        """The columns for so many cells: the title has what the others leave."""
        time = _LONG_TIME if self.is_absolute or self.log.recording.duration >= 3600 else _TIME
        return (
            TableColumn("TIME", time, "right"),
            TableColumn("", 1),
            TableColumn("KIND", _KIND_WIDTH),
            TableColumn("WHAT", max(8, room - time - 1 - _KIND_WIDTH - 6)),
        )

    def rows(self, first: int, count: int) -> Sequence[TableRow]:
        """At most `count` rows from index `first` on."""
        count = max(0, min(count, self._count - first))
        numbers = self.numbers
        if numbers is None:
            heads = self.log.heads(first, count)
            return [self._row(number, head) for number, head in enumerate(heads, first)]
        return [
            self._row(number, self.log.head(number)) for number in numbers[first : first + count]
        ]

    def index_of(self, key: str) -> int | None:
        """Where the record of that number stands."""
        index = self.index_near(int(key))
        return index if index < self._count and self.number_of(index) == int(key) else None

    def moment(self, seconds: float) -> str:
        """A moment of the recording: since its start, or by the clock."""
        if not self.is_absolute or self.start is None:
            return since_start(seconds)
        return clock_time(self.start, seconds, utc=self.utc).strftime("%H:%M:%S.%f")[:12]

    def _row(self, number: int, head: Head) -> TableRow:
        blocks = _ASCII_BLOCKS if self._ascii_only else _BLOCKS
        directions = ASCII_DIRECTIONS if self._ascii_only else DIRECTIONS
        kind = harmless(head.kind, _KIND_WIDTH)
        sign = _TONE_SIGNS.get(head.tone)
        if sign:
            kind = f"{in_ascii(sign) if self._ascii_only else sign} {kind}"
        title = head.title.shown(self.is_revealed)[: 4 * _TITLE]
        what = blocks.get(head.block, "") + harmless(" ".join(title.split()), _TITLE)
        return TableRow(
            str(number),
            (
                self.moment(head.moment),
                directions.get(head.direction, " "),
                kind,
                what,
            ),
            (2, head.tone) if sign else None,
            _SECRET_SIGN if head.is_masked and not self.is_revealed else "",
        )


def since_start(seconds: float) -> str:
    """A moment as `1:02:03.456`, `2:03.456` below an hour; at most 12 cells up to 9,999 hours."""
    milliseconds = round(min(max(seconds, 0.0), 35_996_400.0) * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    ending = f"{rest // 1000:02}.{rest % 1000:03}"
    if hours >= 1000:
        ending = f"{rest // 1000:02}"
    return f"{hours}:{minutes:02}:{ending}" if hours else f"{minutes}:{ending}"


def clock_time(start: int, seconds: float, *, utc: bool) -> datetime:
    """When something happened, by the clock."""
    return in_zone(of_microseconds(start + round(min(max(seconds, 0.0), 1e12) * 1e6)), utc)
