"""RepairedScreen: pyte's screen, with what its makers left out or got wrong."""

from __future__ import annotations

import pickle
from typing import Any

import pyte
from pyte import modes
from pyte.screens import Margins

from hoopscope.untrusted import cell_width

_ALTERNATE_MODES = {47, 1047, 1049}
_PRIVATE_MODES = {5, 6, 7, 25}
_MODES = {4, 20}
_CLUSTER_MAX = 16
_WIDE = 2

_KEPT = (
    *("columns", "lines", "mode", "margins", "tabstops", "charset", "g0_charset", "g1_charset"),
    *("cursor", "saved_columns", "savepoints", "primary"),
)


class RepairedScreen(pyte.Screen):
    """Adds the alternate screen, scrolling, repeating, soft reset; halves of wide characters."""

    def __init__(self, columns: int, lines: int) -> None:
        self.primary: tuple[dict[int, dict[int, Any]], Any] | None = None
        """The primary screen and its cursor, while the alternate one is shown."""
        super().__init__(columns, lines)

    def reset(self) -> None:
        """Be as new."""
        self.primary = None
        self.savepoints = []
        super().reset()

    def state(self) -> bytes:
        """All there is to know, for `take_state`."""
        kept = {name: getattr(self, name) for name in _KEPT}
        return pickle.dumps((kept, {y: dict(line) for y, line in self.buffer.items()}))

    def take_state(self, state: bytes) -> None:
        """Be as `state` was given; it has never left this process."""
        kept, lines = pickle.loads(state)  # noqa: S301
        for name, value in kept.items():
            setattr(self, name, value)
        self._fill(lines)

    def change_modes(self, numbers: list[int], *, private: bool, on: bool) -> None:
        """Set or reset those modes that are known."""
        if private and _ALTERNATE_MODES.intersection(numbers):
            self._switch(on)
        known = (_PRIVATE_MODES if private else _MODES).intersection(numbers)
        for number in known:
            (self.set_mode if on else self.reset_mode)(number, private=private)

    def soft_reset(self) -> None:
        """Modes, margins and looks as new; what is shown stays."""
        self.mode = {modes.DECAWM, modes.DECTCEM}
        self.margins = None
        self.cursor.hidden = False
        self.select_graphic_rendition(0)

    def save_cursor(self) -> None:
        """There is one place to save in, not a stack that grows."""
        self.savepoints = []
        super().save_cursor()

    def restore_cursor(self) -> None:
        """What was saved can be restored again."""
        saved = list(self.savepoints)
        super().restore_cursor()
        if saved:
            self.savepoints = saved
            self.cursor = type(self.cursor)(self.cursor.x, self.cursor.y, self.cursor.attrs)

    def set_margins(self, top: int | None = None, bottom: int | None = None) -> None:
        """The cursor goes home, also where the margins are those of the screen."""
        first, last = max(1, top or 1), min(bottom or self.lines, self.lines)
        if first < last:
            is_all = (first, last) == (1, self.lines)
            self.margins = None if is_all else Margins(first - 1, last - 1)
            self.cursor_position()

    def insert_lines(self, count: int | None = None) -> None:
        """Lines from the cursor's on move down."""
        self._move_lines(-(count or 1))

    def delete_lines(self, count: int | None = None) -> None:
        """Lines below the cursor's move up to it."""
        self._move_lines(count or 1)

    def _move_lines(self, count: int) -> None:
        """Scroll what is between the cursor's line and the lower margin."""
        top, bottom = self.margins or (0, self.lines - 1)
        if top <= self.cursor.y <= bottom:
            margins, self.margins = self.margins, Margins(self.cursor.y, bottom)
            self.scroll(count)
            self.margins = margins
            self.carriage_return()

    def scroll(self, count: int) -> None:
        """Lines move up, or with a negative count down, within the margins."""
        top, bottom = self.margins or (0, self.lines - 1)
        row, self.cursor.y = self.cursor.y, bottom if count > 0 else top
        for _ in range(min(abs(count), self.lines)):
            self.index() if count > 0 else self.reverse_index()
        self.cursor.y = row

    def repeat(self, count: int) -> None:
        """The character before the cursor again."""
        last = self.buffer[self.cursor.y][max(0, self.cursor.x - 1)].data
        self.draw((last or " ") * min(count, self.columns * self.lines))

    def draw(self, data: str) -> None:
        """Text at the cursor."""
        for sign in data.translate(self.g1_charset if self.charset else self.g0_charset):
            width = cell_width(sign)
            if width == 0:
                self._combine(sign)
            elif width > 0:
                self._put(sign, width)
        self.dirty.clear()

    def _put(self, sign: str, width: int) -> None:
        cursor = self.cursor
        if cursor.x + width > self.columns:
            if modes.DECAWM in self.mode:
                self.carriage_return()
                self.index()
            else:
                cursor.x = max(0, self.columns - width)
        if modes.IRM in self.mode:
            self.insert_characters(width)
        line, blank = self.buffer[cursor.y], self.default_char
        after = cursor.x + width
        if cursor.x and cursor.x in line and line[cursor.x].data == "":
            line[cursor.x - 1] = blank
        if after in line and line[after].data == "":
            line[after] = blank
        line[cursor.x] = cursor.attrs._replace(data=sign)
        if width == _WIDE and cursor.x + 1 < self.columns:
            line[cursor.x + 1] = cursor.attrs._replace(data="")
        cursor.x = min(after, self.columns)

    def _combine(self, mark: str) -> None:
        line, column = self.buffer[self.cursor.y], self.cursor.x - 1
        if column > 0 and line[column].data == "":
            column -= 1
        if column >= 0 and len(line[column].data) < _CLUSTER_MAX:
            line[column] = line[column]._replace(data=line[column].data + mark)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        """Only the background is left."""
        self._with_bare_cursor(super().erase_in_line, how)

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        """Only the background is left, also where nothing was written."""
        if how in (2, 3):
            self.buffer.clear()
        self._with_bare_cursor(super().erase_in_display, how)
        if how in (2, 3) and self.cursor.attrs.bg != "default":
            bare = self.default_char._replace(bg=self.cursor.attrs.bg)
            for y in range(self.lines):
                self.buffer[y].update((x, bare) for x in range(self.columns))

    def erase_characters(self, count: int | None = None) -> None:
        """Only the background is left."""
        self._with_bare_cursor(super().erase_characters, count)

    def _with_bare_cursor(self, erase: Any, argument: int | None) -> None:
        attributes = self.cursor.attrs
        self.cursor.attrs = self.default_char._replace(bg=attributes.bg)
        try:
            erase(argument)
        finally:
            self.cursor.attrs = attributes

    def _switch(self, to_alternate: bool) -> None:
        if to_alternate and self.primary is None:
            lines = {y: dict(line) for y, line in self.buffer.items()}
            cursor = type(self.cursor)(self.cursor.x, self.cursor.y, self.cursor.attrs)
            self.primary = (lines, cursor)
            self.buffer.clear()
        elif not to_alternate and self.primary is not None:
            lines, cursor = self.primary
            cursor.hidden = self.cursor.hidden
            self.primary, self.cursor = None, cursor
            self._fill(lines)

    def _fill(self, lines: dict[int, dict[int, Any]]) -> None:
        self.buffer.clear()
        for y, line in lines.items():
            self.buffer[y].update(line)
