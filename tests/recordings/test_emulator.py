"""Both emulators: what they show of the same bytes, and that no bytes harm them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoopscope.recordings import emulator
from hoopscope.recordings.emulator import Cursor, Emulator, EmulatorFailed, Run, open_emulator
from hoopscope.recordings.pyte_emulator import PyteEmulator
from hoopscope.untrusted import cell_width, harmless

ENGINES: list[Callable[[int, int], Emulator]] = [PyteEmulator]
if find_spec("pyghostty") is not None:
    from hoopscope.recordings.ghostty_emulator import GhosttyEmulator

    ENGINES.append(GhosttyEmulator)

RECORDED = Path(__file__).parent / "streams"

CORPUS = {
    "text": b"one\r\ntwo\r\n\tthree",
    "wrapping": b"0123456789" * 3,
    "pending wrap": b"0123456789" * 2 + b"\x1b[1Gx",
    "addressing": b"\x1b[2;3Hhere\x1b[1;1Hthere\x1b[4G!\x1b[3dx",
    "erasing": b"aaaaaaaaaa\x1b[5G\x1b[K\r\nbbbbbbbb\x1b[3G\x1b[1K\x1b[2;6H\x1b[1X",
    "clearing": b"one\r\ntwo\x1b[2J\x1b[Hthree",
    "inserting": b"abcdef\x1b[3G\x1b[2@XY\x1b[1P\r\n\x1b[Lline\x1b[M",
    "a region": b"1\r\n2\r\n3\r\n4\x1b[2;3r\x1b[3;1H\n\nnew\x1b[r",
    "scrolling": b"1\r\n2\r\n3\x1b[S\x1b[2T",
    "reverse index": b"1\r\n2\x1b[H\x1bMtop",
    "alternate screen": b"shell\x1b[?1049h\x1b[2J\x1b[Hvim\x1b[?1049lback",
    "still in it": b"shell\x1b[?1049h\x1b[Hvim",
    "repeating": b"=\x1b[9b",
    "saving": b"ab\x1b7cd\x1b8X",
    "line drawing": b"\x1b(0lqqk\x1b(B",
    "wide": "日本\r\na日b\x1b[2;2Hx".encode(),
    "wide at the edge": ("x" * 19 + "日").encode(),
    "marks": "e\u0301a\u0308\u0323".encode(),
    "tabs": b"\ta\x1b[3g\tb",
    "insert mode": b"world\x1b[1G\x1b[4hhello \x1b[4l",
    "hidden cursor": b"x\x1b[?25l",
    "vim's": b"\x1b[>4;2m\x1b[?4m\x1b[>c\x1b[22;2t\x1b]11;?\x07\x1bP+q436f\x1b\\ok",
    "queries": b"\x1b[c\x1b[0c\x1b[>0c\x1b[5n\x1b[6n\x1b[?6n\x1b[18t\x05ok",
    "strings": b"\x1b]0;t\x07\x1b]52;c;aGk=\x1b\\\x1bPq#0\x1b\\\x1b_Gi=1;AA\x1b\\\x1b^x\x1b\\ok",
    "a link": b"\x1b]8;;http://example.com/\x1b\\link\x1b]8;;\x1b\\",
    "broken utf-8": b"a\xffb\xc3",
}


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.__name__)
def engine(request: pytest.FixtureRequest) -> Callable[[int, int], Emulator]:
    chosen: Callable[[int, int], Emulator] = request.param
    return chosen


@pytest.mark.skipif(len(ENGINES) < 2, reason="there is one emulator only here")
@pytest.mark.parametrize("name", CORPUS)
def test_both_show_the_same(name: str) -> None:
    first, second = (engine(20, 4) for engine in ENGINES)
    for byte in CORPUS[name]:
        first.feed(bytes([byte]))
    second.feed(CORPUS[name])
    assert first.text() == second.text()
    assert first.rows() == second.rows()
    assert first.cursor() == second.cursor()
    assert first.is_alternate == second.is_alternate


@pytest.mark.skipif(len(ENGINES) < 2, reason="there is one emulator only here")
@pytest.mark.parametrize("path", sorted(RECORDED.glob("*.bin")), ids=lambda path: path.stem)
def test_both_show_the_same_of_real_programs(path: Path) -> None:
    first, second = (engine(80, 24) for engine in ENGINES)
    content = path.read_bytes()
    for start in range(0, len(content), 700):
        for each in (first, second):
            each.feed(content[start : start + 700])
        assert first.text() == second.text() == second.text(0, 23)
        assert first.cursor() == second.cursor()


def test_shows_looks(engine: Callable[[int, int], Emulator]) -> None:
    terminal = engine(12, 2)
    terminal.feed(
        b"\x1b[1;31mred\x1b[0m \x1b[4;48;5;200mlot\x1b[m \x1b[7;38;2;1;2;3mx\x1b[27;3;9my"
    )
    true = emulator.TRUE_COLOUR | 0x010203
    assert terminal.rows()[0] == [
        Run("red", emulator.BOLD, 1),
        Run(" "),
        Run("lot", emulator.UNDERLINED, -1, 200),
        Run(" "),
        Run("x", emulator.INVERSE, true),
        Run("y", emulator.ITALIC | emulator.STRUCK, true),
        Run("  "),
    ]
    assert terminal.cursor() == Cursor(10, 0, True)


def test_what_is_shown_is_harmless_and_keeps_its_place(
    engine: Callable[[int, int], Emulator],
) -> None:
    terminal = engine(12, 1)
    terminal.feed("a\u202eb\u200bc\u2028d\x7fe👩🏽x".encode())
    (row,) = terminal.rows()
    text = "".join(run.text for run in row)
    assert harmless(text) == text
    assert cell_width(text) == 12


def test_some_rows_are_text_too(engine: Callable[[int, int], Emulator]) -> None:
    terminal = engine(20, 4)
    terminal.feed(b"one\r\ntwo\r\n\r\nfour")
    assert terminal.text(1, 2) == b"two"
    assert terminal.text(-3, 0) == b"one"
    assert terminal.text(3, 9) == b"four"
    assert terminal.text() == b"one\ntwo\n\nfour"


def states(terminal: Emulator) -> tuple[object, ...]:
    return terminal.rows(), terminal.cursor(), terminal.text(), terminal.size, terminal.is_alternate


@settings(max_examples=30)
@given(st.data())
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.__name__)
def test_a_snapshot_is_whole_wherever_it_is_taken(
    engine: Callable[[int, int], Emulator], data: st.DataObject
) -> None:
    content = b"".join(data.draw(st.lists(st.sampled_from(sorted(CORPUS.values())), max_size=4)))
    cut = data.draw(st.integers(0, len(content)))
    straight, first, second = engine(20, 4), engine(20, 4), engine(20, 4)
    straight.feed(content)
    first.feed(content[:cut])
    second.restore(first.snapshot())
    assert states(second) == states(first)
    second.feed(content[cut:])
    assert states(second) == states(straight)
    assert straight.text() == straight.text(0, straight.size[1] - 1)
    for terminal in (straight, first, second):
        terminal.close()


SEQUENCES = st.one_of(
    st.binary(max_size=20),
    st.builds(
        lambda prefix, numbers, between, final: (
            f"\x1b[{prefix}{';'.join(map(str, numbers))}{between}{final}".encode()
        ),
        st.sampled_from(["", "?", ">", "="]),
        st.lists(st.sampled_from([0, 1, 2, 3, 7, 38, 1049, 99999999999]), max_size=4),
        st.sampled_from(["", " ", "!", "$"]),
        st.sampled_from("@ABCDEFGHIJKLMPSTXZ`abcdefghlmnpqrstuxz{}~"),
    ),
    st.text(max_size=5).map(str.encode),
)


@given(st.lists(SEQUENCES, max_size=20), st.integers(1, 30), st.integers(1, 10))
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.__name__)
def test_no_bytes_harm_it(
    engine: Callable[[int, int], Emulator], sequences: list[bytes], columns: int, rows: int
) -> None:
    terminal = engine(columns, rows)
    for sequence in sequences:
        terminal.feed(sequence)
    shown = terminal.rows()
    assert len(shown) == terminal.size[1]
    for row in shown:
        text = "".join(run.text for run in row)
        assert harmless(text) == text
        assert cell_width(text) == terminal.size[0]
    terminal.restore(terminal.snapshot())
    terminal.resize(20, 4)
    assert terminal.size == (20, 4)
    terminal.close()


def test_a_snapshot_that_is_none_is_refused(engine: Callable[[int, int], Emulator]) -> None:
    terminal = engine(20, 4)
    terminal.feed(b"here")
    with pytest.raises(EmulatorFailed):
        terminal.restore(b"no snapshot")
    assert terminal.text() == b"here"


def test_the_native_one_is_taken_where_it_is() -> None:
    expected = PyteEmulator if find_spec("pyghostty") is None else ENGINES[1]
    assert type(open_emulator(10, 2)) is expected


def test_falls_back_where_there_is_no_native_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hoopscope.recordings.ghostty_emulator", None)
    assert isinstance(open_emulator(10, 2), PyteEmulator)
