from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings.exports import NothingToExport
from tests.recordings.exports.materials import EXEC, SHELL, WIRE, written

WIDE = "größe 漢字 👩‍🚀".encode()
EVENTS = [
    (0.1, "o", b"\x1b[32m$ \x1b[0m"),
    (0.5, "i", b"l"),
    (0.6, "o", WIDE[:4]),
    (0.65, "i", b"\r"),
    (0.4, "o", WIDE[4:] + b"\r\n"),
    (0.9, "o", b"\xffend"),
    (1.0, "e", b"gone\r\n"),
]


def lines(cast: bytes) -> list[list[object]]:
    return [json.loads(line) for line in cast.splitlines()[1:]]


def test_version_2() -> None:
    cast = written("cast", EVENTS)
    header = json.loads(cast.splitlines()[0])
    assert (header["version"], header["width"], header["height"]) == (2, 80, 24)
    assert header["timestamp"] == 1_795_436_797
    found = lines(cast)
    assert [line[0] for line in found] == [0.1, 0.6, 0.65, 0.9, 1.0]
    text = "".join(str(line[2]) for line in found)
    assert text == "\x1b[32m$ \x1b[0m" + WIDE.decode() + "\r\n\ufffdendgone\r\n"
    assert {line[1] for line in found} == {"o"}


def test_input_on_request_and_version_3() -> None:
    row = SHELL._replace(exit_code=3)
    cast = written("cast", EVENTS, row, cast_version=3, with_input=True, columns=100)
    header = json.loads(cast.splitlines()[0])
    assert (header["version"], header["term"]) == (3, {"cols": 100, "rows": 24})
    found = lines(cast)
    assert [line[0] for line in found] == [0.1, 0.4, 0.1, 0.05, 0.0, 0.25, 0.1, 0.0]
    assert [line[2] for line in found if line[1] == "i"] == ["l", "\r"]
    assert found[-1] == [0.0, "x", "3"]


def test_the_size_is_concluded_unless_it_is_told() -> None:
    stty = [(0.1, "o", b"$ stty size\r\n31 97\r\n$ ")]
    header = json.loads(written("cast", stty).splitlines()[0])
    assert (header["width"], header["height"]) == (97, 31)
    assert not header["title"].endswith(")")
    header = json.loads(written("cast", EVENTS).splitlines()[0])
    assert header["title"].endswith("(size of the terminal assumed)")
    header = json.loads(written("cast", stty, columns=120, rows=40).splitlines()[0])
    assert (header["width"], header["height"]) == (120, 40)


def test_what_no_terminal_printed_gets_returns() -> None:
    cast = written("cast", [(0, "o", b"a\nb\r"), (1, "o", b"\nc\n")], EXEC)
    assert "".join(str(line[2]) for line in lines(cast)) == "a\r\nb\r\nc\r\n"


def test_where_nothing_was_printed_it_says_so() -> None:
    with pytest.raises(NothingToExport):
        written("cast", [(0, "i", b"x")], WIRE)


@given(st.lists(st.tuples(st.sampled_from("ioe"), st.binary(max_size=9)), max_size=9))
def test_any_bytes_make_a_cast(events: list[tuple[str, bytes]]) -> None:
    given = [(float(number), *event) for number, event in enumerate(events)]
    for version in (2, 3):
        for line in lines(written("cast", given, cast_version=version, with_input=True)):
            assert line[1] in ("i", "o")


def test_asciinema_plays_it(tmp_path: Path) -> None:
    path = tmp_path / "session.cast"
    path.write_bytes(written("cast", EVENTS))

    def asciinema(*arguments: str) -> bytes:
        done = subprocess.run(
            [sys.executable, "-m", "asciinema", *arguments, str(path)],
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
        )
        return done.stdout

    printed = b"\x1b[32m$ \x1b[0m" + WIDE + b"\r\n\xef\xbf\xbdendgone\r\n"
    assert asciinema("cat") == printed
    assert printed in asciinema("play", "--speed", "100", "--idle-time-limit", "0.01")
