"""The columns of a list of sessions, and which of them a width has room for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions import column_texts as texts
from hoopscope.sessions.column_texts import ColumnContext
from hoopscope.untrusted import fit

__all__ = [
    "BY_ID",
    "COLUMNS",
    "CORE",
    "GAP",
    "Column",
    "ColumnContext",
    "chosen_columns",
    "fit_columns",
    "with_widths",
]

GAP = 2
"""Cells between two columns."""

CORE = 7
"""Columns up to this priority are shown as narrow as they can be before one is left out."""

WANTED = 11
"""Columns up to this priority narrow the others; those beyond it take only what is left over."""

_ROOM_TO_BREATHE = 3
"""Cells that have to be left over before a column beyond the core is let in."""

Text: TypeAlias = Callable[[SessionRow, ColumnContext], str]
NarrowText: TypeAlias = Callable[[SessionRow, ColumnContext, int], str]


class Column(NamedTuple):
    """One column: widths in terminal cells, `priority` 1 is the last to go.

    `text` gives a session's whole text, harmless. `narrow`, where there is one, gives what makes
    the most of a width. `width` is the usual one, and beyond `max_width` more does not help; a
    column that `leaps` has one of the three widths and none between them.
    """

    id: str
    title: str
    min_width: int
    width: int
    max_width: int
    priority: int
    text: Text
    narrow: NarrowText | None = None
    align: Literal["left", "right"] = "left"
    leaps: bool = False

    def cell(self, row: SessionRow, context: ColumnContext, width: int) -> str:
        """The session's text in exactly `width` cells, harmless."""
        text = self.narrow(row, context, width) if self.narrow else self.text(row, context)
        return fit(text, width, self.align, context.ellipsis)


COLUMNS: tuple[Column, ...] = (
    Column("when", "WHEN", 11, 11, 19, 2, texts.when, texts.when, leaps=True),
    Column("who", "WHO", 10, 18, 28, 4, texts.who, texts.who),
    Column("connection", "CONNECTION", 12, 16, 30, 3, texts.connection),
    Column("kind", "KIND", 8, 10, 14, 8, texts.kind),
    Column("verb", "VERB", 4, 7, 7, 9, texts.verb, texts.verb, leaps=True),
    Column("outcome", "OUTCOME", 11, 12, 12, 1, texts.outcome),
    Column("took", "TOOK", 5, 6, 6, 5, texts.took, align="right"),
    Column("review", "REVIEW", 10, 10, 10, 6, texts.review),
    Column("flags", "FLAGS", 5, 8, 10, 7, texts.flags),
    Column("jira", "JIRA", 8, 10, 12, 10, texts.jira),
    Column("correlation", "WORKFLOW", 8, 14, 24, 11, texts.correlation),
    Column("size", "SIZE", 5, 5, 5, 12, texts.size, align="right"),
    Column("id", "ID", 9, 9, 36, 13, texts.session_id),
    Column("batch", "BATCH", 9, 14, 24, 14, texts.batch),
)
"""Every column, in the order in which an investigator reads them."""

BY_ID = {column.id: column for column in COLUMNS}


def chosen_columns(ids: Sequence[str], widths: Mapping[str, int]) -> tuple[Column, ...]:
    """The columns that somebody chose, in that order, for `fit_columns`; no ids: the usual ones.

    Each is part of the core, so that it is there wherever there is room for it at its narrowest.
    `widths` are in cells, by id.
    """
    chosen = [BY_ID[each]._replace(priority=min(BY_ID[each].priority, CORE)) for each in ids]
    return with_widths(chosen or COLUMNS, widths)


def with_widths(columns: Sequence[Column], widths: Mapping[str, int]) -> tuple[Column, ...]:
    """The columns, those with a width no wider than that, and as wide wherever there is room."""
    return tuple(
        column._replace(min_width=min(column.min_width, width), width=width, max_width=width)
        if (width := widths.get(column.id))
        else column
        for column in columns
    )


def fit_columns(columns: Sequence[Column], width: int) -> list[tuple[Column, int]]:
    """The columns that fit `width` cells (gaps included), each with its width, in their order.

    The core is kept as long as it fits at its narrowest; the other wanted columns come in while
    there is room to breathe, the rest once all have their usual width. What is left over widens
    columns, by priority: to their usual width, then to their largest. There is always one column,
    cut if need be.
    """
    chosen: list[Column] = []
    narrowest = usual = -GAP
    for column in sorted(columns, key=lambda each: each.priority):
        narrowest += GAP + column.min_width
        usual += GAP + column.width
        needed = usual if column.priority > WANTED else narrowest
        if CORE < column.priority <= WANTED:
            needed += _ROOM_TO_BREATHE
        if needed > width:
            break
        chosen.append(column)
    if not chosen:
        first = min(columns, key=lambda each: each.priority)
        return [(first, max(width, 1))]
    widths = _widths(chosen, width)
    return [(column, widths[column.id]) for column in columns if column.id in widths]


def _widths(chosen: Sequence[Column], width: int) -> dict[str, int]:
    """The widths of columns, by id and by priority, that share so many cells, gaps included."""
    widths = {column.id: column.min_width for column in chosen}
    left = width - sum(widths.values()) - GAP * (len(chosen) - 1)
    for goal in ("width", "max_width"):
        for column in chosen:
            more: int = getattr(column, goal) - widths[column.id]
            if more > left:
                more = 0 if column.leaps else left
            widths[column.id] += more
            left -= more
    return widths
