from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.formats import Layout
from hoopscope.cli.formats.csv_file import CSV_COLUMNS, CsvFile, cell
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.untrusted import harmless

NOW = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp()) * 1_000_000


def written(row: SessionRow, *columns: str) -> list[str]:
    writer = CsvFile(Layout(columns=columns, now=NOW))
    text = writer.begin() + writer.sessions([row], [{}]) + writer.end()
    header, values = csv.reader(io.StringIO(text))
    assert header == list(columns or CSV_COLUMNS)
    return values


def test_exact_values() -> None:
    row = SessionRow("an-id", NOW - 90_500_000, NOW, user="ana@x.example", exit_code=-2)
    values = dict(zip(CSV_COLUMNS, written(row), strict=True))
    assert values["id"] == "an-id"
    assert values["start"] == "2026-11-22T23:58:29.500000Z"
    assert values["end"] == "2026-11-23T00:00:00.000000Z"
    assert values["seconds"] == "90.5"
    assert values["exit_code"] == "-2"
    assert values["jira_key"] == ""


def test_what_is_missing_is_empty() -> None:
    values = dict(zip(CSV_COLUMNS, written(SessionRow("x", NO_START)), strict=True))
    assert (values["start"], values["end"], values["seconds"], values["exit_code"]) == ("",) * 4
    assert written(SessionRow("x", 10**20), "start") == [""]


def test_columns_can_be_chosen() -> None:
    assert written(SessionRow("x", NOW, verb="exec"), "verb", "id") == ["exec", "x"]
    with pytest.raises(UsageFailed, match="There is no CSV column 'nope'"):
        CsvFile(Layout(columns=("id", "nope")))


@pytest.mark.parametrize(
    "formula",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n=1", "＝1", '=cmd|"/c calc"!A1'],
)
def test_no_cell_is_a_formula(formula: str) -> None:
    (value,) = written(SessionRow("x", NOW, connection=formula), "connection")
    assert value.startswith("'")


@given(st.text())
def test_a_cell_is_one_harmless_cell(text: str) -> None:
    shown = cell(text)
    assert harmless(shown) == shown
    (row,) = csv.reader(io.StringIO(shown + ",end\n"))
    assert len(row) == 2
    assert not row[0].lstrip().startswith(("=", "+", "-", "@"))
    if text.isascii() and text.isalnum():
        assert row[0] == text
