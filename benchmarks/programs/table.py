"""One table on the whole screen: KIND (ours, stock) ROWS PAGE_FILE REPORT_FILE.

The page file is a JSON list of sessions, repeated until there are ROWS of them. The key `a` adds a
hundred more; milliseconds until the interface is idle again are written to the report file.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from rich.text import Text
from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import DataTable

from hoopscope.config.locations import bundled_themes_folder
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.column_texts import ColumnContext
from hoopscope.sessions.columns import COLUMNS, fit_columns
from hoopscope.sessions.outcome import outcome_of
from hoopscope.sessions.store import SessionStore
from hoopscope.tui.session_rows import SessionRows
from hoopscope.tui.theming import find_theme
from hoopscope.tui.widgets.row_painter import GUTTER
from hoopscope.tui.widgets.session_table import VirtualTable

COLOURS = {
    "running": "cyan",
    "waiting": "yellow",
    "notice": "blue",
    "blocked": "yellow",
    "failure": "red",
}


def made(count: int, given: list[SessionRow]) -> Iterator[SessionRow]:
    """So many sessions, each with an id of its own, a second apart."""
    newest = given[0].start
    for number, row in enumerate(itertools.islice(itertools.cycle(given), count)):
        key = str(UUID(int=(number + 1) * 0x9E3779B97F4A7C15_9E3779B97F4A7C15 % 2**128))
        start = newest - number * 1_000_000
        end = None if row.end is None else start + row.end - row.start
        yield row._replace(id=key, start=start, end=end)


class TableApp(App[None]):
    """A table, and a key that adds rows to it."""

    CSS = "DataTable, VirtualTable { height: 1fr; }"
    BINDINGS = [("a", "add", "add"), ("q", "quit", "quit")]  # noqa: RUF012

    def __init__(self, kind: str, rows: Iterator[SessionRow], count: int, report: Path) -> None:
        super().__init__()
        if theme := os.environ.get("BENCHMARK_THEME"):
            found = find_theme(theme, [bundled_themes_folder()])
            self.register_theme(found)
            self.theme = found.name
        self.animation_level = "none"
        self._ours = kind == "ours"
        self._coming = rows
        self._report = report
        self._store = SessionStore()
        self._moment = ColumnContext(time.time_ns() // 1000, True, False)
        # Textual's has no gutter, but a scroll bar of two cells and a cell either side of a text.
        self._fitted = fit_columns(COLUMNS, 120 - 2 * GUTTER)
        self._table: Widget
        if self._ours:
            while page := list(itertools.islice(self._coming, min(1_000, count))):
                self._store.append(page)
                count -= len(page)
            source = SessionRows(self._store, lambda: self._moment)
            self._table = VirtualTable(source, source.fit)
        else:
            self._table = DataTable[Text](cursor_type="row")
        self._count = count

    def compose(self) -> ComposeResult:
        """The table alone."""
        yield self._table

    def on_mount(self) -> None:
        """Fill Textual's table, which can only be done now."""
        if isinstance(self._table, DataTable):
            for column, width in self._fitted:
                self._table.add_column(column.title, width=width)
            self._table.add_rows(map(self._cells, itertools.islice(self._coming, self._count)))
        self._table.focus()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        if self._ours:
            # As the browser does it after its first paint.
            gc.freeze()

    def _cells(self, row: SessionRow) -> list[Text]:
        colour = COLOURS.get(outcome_of(row, self._moment.now).tone.value, "")
        return [
            Text(
                column.cell(row, self._moment, width),
                style=colour if column.id == "outcome" else "",
                no_wrap=True,
            )
            for column, width in self._fitted
        ]

    async def action_add(self) -> None:
        """A hundred rows arrive; their cells are made before the clock runs, in both tables."""
        rows = list(itertools.islice(self._coming, 100))
        cells = [] if self._ours else [self._cells(row) for row in rows]
        if self._ours:
            self._store.append(rows)
        began = time.perf_counter()
        if isinstance(self._table, VirtualTable):
            self._table.rows_appended()
        elif isinstance(self._table, DataTable):
            self._table.add_rows(cells)
        self.run_worker(self._tell_when_idle(began))

    async def _tell_when_idle(self, began: float) -> None:
        for widget in (self._table, self.screen):
            idle = asyncio.Event()
            widget.call_after_refresh(idle.set)
            await idle.wait()
        took = (time.perf_counter() - began) * 1e3
        with self._report.open("a", encoding="ascii") as report:
            report.write(f"{took}\n")


def main() -> None:
    """Show it."""
    kind, count, page, report = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])
    given = [SessionRow.from_json(value) for value in json.loads(page.read_text(encoding="utf-8"))]
    TableApp(kind, made(count + 1_000, given), count, report).run()


if __name__ == "__main__":
    main()
