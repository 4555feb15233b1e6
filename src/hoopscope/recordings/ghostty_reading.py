"""What libghostty-vt has on a screen: its cells as runs, and its plain text."""

from __future__ import annotations

from array import array
from typing import Any

from hoopscope.recordings.cell_text import cell_text
from hoopscope.recordings.emulator import (
    BLINK,
    BOLD,
    DEFAULT_COLOUR,
    FAINT,
    INVERSE,
    INVISIBLE,
    ITALIC,
    STRUCK,
    TRUE_COLOUR,
    UNDERLINED,
    Run,
)
from hoopscope.recordings.ghostty_library import check, ffi, grid_ref, lib, sized

# A cell is 64 bits: two that say what it holds, 24 of content, 16 of style, two of width.
_HOLDS_TEXT, _HOLDS_CLUSTER, _HOLDS_PALETTE_COLOUR, _HOLDS_TRUE_COLOUR = range(4)
_SPACER = 2
_CLUSTER_MAX = 64

_Look = tuple[int, int, int]
_PLAIN: _Look = (0, DEFAULT_COLOUR, DEFAULT_COLOUR)


class PlainText:
    """Reads the text of a screen into a buffer that is kept."""

    def __init__(self) -> None:
        self._point = ffi.new("HoopscopePoint*")
        self._point.tag = lib.GHOSTTY_POINT_TAG_ACTIVE
        self._start, self._end = sized("GhosttyGridRef"), sized("GhosttyGridRef")
        self._selection = sized("GhosttySelection")
        self._options = sized("GhosttyTerminalSelectionFormatOptions")
        self._options.emit = lib.GHOSTTY_FORMATTER_FORMAT_PLAIN
        self._options.unwrap, self._options.trim = False, True
        self._options.selection = self._selection
        self._size = ffi.new("size_t*")
        self._buffer = ffi.new("uint8_t[]", 1 << 16)

    def read(self, terminal: Any, columns: int, first: int, last: int) -> bytes:
        """The text from one row to another. Raises EmulatorFailed where there are not so many."""
        point, start, end = self._point, self._start, self._end
        point.value.x, point.value.y = 0, first
        check(grid_ref(terminal, point[0], start))
        point.value.x, point.value.y = columns - 1, last
        check(grid_ref(terminal, point[0], end))
        self._selection.start, self._selection.end = start[0], end[0]
        for _ in range(2):
            result = lib.ghostty_terminal_selection_format_buf(
                terminal, self._options[0], self._buffer, len(self._buffer), self._size
            )
            if result != lib.GHOSTTY_OUT_OF_SPACE:
                check(result)
                return bytes(ffi.buffer(self._buffer, self._size[0]))
            self._buffer = ffi.new("uint8_t[]", self._size[0] + 1024)
        return b""


class WholeText:
    """Reads the text of all of a terminal's screen, with one call. Raises EmulatorFailed."""

    def __init__(self, terminal: Any) -> None:
        options, made = sized("GhosttyFormatterTerminalOptions"), ffi.new("GhosttyFormatter*")
        options.emit = lib.GHOSTTY_FORMATTER_FORMAT_PLAIN
        options.unwrap, options.trim = False, True
        check(lib.ghostty_formatter_terminal_new(ffi.NULL, made, terminal, options[0]))
        self._formatter = made[0]
        self._size = ffi.new("size_t*")
        self._room = 1 << 16
        self._buffer = ffi.new("uint8_t[]", self._room)

    def read(self) -> bytes:
        """The text as it is now."""
        for _ in range(2):
            result = lib.ghostty_formatter_format_buf(
                self._formatter, self._buffer, self._room, self._size
            )
            if result != lib.GHOSTTY_OUT_OF_SPACE:
                check(result)
                return bytes(ffi.buffer(self._buffer, self._size[0])[:])
            self._room = self._size[0] + 1024
            self._buffer = ffi.new("uint8_t[]", self._room)
        return b""

    def close(self) -> None:
        """Give memory back, before the terminal does."""
        lib.ghostty_formatter_free(self._formatter)


