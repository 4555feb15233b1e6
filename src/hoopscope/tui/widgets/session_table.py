"""A table of any number of rows, of which only those in sight exist."""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from textual.geometry import Region
from textual.strip import Strip

from hoopscope.tui.widgets import table_messages
from hoopscope.tui.widgets.notice import EdgeReached
from hoopscope.tui.widgets.row_painter import GUTTER, RowPainter
from hoopscope.tui.widgets.row_source import Columns, NoRows, RowSource
from hoopscope.tui.widgets.row_view import RowView, ViewLine
from hoopscope.tui.widgets.table_moving import HEADER, TableMoving
from hoopscope.tui.widgets.table_styles import TABLE_CLASSES, TABLE_CSS, styles_of


class VirtualTable(TableMoving):
    """Shows a window on a row source, with a cursor that is a row.

    It knows nothing of what the rows are. A change repaints the lines that differ and no other:
    two for a step of the cursor, none for rows that come in out of sight. It scrolls by itself,
    has no scroll bar (which would repaint every row), and never lays anything out anew.

    Args:
        source: where rows come from; none by default.
        columns: the columns, or what makes them for a width.
        ascii_only: draw the cursor's sign in ASCII.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = TABLE_CLASSES
    DEFAULT_CSS = TABLE_CSS
    RowHighlighted: TypeAlias = table_messages.RowHighlighted
    RowSelected: TypeAlias = table_messages.RowSelected
    ViewportChanged: TypeAlias = table_messages.ViewportChanged

    def __init__(
        self,
        source: RowSource | None = None,
        columns: Columns = (),
        *,
        ascii_only: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._view = RowView(source if source is not None else NoRows())
        self._columns_given: Columns = columns
        self._cursor_sign = ">" if ascii_only else "▌"
        self._painter: RowPainter | None = None
        self._look_is_stale = False
        self._lines: list[ViewLine] = []
        self._told: tuple[object, object] = ((0, 0), (0, ""))

    @property
    def source(self) -> RowSource:
        """Where the rows come from."""
        return self._view.source

    @property
    def row_count(self) -> int:
        """How many rows the source had when it last told of a change."""
        return self._view.length

    @property
    def cursor_key(self) -> str:
        """The key of the row that the cursor is on; "" in an empty table."""
        return self._view.cursor_key

    @property
    def first_visible(self) -> int:
        """The index of the topmost row in sight."""
        return self._view.top

    @property
    def visible_count(self) -> int:
        """How many rows there is room for."""
        return max(0, self.size.height - HEADER)

    @property
    def room(self) -> int:
        """Cells that columns and their gaps can take."""
        return max(0, self.size.width - GUTTER)

    @property
    def status_line(self) -> str:
        """What stands below the last row, or in an empty table; harmless text."""
        return self._view.status

    @status_line.setter
    def status_line(self, text: str) -> None:
        if text != self._view.status:
            self._view.status = text
            self._settle()

    def set_source(
        self, source: RowSource, columns: Columns | None = None, *, keep_key: bool = False
    ) -> None:
        """Show other rows, from the first on, or with the cursor on the same key."""
        self._view.take_source(source, self.cursor_key if keep_key else "")
        self.set_columns(self._columns_given if columns is None else columns)

    def set_columns(self, columns: Columns) -> None:
        """Show other columns of the same rows, or the same columns of rows that look different."""
        self._columns_given = columns
        self._view.forget()
        self._look_is_stale = True
        self._settle()

    def source_changed(self, keep_key: bool = True) -> None:
        """Rows came, went or moved anywhere: the cursor stays on its row, and that on its line."""
        self._view.adopt(self.cursor_key if keep_key else "")
        self._settle()

    def rows_changed(self, first: int, count: int) -> None:
        """Rows are other than they were, none came or went."""
        self._view.forget(first, count)
        self._settle()

    def rows_appended(self) -> None:
        """Rows came after the last one: where they are out of sight only a number changes."""
        self._view.grow()
        self._settle()

    def move_cursor(self, row: int, *, centre: bool = False) -> None:
        """Put the cursor on a row, in the middle of the view if it can be."""
        if centre:
            self._view.top = row - self._view.height // 2
            self._view.settle()
        self.cursor_row = row
        self._settle()

    def validate_cursor_row(self, row: int) -> int:
        """The cursor stays on the rows there are."""
        return self._view.within(row)

    def watch_cursor_row(self, row: int) -> None:
        """The view follows the cursor."""
        self._view.cursor = row
        self._view.show_cursor()
        self._settle()

    def action_select_row(self) -> None:
        """Choose the row of the cursor."""
        if key := self.cursor_key:
            self.post_message(self.RowSelected(self, self.cursor_row, key))
        else:
            self.post_message(EdgeReached("There is no row to open."))

    def on_mount(self) -> None:
        """What was set before the table was there is told now."""
        self._settle()

    def on_resize(self) -> None:
        """What is in sight now is told."""
        self._settle()

    def notify_style_update(self) -> None:
        """Themes and the focus change the styles; the mouse only pretends to."""
        self._look_is_stale = True
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One line: the header, a row, the status, or nothing."""
        if self._view.height != self.visible_count:
            self._fit_height()
            self._lines = []
        painter = self._painter_now()
        if y < HEADER:
            return painter.header
        if not self._lines:
            self._lines = self._view.lines()
        line = self._lines[y - HEADER] if y - HEADER < len(self._lines) else None
        if line is None:
            return painter.blank
        return painter.status(line) if isinstance(line, str) else painter.row(*line)

    def _painter_now(self) -> RowPainter:
        """The painter for the present width, columns and styles."""
        painter, width = self._painter, self.size.width
        if painter is not None and not self._look_is_stale and painter.width == width:
            return painter
        self._look_is_stale = False
        given = self._columns_given
        columns = tuple(given(self.room) if callable(given) else given)
        styles = styles_of(self)
        if painter is not None and painter.looks_like(columns, width, styles):
            return painter
        if painter is None or columns != painter.columns:
            self._view.forget()
            self._lines = []
        if painter is not None and painter.width == width:
            self.refresh()
        self._painter = painter = RowPainter(columns, width, styles, self._cursor_sign)
        return painter

    def _fit_height(self) -> None:
        """In a view of another height the cursor stays in sight if it was."""
        view = self._view
        was_in_sight = view.top <= view.cursor < view.top + view.height
        view.height = self.visible_count
        if was_in_sight:
            view.show_cursor()
        view.settle()

    def _settle(self) -> None:
        """Repaint the lines that show something else than they should, and tell of the change."""
        view = self._view
        if view.height != self.visible_count:
            self._fit_height()
        view.settle()
        if view.cursor != self.cursor_row:
            self.set_reactive(TableMoving.cursor_row, view.cursor)
        if self._painter is not None:
            self._painter_now()
            before = self._lines
            after = self._lines = view.lines()
            width = self.size.width
            changed = [y for y, line in enumerate(after) if y >= len(before) or line != before[y]]
            if changed:
                self.refresh(*[Region(0, y + HEADER, width, 1) for y in changed])
        if self.is_running:
            self._tell()

    def _tell(self) -> None:
        viewport = (self._view.top, self._view.height)
        highlighted = (self.cursor_row, self.cursor_key)
        old_viewport, old_highlighted = self._told
        self._told = (viewport, highlighted)
        if viewport != old_viewport:
            self.post_message(self.ViewportChanged(self, *viewport))
        if highlighted != old_highlighted:
            self.post_message(self.RowHighlighted(self, *highlighted))
