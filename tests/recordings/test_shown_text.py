from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoopscope.recordings.ansi_text import NO_STYLE, AnsiStyle
from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.long_line import LongLine
from hoopscope.recordings.shown_text import Shown, Way, shown
from hoopscope.recordings.text_lines import TextLines
from hoopscope.untrusted import cell_width, harmless

PIECES = st.lists(
    st.one_of(
        st.binary(max_size=6),
        st.text(max_size=6).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.sampled_from(
            [b"plain", b"\x1b[31m", b"\x1b[0m", b"\x1b[K", b"\r", b"\b", b"\t", b"\x1b]0;t\x07"]
        ),
        st.sampled_from(
            ["日本".encode(), "e\u0301".encode(), "👍🏽".encode(), b"\x1b[2C", b"\x1b[4G"]
        ),
    ),
    max_size=12,
).map(lambda parts: b"".join(parts).replace(b"\n", b""))


def check(piece: Shown, content: bytes) -> None:
    assert harmless(piece.text) == piece.text
    assert len(piece.places) == len(piece.columns) == len(piece.text) + 1
    assert list(piece.columns) == sorted(piece.columns)
    assert all(0 <= place <= len(content) for place in piece.places)
    for first, last, _ in piece.styles:
        assert 0 <= first < last <= len(piece.text)


@given(PIECES, st.sampled_from(Way))
@settings(max_examples=150)
def test_any_bytes_are_harmless_signs_that_know_their_places(content: bytes, way: Way) -> None:
    piece = shown(content, 0, way)
    check(piece, content)
    assert piece.columns[-1] == cell_width(piece.text)
    if way is Way.RAW:
        assert list(piece.places) == sorted(piece.places)
        assert piece.places[-1] == len(content)


@given(PIECES, st.sampled_from([Way.PLAIN, Way.RAW]), st.integers(0, 60), st.integers(1, 30))
def test_a_piece_of_a_long_line_is_what_the_whole_line_shows_there(
    content: bytes, way: Way, column: int, width: int
) -> None:
    content = content.removesuffix(b"\r")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("hoopscope.recordings.long_line._STRETCH", 16)
        line = LongLine(HeldBytes(content), 0, len(content), way)
        while line.learn(1):
            pass
        whole = shown(content, 0, way)
        piece = line.piece(column, width)
    assert abs(line.width - whole.columns[-1]) <= 30  # a mark cut from its sign is an escape
    check(piece, content)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"10 %\r20 %\r", "20 %"),
        (b"long text\rab", "abng text"),
        (b"long text\r\x1b[Kab", "ab"),
        (b"abc\b\bX", "aXc"),
        ("日本\rx".encode(), "x 本"),
        (b"a\x1b[3Cb\x1b[1Gc", "c   b"),
        (b"\x1b[999999999Cx", " " * 1_000 + "x"),
        (b"\x1b]52;c;ZXZpbA==\x07\x1b[6n\x1b(Bok\x1bP1$r\x1b\\", "ok"),
        (b"half \x1b[3", "half \\x1b[3"),
        (b"bell\x07 \xff\xc3", "bell\\x07 \\xff\\xc3"),
    ],
)
def test_a_cooked_line_shows_what_was_left_in_the_end(content: bytes, text: str) -> None:
    assert shown(content, 0, Way.COOKED).text == text


def test_colours_become_styles_that_go_on_in_the_next_line() -> None:
    content = b"\x1b[1;31mred\x1b[22;38;5;200mpink\n\x1b[48:2::1:2:3mstill\x1b[m plain\x1b[8;5m!"
    lines = TextLines(HeldBytes(content), Way.COOKED)
    lines.grow()
    assert lines.piece(0, 0, 80).styles == [
        (0, 3, AnsiStyle(1, bold=True)),
        (3, 7, AnsiStyle(200)),
    ]
    assert lines.piece(1, 0, 80).styles == [(0, 5, AnsiStyle(200, (1, 2, 3)))]
    assert lines.piece(1, 0, 80).style == NO_STYLE


def test_of_a_long_line_that_was_printed_over_the_last_state_is_shown() -> None:
    lines = TextLines(HeldBytes(b"10 %\r" * 5_000 + b"done\r\nnext"), Way.COOKED)
    lines.grow()
    assert lines.piece(0, 0, 80).text == "done"
    assert lines.width(0) == 4


def test_a_long_line_grows_with_its_source_and_is_decoded_where_it_was_cut() -> None:
    text = "é" * 9_000
    content = text.encode()
    line = LongLine(HeldBytes(content), 0, 9_001, Way.PLAIN)
    while line.learn():
        pass
    assert line.piece(4_490, 100).text.endswith("é\\xc3")
    line.extend(len(content))
    while line.learn():
        pass
    assert (line.width, line.column_of(17_998)) == (9_000, 8_999)
    piece = line.piece(8_990, 100)
    first, last = piece.signs_in(8_990, 100)
    assert piece.text[first:last] == "é" * 10
