"""Sessions as the rows of a virtual table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.columns import COLUMNS, Column, ColumnContext, fit_columns
from hoopscope.sessions.outcome import outcome_of
from hoopscope.tui.widgets.row_source import TableColumn, TableRow
from hoopscope.untrusted import harmless


class SessionSource(Protocol):
    """Sessions by index, the newest first; `SessionStore` is one."""

    def __len__(self) -> int: ...

    def rows(self, first: int, count: int) -> Sequence[SessionRow]:
        """At most `count` sessions from index `first` on."""
        ...

    def row_of(self, session_id: str) -> int | None:
        """Where the session stands now."""
        ...


class SessionRows:
    """A row source: the columns that fit, and the outcome's tone as each row's accent.

    Args:
        sessions: where the sessions come from.
        context: gives what texts depend on, asked for once whenever rows are drawn.
        columns: those to choose from.
    """

    def __init__(
        self,
        sessions: SessionSource,
        context: Callable[[], ColumnContext],
        columns: Sequence[Column] = COLUMNS,
    ) -> None:
        self._sessions = sessions
        self._context = context
        self._all = tuple(columns)
        self._fitted: list[tuple[Column, int]] = []
        self._outcome_at: int | None = None
        self.marks: dict[str, str] = {}
        """Signs of one cell to show at the left of sessions, by id."""

    def __len__(self) -> int:
        return len(self._sessions)

    @property
    def widths(self) -> dict[str, int]:
        """The cells that the columns have that were chosen last, by id and in order."""
        return {column.id: width for column, width in self._fitted}

    def fit(self, room: int) -> list[TableColumn]:
        """Choose the columns for so many cells; rows have the cells of the last choice."""
        self._fitted = fit_columns(self._all, room)
        ids = [column.id for column, _ in self._fitted]
        self._outcome_at = ids.index("outcome") if "outcome" in ids else None
        return [TableColumn(column.title, width, column.align) for column, width in self._fitted]

    def rows(self, first: int, count: int) -> list[TableRow]:
        """The sessions from index `first` on, as they are drawn."""
        context = self._context()
        return [self._row(session, context) for session in self._sessions.rows(first, count)]

    def index_of(self, key: str) -> int | None:
        """Where the session of that id stands now."""
        return self._sessions.row_of(key)

    def _row(self, session: SessionRow, context: ColumnContext) -> TableRow:
        accent = None
        if self._outcome_at is not None:
            accent = (self._outcome_at, outcome_of(session, context.now).tone.value)
        return TableRow(
            key=session.id,
            cells=tuple(column.cell(session, context, width) for column, width in self._fitted),
            accent=accent,
            mark=harmless(self.marks.get(session.id, "")),
        )
