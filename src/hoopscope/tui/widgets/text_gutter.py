"""What stands at the left of the lines of a text: their numbers, and when they were recorded."""

from __future__ import annotations

from collections.abc import Callable

from hoopscope.recordings.text_lines import TextLines

_FEWEST_DIGITS = 3
_TIME = 9
"""Cells of a time, its direction, and the gaps around them."""


class TextGutter:
    """Numbers and times, each on demand; all gutters of a text have one width.

    Args:
        lines: the text.
        ascii_only: draw only signs that any terminal has.
    """

    def __init__(self, lines: TextLines, *, ascii_only: bool) -> None:
        self.numbers = True
        self.times = False
        self._lines = lines
        self._moment_of: Callable[[int], tuple[float, str] | None] | None = None
        self._digits = _FEWEST_DIGITS
        self._directions = {"i": ">" if ascii_only else "›", "e": "!"}

    @property
    def has_times(self) -> bool:
        """Whether it is known when lines were recorded."""
        return self._moment_of is not None

    @property
    def width(self) -> int:
        """Cells of every gutter."""
        width = self._digits + 1 if self.numbers else 0
        return width + (_TIME if self.times and self.has_times else 0)

    def take(
        self, lines: TextLines, moment_of: Callable[[int], tuple[float, str] | None] | None
    ) -> None:
        """Stand beside another text."""
        self._lines, self._moment_of = lines, moment_of
        self._digits = _FEWEST_DIGITS

    def fit(self) -> None:
        """Make room for the largest number there will be, as far as that can be told by now."""
        known, size = len(self._lines), self._lines.index.size
        likely = known * self._lines.source.size() // size if size else 0
        self._digits = max(self._digits, len(str(max(known, likely))))

    def text(self, line: int, *, is_first: bool) -> str:
        """What stands beside a row; beside the first row of its line all there is."""
        if not is_first:
            return " " * self.width
        text = f"{line + 1:>{self._digits}} " if self.numbers else ""
        return text + self._time(line) if self.times and self.has_times else text

    def _time(self, line: int) -> str:
        assert self._moment_of is not None
        moment = self._moment_of(self._lines.index.span(line)[0])
        if moment is None:
            return " " * _TIME
        seconds, direction = moment
        return f"{clock(seconds):>7}{self._directions.get(direction, ' ')} "


def clock(seconds: float) -> str:
    """Seconds since recording began in at most seven cells: `12.3`, `4:05.1`, `1:02:03`."""
    minutes, rest = divmod(max(0.0, seconds), 60)
    if minutes < 1:
        return f"{rest:.1f}"
    if minutes < 60:
        return f"{minutes:.0f}:{int(rest * 10) / 10:04.1f}"
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}:{minutes:02}:{int(rest):02}" if hours < 100 else f"{hours} h"
