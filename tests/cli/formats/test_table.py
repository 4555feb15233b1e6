from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.formats import Layout
from hoopscope.cli.formats.table import Table
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.columns import COLUMNS
from hoopscope.untrusted import cell_width, harmless

NOW = 1_795_000_000_000_000
ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
ROW = SessionRow(ID, NOW - 10**9, user="ana@x.example", connection="pg-prod", verb="exec")


def lines(layout: Layout, *rows: SessionRow) -> list[str]:
    table = Table(layout)
    text = table.begin() + table.sessions(rows, rows) + table.end()
    return text.removesuffix("\n").split("\n")


@pytest.mark.parametrize("width", [20, 80, 100, 120, 200])
def test_a_terminal_is_never_exceeded(width: int) -> None:
    shown = lines(Layout(width=width, now=NOW), ROW)
    assert all(cell_width(line) <= width for line in shown)
    assert (ID in shown[1]) == (width >= 100)


def test_without_a_terminal_nothing_is_cut() -> None:
    long = "c" * 200
    header, line = lines(Layout(now=NOW), SessionRow(ID, NOW, connection=long))
    assert long in line
    assert ID in line
    assert header.split() == [column.title for column in COLUMNS]


def test_chosen_columns_are_all_shown_however_narrow() -> None:
    columns = tuple(column.id for column in COLUMNS)
    for width in (40, 150, 300):
        header = lines(Layout(columns, width=width, now=NOW))[0]
        assert len(header.split()) == len(columns)
    assert lines(Layout(("verb", "id"), now=NOW), ROW)[1].split() == ["exec", ID]
    with pytest.raises(UsageFailed, match="There is no column 'nope'"):
        Table(Layout(("nope",)))


@given(st.text(), st.text(), st.sampled_from([0, 30, 90, 130]), st.booleans())
def test_a_line_a_session_harmless(one: str, other: str, width: int, ascii_only: bool) -> None:
    row = SessionRow(one or "x", NOW, user=other, connection=one, verb=other, jira_key=one)
    shown = lines(Layout(width=width, now=NOW, ascii=ascii_only), row, row)
    assert len(shown) == 3
    assert all(harmless(line) == line for line in shown)
