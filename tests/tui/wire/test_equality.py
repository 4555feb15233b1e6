"""However a screen came to be: with less sent it looks as it would with everything sent."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from hoopscope.tui.wire.driver import LeanStream
from tests.tui.wire import frames
from tests.tui.wire.frames import Strip
from tests.tui.wire.screens import EMULATORS, look

_MACHINES = settings(stateful_step_count=12, max_examples=settings().max_examples // 4)
SIZES = st.tuples(st.integers(8, 32), st.integers(4, 14))
FOREIGN = [
    "\x1b[2J", "\x1b[3;4Hfrom elsewhere", "words\r\nand words", "\x1b[1;31mred\x1b[0m",
    "\x1b[2;5r\x1b[2H\x1b[L\x1b[r",
    "\x1b[1;1Ha\tb\x1b[1;1H", "\x1b[99;1Hbelow\x1b[1;1H", "\x1b[1;1Hthere\x1b[99;1H",
    "\x1b[2;2H\x1b]8;;http://example.com\x1b\\link\x1b]8;;\x1b\\\x1b[1;1H",
    "\x1b[1;1H\x1b[58;5;3mx\x1b[0m\x1b[1;1H",
]  # fmt: skip
SHOWS_NOTHING = ["\x07", "\x1b]52;c;aGVsbG8=\x07", "\x1b[?25l", "\x1b[?2048$p", "\x1b[?2004h"]


class Terminals(RuleBasedStateMachine):
    """Two terminals, of which one is sent less."""

    emulator: Any = staticmethod(EMULATORS["pyte"])
    more = frames.WIDE

    def __init__(self) -> None:
        super().__init__()
        self.stream = LeanStream(lambda: True)
        self.size = (0, 0)
        self.rows: list[Strip] = []
        self.cursor = (0, 0)
        self.sent = self.written = 0

    def write(self, written: str) -> None:
        sent = self.stream.lean(written, self.size)
        self.plain.feed(written.encode())
        self.lean.feed(sent.encode())
        self.written += len(written)
        self.sent += len(sent)

    def paint(self, chunks: list[tuple[int, int, Strip]]) -> None:
        self.write(frames.frame(chunks, self.cursor))

    def paint_rows(self, rows: range) -> None:
        self.paint([(at, 0, self.rows[at]) for at in rows])

    @initialize(size=SIZES, data=st.data())
    def begin(self, size: tuple[int, int], data: st.DataObject) -> None:
        self.plain, self.lean = self.emulator(*size), self.emulator(*size)
        self.size = size
        self.write("\x1b[?1049h")
        self.write("\x1b[?7l")
        self.whole(data)

    @rule(data=st.data())
    def whole(self, data: st.DataObject) -> None:
        """All of the screen is painted."""
        width, height = self.size
        more = data.draw(st.sampled_from([[], self.more]))
        rows = st.lists(frames.strips(more), min_size=height, max_size=height)
        self.rows = [frames.cropped(row, width) for row in data.draw(rows)]
        self.paint_rows(range(height))

    @rule()
    def again(self) -> None:
        """The same once more, when something was beneath it."""
        self.paint_rows(range(self.size[1]))

    @rule(data=st.data(), has_more=st.booleans())
    def part(self, data: st.DataObject, has_more: bool) -> None:
        """A rectangle of it, such as that of a dialog or a toast."""
        width, height = self.size
        left, top = data.draw(st.integers(0, width - 1)), data.draw(st.integers(0, height - 1))
        room = data.draw(st.integers(1, width - left))
        count = data.draw(st.integers(1, height - top))
        more = self.more if has_more else []
        strips = data.draw(st.lists(frames.strips(more), min_size=count, max_size=count))
        self.paint(
            [(top + at, left, frames.cropped(strip, room)) for at, strip in enumerate(strips)]
        )

    @rule(data=st.data(), by=st.sampled_from([-3, -2, -1, 1, 2, 3]), rest=st.booleans())
    def scroll(self, data: st.DataObject, by: int, rest: bool) -> None:
        """Rows of it move, and new ones come in; what is beside them may be painted or not."""
        width, height = self.size
        top = data.draw(st.integers(0, height - 4))
        bottom = data.draw(st.integers(top + 3, height - 1))
        fresh = [frames.cropped(data.draw(frames.strips()), width) for _ in range(abs(by))]
        band = self.rows[top : bottom + 1]
        moved = band[by:] + fresh if by > 0 else fresh + band[:by]
        self.rows[top : bottom + 1] = moved[: bottom + 1 - top]
        left = data.draw(st.sampled_from([0, 0, width // 3]))
        self.paint(
            [
                (at, left, frames.cropped(self.rows[at], width - left))
                for at in range(top, bottom + 1)
                if rest or at % 5 != 0
            ]
        )

    @rule(data=st.data())
    def wrong_width(self, data: st.DataObject) -> None:
        """A strip that is too long, or too short."""
        row = data.draw(st.integers(0, self.size[1] - 1))
        self.paint([(row, 0, data.draw(frames.strips()))])

    @rule(data=st.data())
    def cursor_moves(self, data: st.DataObject) -> None:
        """A field has the focus."""
        self.cursor = (
            data.draw(st.integers(0, self.size[1] - 1)),
            data.draw(st.integers(0, self.size[0] - 1)),
        )
        self.paint([(self.cursor[0], 0, self.rows[self.cursor[0]])])

    @rule(written=st.sampled_from(FOREIGN))
    def foreign(self, written: str) -> None:
        """Something that is no frame, or none that anybody would understand."""
        self.write(written)
        self.paint_rows(range(1))

    @rule(written=st.sampled_from(SHOWS_NOTHING))
    def nothing_to_see(self, written: str) -> None:
        """A mode, a bell, the clipboard."""
        self.write(written)

    @rule(size=SIZES, data=st.data(), is_told=st.booleans())
    def resize(self, size: tuple[int, int], data: st.DataObject, is_told: bool) -> None:
        """The terminal becomes another size, Textual says so, then it paints everything."""
        if not is_told:
            self.stream.forget()
        self.size = size
        self.cursor = (min(self.cursor[0], size[1] - 1), min(self.cursor[1], size[0] - 1))
        self.plain.resize(*size)
        self.lean.resize(*size)
        self.whole(data)

    @precondition(lambda self: self.rows)
    @invariant()
    def looks_the_same(self) -> None:
        assert look(self.lean) == look(self.plain)


class Disputing(Terminals):
    """The same with signs of which everybody has another idea.

    A row with them looks as it happens to; it must not have spoilt what comes after it.
    """

    more = frames.DISPUTED

    @invariant()
    def looks_the_same(self) -> None:
        """Not while such signs are there."""

    @rule(data=st.data())
    def sure_again(self, data: st.DataObject) -> None:
        """All of the screen is painted with signs that are as wide everywhere."""
        width, height = self.size
        rows = st.lists(frames.strips(), min_size=height, max_size=height)
        self.rows = [frames.cropped(row, width) for row in data.draw(rows)]
        self.paint_rows(range(height))
        assert look(self.lean) == look(self.plain)


@pytest.mark.parametrize("kind", EMULATORS)
@pytest.mark.parametrize("machine", [Terminals, Disputing])
def test_the_screen_looks_the_same_with_less_sent(machine: type[Terminals], kind: str) -> None:
    class On(machine):  # type: ignore[valid-type, misc]
        emulator = staticmethod(EMULATORS[kind])

    run_state_machine_as_test(On, settings=_MACHINES)
