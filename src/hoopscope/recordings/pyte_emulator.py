"""PyteEmulator: a pure-Python emulator, for machines that libghostty-vt was not built for.

pyte's own parser raises on sequences of vim's, among others, and cannot be saved amid one. So
sequences are told apart here, and pyte's screen is only asked for what it can do.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from contextlib import suppress
from itertools import groupby
from typing import Any

from pyte.graphics import FG_BG_256

from hoopscope.recordings import emulator
from hoopscope.recordings.cell_text import cell_text
from hoopscope.recordings.emulator import DEFAULT_COLOUR, TRUE_COLOUR, Cursor, EmulatorFailed, Run
from hoopscope.recordings.pyte_screen import RepairedScreen

_TOKEN = re.compile(
    r"(?P<text>[^\x00-\x1f\x7f-\x9f]+)"
    r"|\x1b\[(?P<prefix>[<-?]*)(?P<numbers>[0-9:;]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    r"|\x1b[\]PX^_](?P<string>[^\x07\x18\x1a\x1b]*)(?:\x07|\x18|\x1a|\x1b\\|(?=\x1b[^\\]))"
    r"|\x1b(?P<escape>[ -/]*[0-OQ-WYZ\\`-~])"
    r"|(?P<control>[\x00-\x1a\x1c-\x1f\x7f-\x9f])",
)
_INCOMPLETE = re.compile(r"\x1b(?:$|[ -/]+$|\[[0-?]*[ -/]*$|[\]PX^_][^\x07\x18\x1a\x1b]*\x1b?$)")
_STRING_START = 2
_LARGEST = 9999

_CONTROLS = {
    "\b": "backspace",
    "\t": "tab",
    "\n": "linefeed",
    "\v": "linefeed",
    "\f": "linefeed",
    "\r": "carriage_return",
    "\x0e": "shift_out",
    "\x0f": "shift_in",
}
_ESCAPES = {
    "c": "reset",
    "D": "index",
    "M": "reverse_index",
    "H": "set_tab_stop",
    "7": "save_cursor",
    "8": "restore_cursor",
    "#8": "alignment_display",
}
_SEQUENCES = {
    "@": "insert_characters",
    "A": "cursor_up",
    "B": "cursor_down",
    "C": "cursor_forward",
    "D": "cursor_back",
    "E": "cursor_down1",
    "F": "cursor_up1",
    "G": "cursor_to_column",
    "H": "cursor_position",
    "J": "erase_in_display",
    "K": "erase_in_line",
    "L": "insert_lines",
    "M": "delete_lines",
    "P": "delete_characters",
    "X": "erase_characters",
    "`": "cursor_to_column",
    "a": "cursor_forward",
    "d": "cursor_to_line",
    "e": "cursor_down",
    "f": "cursor_position",
    "g": "clear_tab_stop",
    "r": "set_margins",
    "s": "save_cursor",
    "u": "restore_cursor",
}
_MOST_NUMBERS = {"H": 2, "f": 2, "r": 2, "s": 0, "u": 0}
_NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")
_COLOURS = {
    "default": DEFAULT_COLOUR,
    **{colour: number for number, colour in enumerate(FG_BG_256) if number > 15},
    **{name: number for number, name in enumerate(_NAMES)},
    **{f"bright{name}": number + 8 for number, name in enumerate(_NAMES)},
}


class PyteEmulator:
    """One terminal, slow but sure."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = RepairedScreen(columns, rows)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return (self._screen.columns, self._screen.lines)

    @property
    def is_alternate(self) -> bool:
        """Whether a full-screen program has the screen."""
        return self._screen.primary is not None

    def feed(self, content: bytes) -> None:
        """Let it obey some bytes; what it cannot obey is passed over."""
        text = self._rest + self._decoder.decode(content)
        at = 0
        while at < len(text):
            token = _TOKEN.match(text, at)
            if token is None:
                if _INCOMPLETE.match(text, at):
                    break
                at += 1
                continue
            at = token.end()
            # pyte raises anything on what it does not expect.
            with suppress(Exception):
                self._obey(token)
        self._rest = text[at:]
        # Strings are not obeyed: how one begins is all that has to be kept.
        if len(self._rest) > _STRING_START and self._rest[1] in "]PX^_":
            ends = "\x1b" if self._rest.endswith("\x1b") else ""
            self._rest = self._rest[:_STRING_START] + ends

    def rows(self) -> list[list[Run]]:
        """What is on its screen."""
        return [self._runs(y) for y in range(self._screen.lines)]

    def cursor(self) -> Cursor:
        """The cursor."""
        cursor = self._screen.cursor
        return Cursor(min(cursor.x, self._screen.columns - 1), cursor.y, not cursor.hidden)

    def text(self, first: int = 0, last: int | None = None) -> bytes:
        """Rows as plain text."""
        screen = self._screen
        end = screen.lines if last is None else min(last + 1, screen.lines)
        lines = []
        for y in range(max(0, first), end):
            line = screen.buffer[y]
            lines.append("".join(line[x].data for x in range(screen.columns)).rstrip())
        return "\n".join(lines).rstrip("\n").encode("utf-8", "replace")

    def snapshot(self) -> bytes:
        """All of its state."""
        decoded, flag = self._decoder.getstate()
        head = f"{len(decoded)} {flag} {len(self._rest)}\n".encode()
        return head + decoded + self._rest.encode() + self._screen.state()

    def restore(self, snapshot: bytes) -> None:
        """Be as it was."""
        head, _, body = snapshot.partition(b"\n")
        try:
            decoded, flag, rest = (int(number) for number in head.split())
            self._decoder.setstate((body[:decoded], flag))
            after = body[decoded:]
            self._rest = after.decode("utf-8", "ignore")[:rest]
            self._screen.take_state(after[len(self._rest.encode()) :])
        except ValueError as error:
            raise EmulatorFailed("that is no snapshot") from error

    def resize(self, columns: int, rows: int) -> None:
        """Become another size."""
        self._screen.resize(rows, columns)

    def close(self) -> None:
        """Nothing has to be given back."""

    def _obey(self, token: re.Match[str]) -> None:
        screen = self._screen
        if token["text"] is not None:
            screen.draw(token["text"])
        elif token["control"] is not None:
            if method := _CONTROLS.get(token["control"]):
                getattr(screen, method)()
        elif token["final"] is not None:
            self._obey_sequence(token)
        elif (escape := token["escape"]) is not None:
            if method := _ESCAPES.get(escape):
                getattr(screen, method)()
            elif escape == "E":
                screen.carriage_return()
                screen.index()
            elif escape[:1] in ("(", ")"):
                screen.define_charset(escape[1:], escape[0])

    def _obey_sequence(self, token: re.Match[str]) -> None:
        screen, final = self._screen, token["final"]
        prefix, between = token["prefix"], token["between"]
        if final in "hl" and not between and prefix in ("", "?"):
            numbers = _numbers(token["numbers"])
            screen.change_modes(numbers, private=prefix == "?", on=final == "h")
        elif final == "p" and between == "!":
            screen.soft_reset()
        elif between or (prefix and final not in "JK"):
            return
        elif final == "m":
            screen.select_graphic_rendition(*_looks(token["numbers"]))
        elif final in "ST":
            count = max(1, _numbers(token["numbers"])[0])
            screen.scroll(count if final == "S" else -count)
        elif final == "b":
            screen.repeat(max(1, _numbers(token["numbers"])[0]))
        elif method := _SEQUENCES.get(final):
            call: Callable[..., None] = getattr(screen, method)
            call(*_numbers(token["numbers"])[: _MOST_NUMBERS.get(final, 1)])

    def _runs(self, y: int) -> list[Run]:
        screen = self._screen
        line = screen.buffer[y]
        cells = [line[x] for x in range(screen.columns)]
        signs = []
        for x, cell in enumerate(cells):
            if cell.data == " " or ("!" <= cell.data <= "~" and len(cell.data) == 1):
                signs.append((cell.data, cell))
            elif cell.data:
                is_wide = x + 1 < len(cells) and cells[x + 1].data == ""
                signs.append((cell_text(cell.data, 2 if is_wide else 1), cell))
            elif not x or not cells[x - 1].data:
                signs.append((" ", cell))
        return [
            Run("".join(sign for sign, _ in group), *look)
            for look, group in groupby(signs, key=lambda each: _look(each[1]))
        ]


