"""What is sent for what Textual writes, byte by byte."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hoopscope.tui.wire.driver import LeanStream

SIZE = (20, 6)
ROWS = [f"row {number}".ljust(20) for number in range(12)]
BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"


def frame(rows: dict[int, str], cursor: str = "1;1", column: int = 1) -> str:
    painted = "\n".join(f"\x1b[{at + 1};{column}H{text}" for at, text in rows.items())
    return f"{painted}\x1b[{cursor}H"


def whole(rows: list[str]) -> str:
    return frame(dict(enumerate(rows[: SIZE[1]])))


def write(stream: LeanStream, *written: str) -> str:
    return "".join(stream.lean(piece, SIZE) for piece in written)


@pytest.fixture
def stream() -> LeanStream:
    """A terminal of six rows that has been painted."""
    stream = LeanStream(lambda: True)
    write(stream, whole(ROWS))
    return stream


def test_at_first_the_screen_is_cleared_and_blanks_are_not_sent() -> None:
    sent = write(LeanStream(lambda: True), whole(ROWS))
    assert sent == ("\x1b[m\x1b[H\x1b[Jrow 0\r\nrow 1\r\nrow 2\r\nrow 3\r\nrow 4\r\nrow 5\x1b[H")


def test_what_is_there_already_is_not_sent(stream: LeanStream) -> None:
    assert write(stream, BEGIN, whole(ROWS), END) == ""


def test_marks_go_around_what_does_not_come_in_one_piece(stream: LeanStream) -> None:
    assert write(stream, BEGIN, frame({2: "row X".ljust(20)}), END) == "\x1b[3;5HX\x1b[H"
    colours = "".join(f"\x1b[38;2;{number};0;0mx\x1b[0m" for number in range(20))
    sent = write(stream, BEGIN, frame(dict.fromkeys(range(6), colours)), END)
    assert sent.startswith(BEGIN)
    assert sent.endswith(END)
    assert (
        write(stream, frame(dict.fromkeys(range(6), " " * 20)))
        == "\x1b[K" + "\r\n\x1b[K" * 5 + "\x1b[H"
    )


@pytest.mark.parametrize(
    ("rows", "sent"),
    [
        ({0: "ROW 0".ljust(20)}, "ROW\r"),
        ({0: " " * 20}, "\x1b[K"),
        ({0: "r".ljust(20)}, "\x1b[C\x1b[K\r"),
        ({0: "row".ljust(20)}, "\x1b[4C \r"),
        ({0: "row 0              !"}, "\x1b[19C!\r"),
        ({1: "xow 1           y   "}, "\r\nx\x1b[15Cy\x1b[H"),
        ({0: "\x1b[36mrow 0\x1b[0m" + " " * 15}, "\x1b[36mrow 0\x1b[m\r"),
        ({0: "row 0\x1b[36m" + " " * 15 + "\x1b[0m"}, ""),
        ({0: "row 0\x1b[7m" + " " * 15 + "\x1b[0m"}, f"\x1b[5C\x1b[7m{' ' * 15}\x1b[m\r"),
    ],
)
def test_only_cells_that_differ_are_sent(
    stream: LeanStream, rows: dict[int, str], sent: str
) -> None:
    assert write(stream, frame(rows)) == sent


def test_the_cursor_goes_where_a_field_has_it(stream: LeanStream) -> None:
    assert write(stream, frame({}, "3;7")) == "\x1b[3;7H"
    assert write(stream, frame({}, "3;7")) == ""
    assert write(stream, frame({2: "row 2x".ljust(20)}, "3;8")) == "\x1b[Dx\x1b[C"


def test_rows_that_move_are_scrolled(stream: LeanStream) -> None:
    down = frame({at: ROWS[at + 1] for at in range(5)})
    assert write(stream, down) == "\x1b[1;6r\x1b[1H\x1b[M\x1b[r\x1b[6Hrow 5\x1b[H"


def test_a_terminal_that_cannot_is_not_scrolled() -> None:
    asked: list[bool] = []

    def cannot() -> bool:
        asked.append(True)
        return False

    stream = LeanStream(cannot)
    write(stream, whole(ROWS))
    assert not asked
    assert "r" not in write(stream, whole(ROWS[1:]))
    assert asked


def _forgets(do: Callable[[LeanStream], object]) -> bool:
    stream = LeanStream(lambda: True)
    write(stream, whole(ROWS))
    do(stream)
    return "row 0\r\nrow 1" in write(stream, whole(ROWS))


@pytest.mark.parametrize(
    "written",
    ["\x1b[2J", "\x1b[?1049h", "a text", "\x1b[1;1Ha\tb\x1b[1;1H", "\x1b[9;1Hbelow\x1b[1;1H"],
)
def test_what_is_not_understood_is_sent_as_it_is_and_nothing_is_known_then(written: str) -> None:
    assert _forgets(lambda stream: write(stream, written))
    assert write(LeanStream(lambda: True), written) == written


@pytest.mark.parametrize(
    "written",
    ["\x07", "\x1b]52;c;aGVsbG8=\x07", "\x1bPtmux;\x1b\x1b]52;c;aGk=\x07\x1b\\", "\x1b[?1003l"],
)
def test_what_shows_nothing_changes_nothing(stream: LeanStream, written: str) -> None:
    assert write(stream, written) == written
    assert write(stream, whole(ROWS)) == ""


def test_nothing_is_known_of_another_size() -> None:
    assert _forgets(lambda stream: stream.lean(whole(ROWS), (21, 6)))
    assert _forgets(lambda stream: stream.forget())


def test_a_row_with_wide_signs_is_sent_whole_unless_it_is_just_as_it_was(
    stream: LeanStream,
) -> None:
    wide = "日本".ljust(18)
    assert write(stream, frame({1: wide})) == f"\r\n{wide}\x1b[H"
    assert write(stream, frame({1: wide})) == ""
    assert wide[:-1] in write(stream, frame({1: wide[:-1] + "x"}))
    assert "row 1" in write(stream, frame({1: ROWS[1]}))
