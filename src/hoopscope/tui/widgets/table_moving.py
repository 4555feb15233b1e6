"""TableMoving: the keys and the mouse of a table, none of which is mute at its ends."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.reactive import Reactive
from textual.scroll_view import ScrollView

from hoopscope.tui.widgets.notice import EdgeReached
from hoopscope.tui.widgets.row_view import RowView

HEADER = 1
WHEEL_ROWS = 3


class TableMoving(ScrollView, can_focus=True, inherit_bindings=False):
    """Moves a cursor over rows, and the view along with it or alone."""

    BINDING_GROUP_TITLE = "Table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move_cursor(1)", "next row", show=False, id="table.move_down"),
        Binding("up,k", "move_cursor(-1)", "previous row", show=False, id="table.move_up"),
        Binding("pagedown", "move_page(1)", "page down", show=False, id="table.page_down"),
        Binding("pageup", "move_page(-1)", "page up", show=False, id="table.page_up"),
        Binding(
            "ctrl+d", "move_half(1)", "half a page down", show=False, id="table.move_half_page_down"
        ),
        Binding(
            "ctrl+u", "move_half(-1)", "half a page up", show=False, id="table.move_half_page_up"
        ),
        Binding("home", "first_row", "first row", show=False, id="table.go_to_first"),
        Binding("end,G", "last_row", "last row", show=False, id="table.go_to_last"),
        Binding("enter", "select_row", "open", show=False, id="table.open_row"),
    ]

    cursor_row: Reactive[int] = Reactive(0, repaint=False)
    """The index of the row that the cursor is on; 0 in an empty table."""

    _view: RowView

    def _settle(self) -> None:
        """Show what is there now."""
        raise NotImplementedError

    def action_select_row(self) -> None:
        """Choose the row of the cursor."""
        raise NotImplementedError

    def action_move_cursor(self, step: int) -> None:
        """One row further."""
        self._put_cursor(self.cursor_row + step, down=step > 0)

    def action_move_page(self, step: int) -> None:
        """A page further, one row of which was seen before."""
        self._move_by(max(1, self._view.height - 1) * step)

    def action_move_half(self, step: int) -> None:
        """Half a page further."""
        self._move_by(max(1, self._view.height // 2) * step)

    def action_first_row(self) -> None:
        """To the first row."""
        self._put_cursor(0, down=False)

    def action_last_row(self) -> None:
        """To the last row that there is now."""
        self._put_cursor(self._view.length - 1, down=True)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor there, a double click chooses that row."""
        row = self._view.row_at(event.y - HEADER)
        if row is None:
            return
        event.stop()
        self.cursor_row = row
        if event.chain == 2:
            self.action_select_row()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the view, not the cursor."""
        self._scroll_by(WHEEL_ROWS, event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the view, not the cursor."""
        self._scroll_by(-WHEEL_ROWS, event)

    def _move_by(self, rows: int) -> None:
        self._view.top += rows
        self._view.settle()
        self._put_cursor(self.cursor_row + rows, down=rows > 0)
        self._settle()

    def _put_cursor(self, row: int, *, down: bool) -> None:
        before = self.cursor_row
        self.cursor_row = row
        if self.cursor_row == before:
            edge = "This is the last row." if down else "This is the first row."
            self.post_message(EdgeReached(edge if self._view.length else "There is no row."))

    def _scroll_by(self, rows: int, event: events.MouseEvent) -> None:
        event.stop()
        event.prevent_default()
        self._view.top += rows
        self._settle()