class Cells:
    """Reads the cells of a screen as runs, again only where they changed."""

    def __init__(self) -> None:
        self._rows: list[list[Run]] = []
        self._row = ffi.new("uint16_t*")
        self._state = ffi.new("GhosttyRenderState*")
        check(lib.ghostty_render_state_new(ffi.NULL, self._state))
        self._iterator = ffi.new("GhosttyRenderStateRowIterator*")
        check(lib.ghostty_render_state_row_iterator_new(ffi.NULL, self._iterator))
        self._cells = ffi.new("GhosttyRenderStateRowCells*")
        check(lib.ghostty_render_state_row_cells_new(ffi.NULL, self._cells))
        self._view = ffi.new("GhosttyCellsView*")
        self._style = sized("GhosttyStyle")
        self._count = ffi.new("uint32_t*")
        self._cluster = ffi.new(f"uint32_t[{_CLUSTER_MAX}]")

    def close(self) -> None:
        """Give memory back."""
        lib.ghostty_render_state_row_cells_free(self._cells[0])
        lib.ghostty_render_state_row_iterator_free(self._iterator[0])
        lib.ghostty_render_state_free(self._state[0])

    def rows(self, terminal: Any, count: int) -> list[list[Run]]:
        """The rows of a terminal, always the same one. Raises EmulatorFailed."""
        check(lib.ghostty_render_state_update(self._state[0], terminal))
        check(
            lib.ghostty_render_state_get(
                self._state[0], lib.GHOSTTY_RENDER_STATE_DATA_ROW_ITERATOR, self._iterator
            )
        )
        iterator, row = self._iterator[0], self._row
        found = self._rows[:count] + [[]] * (count - len(self._rows))
        while lib.ghostty_render_state_row_iterator_next_dirty(iterator, row):
            for what, into in (
                (lib.GHOSTTY_RENDER_STATE_ROW_DATA_CELLS_RAW, self._view),
                (lib.GHOSTTY_RENDER_STATE_ROW_DATA_CELLS, self._cells),
            ):
                check(lib.ghostty_render_state_row_get(iterator, what, into))
            cells = array("Q", bytes(ffi.buffer(self._view.ptr, self._view.len * 8)))
            if row[0] < count:
                found[row[0]] = self._runs(cells)
        check(lib.ghostty_render_state_clean(self._state[0]))
        self._rows = found
        return list(found)

    def _runs(self, cells: array[int]) -> list[Run]:
        runs: list[Run] = []
        looks: dict[int, _Look] = {0: _PLAIN}
        signs: list[str] = []
        look, last_key = _PLAIN, 0
        for column, cell in enumerate(cells):
            holds = cell & 3
            key = (cell >> 26) & 0xFFFF if holds < 2 else (cell & 0x3FFFFFF) | 1 << 40
            if key != last_key:
                if key not in looks:
                    looks[key] = self._look(cell, column)
                if looks[key] != look:
                    if signs:
                        runs.append(Run("".join(signs), *look))
                        signs = []
                    look = looks[key]
                last_key = key
            codepoint = (cell >> 2) & 0x1FFFFF
            width = (cell >> 42) & 3
            if width == _SPACER:
                continue
            if holds >= _HOLDS_PALETTE_COLOUR or codepoint == 0:
                signs.append(" ")
            elif holds == _HOLDS_TEXT and 32 <= codepoint < 127:
                signs.append(chr(codepoint))
            else:
                signs.append(
                    cell_text(self._sign(holds, codepoint, column), 2 if width == 1 else 1)
                )
        if signs:
            runs.append(Run("".join(signs), *look))
        return runs

    def _sign(self, holds: int, codepoint: int, column: int) -> str:
        if holds == _HOLDS_TEXT:
            return _character(codepoint)
        cells = self._cells[0]
        check(lib.ghostty_render_state_row_cells_select(cells, column))
        what = lib.GHOSTTY_RENDER_STATE_ROW_CELLS_DATA_GRAPHEMES_LEN
        check(lib.ghostty_render_state_row_cells_get(cells, what, self._count))
        if self._count[0] > _CLUSTER_MAX:
            return _character(codepoint)
        what = lib.GHOSTTY_RENDER_STATE_ROW_CELLS_DATA_GRAPHEMES_BUF
        check(lib.ghostty_render_state_row_cells_get(cells, what, self._cluster))
        return "".join(_character(one) for one in self._cluster[0 : self._count[0]])

    def _look(self, cell: int, column: int) -> _Look:
        holds = cell & 3
        if holds == _HOLDS_PALETTE_COLOUR:
            return (0, DEFAULT_COLOUR, (cell >> 2) & 0xFF)
        if holds == _HOLDS_TRUE_COLOUR:
            red, green, blue = ((cell >> shift) & 0xFF for shift in (2, 10, 18))
            return (0, DEFAULT_COLOUR, TRUE_COLOUR | red << 16 | green << 8 | blue)
        cells, style = self._cells[0], self._style
        check(lib.ghostty_render_state_row_cells_select(cells, column))
        what = lib.GHOSTTY_RENDER_STATE_ROW_CELLS_DATA_STYLE
        check(lib.ghostty_render_state_row_cells_get(cells, what, style))
        attributes = (
            BOLD * style.bold
            | ITALIC * style.italic
            | FAINT * style.faint
            | BLINK * style.blink
            | INVERSE * style.inverse
            | INVISIBLE * style.invisible
            | STRUCK * style.strikethrough
            | UNDERLINED * bool(style.underline)
        )
        return (attributes, _colour(style.fg_color), _colour(style.bg_color))


def _colour(colour: Any) -> int:
    if colour.tag == lib.GHOSTTY_STYLE_COLOR_PALETTE:
        return int(colour.value.palette)
    if colour.tag == lib.GHOSTTY_STYLE_COLOR_RGB:
        rgb = colour.value.rgb
        return TRUE_COLOUR | int(rgb.r) << 16 | int(rgb.g) << 8 | int(rgb.b)
    return DEFAULT_COLOUR


def _character(codepoint: int) -> str:
    return chr(codepoint) if codepoint < 0x110000 else "\ufffd"
