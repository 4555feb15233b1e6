from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.columns import ColumnContext
from hoopscope.tui.session_rows import SessionRows
from hoopscope.tui.widgets.row_painter import GAP
from hoopscope.untrusted import cell_width, harmless
from tests.sessions.rows import NOW, any_row, row


class Sessions(list[SessionRow]):
    """Sessions in memory, as a store gives them."""

    def rows(self, first: int, count: int) -> Sequence[SessionRow]:
        return self[first : first + count]

    def row_of(self, session_id: str) -> int | None:
        return next((i for i, session in enumerate(self) if session.id == session_id), None)


def session_rows(*sessions: SessionRow, utc: bool = True) -> SessionRows:
    return SessionRows(Sessions(sessions), lambda: ColumnContext(now=NOW, utc=utc))


@given(any_row, st.integers(1, 250))
def test_any_session_fills_its_columns_harmlessly(session: SessionRow, room: int) -> None:
    source = session_rows(session)
    columns = source.fit(room)
    (drawn,) = source.rows(0, 10)
    assert [cell_width(cell) for cell in drawn.cells] == [column.width for column in columns]
    assert all(cell == harmless(cell) for cell in drawn.cells)
    assert sum(column.width for column in columns) + GAP * (len(columns) - 1) <= room


def test_the_accent_is_on_the_outcome() -> None:
    source = session_rows(row(exit_code=3), row())
    titles = [column.title for column in source.fit(118)]
    failed, succeeded = source.rows(0, 2)
    assert failed.accent == (titles.index("OUTCOME"), "failure")
    assert succeeded.accent == (titles.index("OUTCOME"), "plain")
    assert failed.cells[titles.index("OUTCOME")].rstrip() == "✗ exit 3"


def test_marks_and_places() -> None:
    source = session_rows(row(id="a"), row(id="b"))
    source.fit(78)
    source.marks["b"] = "*"
    assert [drawn.mark for drawn in source.rows(0, 2)] == ["", "*"]
    assert (len(source), source.index_of("b"), source.index_of("c")) == (2, 1, None)
