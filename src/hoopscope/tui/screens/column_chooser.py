"""Choosing the columns of the table: which, in which order, and how wide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from hoopscope.sessions.column_choice import ChoiceLine, ColumnChoice
from hoopscope.sessions.columns import COLUMNS
from hoopscope.tui.key_names import key_text, shown_keys
from hoopscope.tui.screens.dialog import PickDialog
from hoopscope.tui.widgets.pick_list import PickList

Chosen = tuple[tuple[str, ...], Mapping[str, int]]
"""The ids of columns, none where the width chooses, and widths in cells by id."""

_KEYS_WIDTH = 40
"""Cells that the keys take of the box."""


class ColumnChooser(PickDialog[Chosen | None]):
    """Gives back what was chosen, None when it was left.

    Args:
        choice: what is on to begin with; it is changed.
        ascii_only: draw only signs that any terminal has.
    """

    BINDING_GROUP_TITLE = "Columns"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "take", id="columns.take"),
        Binding("space,x", "switch", "on, off", id="columns.toggle"),
        Binding("K,shift+up,left_square_bracket", "shift(-1)", "move up", id="columns.move_back"),
        Binding("J,shift+down,right_square_bracket", "shift(1)", "move down", id="columns.move_on"),
        Binding("plus,right,l", "widen(1)", "wider", id="columns.set_wider"),
        Binding("minus,left,h", "widen(-1)", "narrower", id="columns.set_narrower"),
        Binding("0", "free", "any width", id="columns.set_any_width"),
        Binding("r", "reset", "as usual", id="columns.set_usual"),
        Binding("escape,q,c", "leave", "close", id="columns.close"),
        Binding("j", "move(1)", "next column", show=False, id="columns.move_down"),
        Binding("k", "move(-1)", "previous column", show=False, id="columns.move_up"),
    ]
    DEFAULT_CSS = """
    ColumnChooser {
        align: right bottom;
        background: transparent;
        & > Vertical {
            width: 44;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $border;
            border-title-color: $text-accent;
            background: $background;
            & > OptionList {
                height: auto;
                max-height: 14;
                padding: 0;
                &, &:focus { border: none; background: $background; }
                scrollbar-size: 0 0;
                & > .option-list--option { padding: 0 1; }
            }
            & > Static { height: auto; color: $text-muted; padding: 0 1; }
        }
        &.-ascii > Vertical { border: ascii $border; }
    }
    """

    def __init__(self, choice: ColumnChoice, *, ascii_only: bool) -> None:
        super().__init__(classes="-ascii" if ascii_only else "")
        self._choice = choice
        self._ascii = ascii_only

    def compose(self) -> ComposeResult:
        """The columns, one a line, and the keys."""
        options = PickList(*(Option(_line(each)) for each in self._choice.lines), markup=False)
        options.highlighted = 0
        with Vertical() as box:
            yield options
            yield Static(self._keys(), markup=False)
        box.border_title = "Columns"

    def on_mount(self) -> None:
        """Say how they are chosen."""
        self._show(self._choice.lines[0].id)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        """Show the table so."""
        self.dismiss((self._choice.columns, self._choice.widths))

    def action_switch(self) -> None:
        """Show the column under the cursor, or not."""
        column = self._under_cursor()
        self._choice.toggle(column)
        self._show(column)

    def action_shift(self, by: int) -> None:
        """Move the column under the cursor, and the cursor with it."""
        column = self._under_cursor()
        self._choice.move(column, by)
        self._show(column)

    def action_widen(self, by: int) -> None:
        """Make the column under the cursor wider or narrower."""
        column = self._under_cursor()
        self._choice.widen(column, by)
        self._show(column)

    def action_free(self) -> None:
        """Leave the width of the column under the cursor to the room that there is."""
        column = self._under_cursor()
        self._choice.free(column)
        self._show(column)

    def action_reset(self) -> None:
        """As without any choice."""
        self._choice.reset()
        self._show(self._choice.lines[0].id)

    def _under_cursor(self) -> str:
        return self._choice.lines[self.query_one(OptionList).highlighted or 0].id

    def _show(self, column: str) -> None:
        options, lines = self.query_one(OptionList), self._choice.lines
        for number, line in enumerate(lines):
            options.replace_option_prompt_at_index(number, _line(line))
        options.highlighted = [line.id for line in lines].index(column)
        how = "as many as there is room for" if self._choice.is_automatic else "these"
        self.query_one(Vertical).border_subtitle = how

    def _keys(self) -> str:
        lines = [""]
        for _, key, what in shown_keys(self):
            item = f"{key_text(key, ascii_only=self._ascii)} {what}"
            if len(lines[-1]) + len(item) > _KEYS_WIDTH:
                lines.append("")
            lines[-1] += item + "  "
        return "\n".join(line.rstrip() for line in lines)


_TITLES = max(len(column.title) for column in COLUMNS)


def _line(line: ChoiceLine) -> str:
    sign = "[x]" if line.is_on else "[ ]"
    width = f"{line.width} cells" if line.width else ""
    return f"{sign} {line.title:<{_TITLES}}  {width}"