def _look(cell: Any) -> tuple[int, int, int]:
    attributes = (
        emulator.BOLD * cell.bold
        | emulator.ITALIC * cell.italics
        | emulator.BLINK * cell.blink
        | emulator.INVERSE * cell.reverse
        | emulator.STRUCK * cell.strikethrough
        | emulator.UNDERLINED * cell.underscore
    )
    return (attributes, _colour(cell.fg), _colour(cell.bg))


def _colour(name: str) -> int:
    known = _COLOURS.get(name)
    return TRUE_COLOUR | int(name, 16) if known is None else known


def _numbers(text: str) -> list[int]:
    return [min(int(each or 0), _LARGEST) for each in text.replace(":", ";").split(";")]


def _looks(text: str) -> list[int]:
    """The numbers of a sequence that changes looks; `38:2::1:2:3` is `38;2;1;2;3`, `4:3` is 4."""
    found: list[int] = []
    for part in text.split(";"):
        numbers = _numbers(part)
        if numbers[0] in (38, 48) and len(numbers) > 5 and numbers[1] == 2:
            numbers = [*numbers[:2], *numbers[-3:]]
        elif ":" in part and numbers[0] not in (38, 48):
            numbers = [24] if numbers[:2] == [4, 0] else numbers[:1]
        found += numbers
    return found
