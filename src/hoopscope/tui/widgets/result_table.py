"""ResultTable: the result sets of a session, one at a time; sorted, searched, copied."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.table import Table
from hoopscope.recordings.table_copying import FORMATS, rows_as
from hoopscope.tui.widgets.requests import (
    AGAIN,
    AnswerWanted,
    CopyWanted,
    ReadingWanted,
    SentenceWanted,
)
from hoopscope.tui.widgets.result_rows import ResultRows
from hoopscope.tui.widgets.row_source import TableColumn
from hoopscope.tui.widgets.searched_table import Searched, SearchedTable
from hoopscope.tui.widgets.session_table import VirtualTable
from hoopscope.tui.widgets.text_moved import TextMoved
from hoopscope.untrusted import harmless

_MOST_COPIED = 50_000
"""Rows that are copied at most."""


class ResultTable(SearchedTable):
    """A virtual table of a result set, in which one cell is the one that one is at.

    Rows and columns stay where they are in the text until they are sorted; enter opens a cell.
    """

    BINDING_GROUP_TITLE = "Result"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,h", "move_column(-1)", "column to the left", show=False, id="result.move_left"
        ),
        Binding(
            "right,l", "move_column(1)", "column to the right", show=False, id="result.move_right"
        ),
        Binding("s", "sort", "sort", id="result.sort_column"),
        Binding("slash", "find", "find", id="result.find"),
        Binding("n", "find_next(False)", "next match", show=False, id="result.find_next"),
        Binding("N", "find_next(True)", "previous match", show=False, id="result.find_previous"),
        Binding("g", "ask_row", "row", id="result.go_to_row"),
        Binding("full_stop", "turn(1)", "next result", show=False, id="result.show_next"),
        Binding("comma", "turn(-1)", "previous result", show=False, id="result.show_previous"),
        Binding("y", "copy_cell", "copy cell", id="result.copy_cell"),
        Binding("Y", "ask_copy", "copy row or all", id="result.copy_rows"),
        Binding("space", "move_page(1)", "page down", show=False, id="result.page_down"),
    ]
    find_question = "find in the rows"
    found_nowhere = "is in no row of this result."

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._signs = ("^", "v", ">") if ascii_only else ("▲", "▼", "▸")
        self._tables: Sequence[Table] = ()
        self._number = 0
        self._rows: ResultRows | None = None
        self._column = 0
        self._sorted: tuple[int, bool] | None = None

    @property
    def position(self) -> str:
        """Where in which result the cursor is, and how it is sorted."""
        rows = self._rows
        if rows is None:
            return ""
        title = harmless(rows.table.titles[self._column], 30)
        parts = [f"row {min(self.cursor_row + 1, len(rows)):,} of {len(rows):,}", f"{title}"]
        if len(self._tables) > 1:
            parts.insert(0, f"result {self._number + 1} of {len(self._tables):,}")
        if self._sorted is not None:
            column, descending = self._sorted
            by = harmless(rows.table.titles[column], 30)
            parts.append(f"sorted by {by}{', largest first' if descending else ''}")
        return " · ".join(parts)

    def show_tables(self, tables: Sequence[Table], first: ResultRows) -> None:
        """Show result sets, of which there has to be one.

        Args:
            first: the rows of the first one, which is shown first.
        """
        self._tables = tables
        self._show(0, first)

    @work(exclusive=True, group="result-turn")
    async def _turn_to(self, number: int) -> None:
        tables = self._tables
        rows = await asyncio.to_thread(ResultRows, tables[number])
        if tables is self._tables:
            self._show(number, rows)

    def _show(self, number: int, rows: ResultRows) -> None:
        self._number, self._column, self._sorted = number, 0, None
        self._rows = rows
        self.status_line = "" if len(self._rows) else "no rows"
        self.set_source(self._rows, self._columns)
        self._moved()

    def _columns(self, room: int) -> Sequence[TableColumn]:
        rows = self._rows
        assert rows is not None
        up, down, here = self._signs
        titles = []
        for column, title in enumerate(rows.table.titles):
            sign = "" if self._sorted is None or self._sorted[0] != column else up
            if sign and self._sorted is not None and self._sorted[1]:
                sign = down
            titles.append((here if column == self._column else "") + harmless(title, 60) + sign)
        return rows.columns(room, titles)

    def action_move_column(self, step: int) -> None:
        """One column further; those at the side come into sight."""
        rows = self._rows
        if rows is None:
            return
        if not 0 <= self._column + step < len(rows.table.titles):
            which = "last" if step > 0 else "first"
            self.post_message(SentenceWanted(f"This is the {which} column."))
            return
        self._column += step
        rows.first_column = min(rows.first_column, self._column)
        while rows.first_column < self._column and not self._is_in_sight():
            rows.first_column += 1
        self.set_columns(self._columns)
        self._moved()

    def _is_in_sight(self) -> bool:
        assert self._rows is not None
        columns = self._columns(self.room)[: self._column - self._rows.first_column + 1]
        return sum(column.width + 2 for column in columns) - 2 <= self.room

    def action_turn(self, step: int) -> None:
        """To the next or the previous result."""
        if 0 <= self._number + step < len(self._tables):
            self._turn_to(self._number + step)
        else:
            which = "last" if step > 0 else "first"
            self.post_message(SentenceWanted(f"This is the {which} result."))

    @work(exclusive=True, group="result-sort")
    async def action_sort(self) -> None:
        """Sort by the column; again, the other way round; again, not at all."""
        rows, column = self._rows, self._column
        if rows is None:
            return
        if self._sorted == (column, True):
            order, self._sorted = None, None
        else:
            descending = self._sorted == (column, False)
            self._sorted = column, descending
            order = await asyncio.to_thread(rows.table.order_by, column, descending=descending)
        if rows is self._rows:
            rows.order = order
            self.source_changed()
            self.move_cursor(0)
            self.set_columns(self._columns)
            self._moved()

    def action_ask_row(self) -> None:
        """Ask for a row to go to."""
        self.post_message(AnswerWanted("row", self._go_to, AGAIN))

    def _go_to(self, answer: str) -> None:
        text = answer.replace(",", "").strip()
        if text == AGAIN:
            self.move_cursor(0)
        elif text.isascii() and text.isdecimal():
            self.move_cursor(int(text[:12]) - 1, centre=True)
        else:
            self.post_message(SentenceWanted("A row is a number."))

    def _searched(self) -> Searched | None:
        rows = self._rows
        if rows is None:
            return None
        return Searched(
            rows,
            self.cursor_row,
            len(rows),
            lambda place: "\t".join(rows.table.row(rows.number_at(place))),
        )

    def _go_to_found(self, place: int, shown: str) -> None:
        self.move_cursor(place)
        self.post_message(SentenceWanted(f"{shown} is in row {place + 1:,}."))

    def action_select_row(self) -> None:
        """Read the cell as a whole."""
        cell = self._cell()
        if cell is not None:
            title = self._rows.table.titles[self._column] if self._rows else ""
            self.post_message(ReadingWanted(title, HeldBytes(cell.encode("utf-8", "replace"))))

    def action_copy_cell(self) -> None:
        """Copy the cell."""
        cell = self._cell()
        if cell is not None:
            self.post_message(CopyWanted(cell, "the cell"))

    def action_ask_copy(self) -> None:
        """Ask what to copy, and as what."""
        self.post_message(AnswerWanted("copy row or all, as csv, json or markdown", self._copy))

    def _copy(self, answer: str) -> None:
        rows = self._rows
        words = answer.lower().split()
        if rows is None:
            return
        forms = [form for form in FORMATS if any(form[0] == word[0] for word in words)]
        known = [word for word in words if word in ("row", "all") or word[0] in "cjm"]
        if known != words or len(forms) > 1:
            self.post_message(SentenceWanted("Say row or all, and csv, json or markdown."))
            return
        if "row" in words:
            indexes = range(self.cursor_row, min(self.cursor_row + 1, len(rows)))
        else:
            indexes = range(len(rows))
        if len(indexes) > _MOST_COPIED:
            self.post_message(SentenceWanted("That is too much for a clipboard; export it."))
            return
        self._copy_rows(rows, indexes, forms[0] if forms else "csv")

    @work(exclusive=True, group="result-copy")
    async def _copy_rows(self, rows: ResultRows, indexes: range, form: str) -> None:
        def put() -> str:
            found = (rows.table.row(rows.number_at(index)) for index in indexes)
            return rows_as(form, rows.table.titles, found, rows.numeric)

        text = await asyncio.to_thread(put)
        what = "row" if len(indexes) == 1 else f"result of {len(indexes):,} rows"
        self.post_message(CopyWanted(text, f"the {what} as {form}"))

    def _cell(self) -> str | None:
        rows = self._rows
        if rows is None or not len(rows):
            self.post_message(SentenceWanted("There is no cell."))
            return None
        return rows.table.row(rows.number_at(self.cursor_row))[self._column]

    def on_virtual_table_row_highlighted(self, event: VirtualTable.RowHighlighted) -> None:
        """The position is another one."""
        event.stop()
        self._moved()

    def _moved(self) -> None:
        if self.is_running:
            self.post_message(TextMoved(self))
