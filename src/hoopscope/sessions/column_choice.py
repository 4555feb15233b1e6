"""ColumnChoice: which columns, in which order, how wide, while somebody chooses them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hoopscope.sessions.columns import BY_ID, COLUMNS
from hoopscope.sessions.view_keys import WIDTHS

NARROWEST = 3
"""Cells that a column can be narrowed to here; less is of no use."""


class ChoiceLine(NamedTuple):
    """A column as it is chosen from. width: in cells, 0 leaves it to the room that there is."""

    id: str
    title: str
    is_on: bool
    width: int


class ColumnChoice:
    """Begins with the columns that somebody chose, else with those that are on screen.

    Args:
        columns: ids that were chosen, in order; none leaves the choice to the width.
        widths: cells by id.
        shown: the columns on screen and how wide they are, by id and in order.
    """

    def __init__(
        self, columns: Sequence[str], widths: Mapping[str, int], shown: Mapping[str, int]
    ) -> None:
        self._shown = shown
        self._begin(columns, widths)

    def _begin(self, columns: Sequence[str], widths: Mapping[str, int]) -> None:
        self._is_automatic = not columns
        self._on = list(columns or self._shown)
        self._order = [*self._on, *(each.id for each in COLUMNS if each.id not in self._on)]
        self._widths = dict(widths)

    @property
    def columns(self) -> tuple[str, ...]:
        """What was chosen, in order; none where the width chooses."""
        return () if self._is_automatic else tuple(self._on)

    @property
    def widths(self) -> dict[str, int]:
        """The widths that were set, of all columns that can be seen."""
        return {
            each: width
            for each, width in self._widths.items()
            if self._is_automatic or each in self._on
        }

    @property
    def is_automatic(self) -> bool:
        """Whether the width chooses the columns."""
        return self._is_automatic

    @property
    def lines(self) -> list[ChoiceLine]:
        """All columns, those that are on first."""
        return [
            ChoiceLine(each, BY_ID[each].title, each in self._on, self._widths.get(each, 0))
            for each in self._order
        ]

    def toggle(self, column: str) -> None:
        """Show a column or not; one is always left."""
        if column in self._on and len(self._on) == 1:
            return
        self._is_automatic = False
        wanted = set(self._on) ^ {column}
        self._on = [each for each in self._order if each in wanted]

    def move(self, column: str, by: int) -> None:
        """Put a column further to the right, or to the left where `by` is negative."""
        at = self._order.index(column)
        to = min(max(at + by, 0), len(self._order) - 1)
        if to == at:
            return
        self._is_automatic = False
        self._order.insert(to, self._order.pop(at))
        self._on = [each for each in self._order if each in self._on]

    def widen(self, column: str, by: int) -> None:
        """Give a column more cells, or less where `by` is negative."""
        now = self._widths.get(column) or self._shown.get(column) or BY_ID[column].width
        self._widths[column] = min(max(now + by, NARROWEST), WIDTHS[-1])

    def free(self, column: str) -> None:
        """Let the room that there is say how wide a column is."""
        self._widths.pop(column, None)

    def reset(self) -> None:
        """Leave everything to the width."""
        self._begin((), {})
