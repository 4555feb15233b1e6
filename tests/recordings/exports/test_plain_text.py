from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings.exports import NothingToExport
from hoopscope.recordings.exports.escapes import PlainText
from hoopscope.untrusted import harmless_lines
from tests.recordings.exports.materials import EXEC, WIRE, written

TERMINAL = [
    (0.1, "o", b"\x1b[?2004h\x1b[32mapp\x1b[0m:/srv# "),
    (0.5, "i", b"ls\r"),
    (0.6, "o", b"ls\r\n\x1b[?2004l\r"),
    (0.7, "o", "größ".encode()[:3]),
    (0.7, "o", "größ".encode()[3:] + b"e\r\n10%\r100%\r\n"),
    (0.9, "o", b"\x1b]52;c;ZXZpbA==\x07\xff\x9b31mx"),
    (1.5, "e", b"gone\n"),
]


def test_text_as_people_read_it() -> None:
    assert written("txt", TERMINAL).decode() == (
        "app:/srv# ls\ngröße\n10%\n100%\n\\x1b]52;c;ZXZpbA==\\x07\\xff\\x9b31mxgone\n"
    )


def test_escapes_can_be_shown_or_left_as_they_are() -> None:
    raw = b"".join(payload for _, kind, payload in TERMINAL if kind != "i")
    assert written("txt", TERMINAL, escapes="raw") == raw
    shown = written("txt", TERMINAL, escapes="shown").decode()
    assert shown.startswith(
        "\\x1b[?2004h\\x1b[32mapp\\x1b[0m:/srv# ls\n\\x1b[?2004l\\rgröße\n10%\\r"
    )


def test_times_and_input_stand_before_each_line() -> None:
    assert written("txt", TERMINAL, times="seconds", with_input=True).decode() == (
        "    0.100000  out  app:/srv# \n"
        "    0.500000  in   ls\n"
        "    0.600000  out  ls\n"
        "    0.700000  out  größe\n"
        "    0.700000  out  10%\n"
        "    0.700000  out  100%\n"
        "    0.900000  out  \\x1b]52;c;ZXZpbA==\\x07\\xff\\x9b31mx\n"
        "    1.500000  end  gone\n"
    )


def test_times_in_utc_where_the_gateway_tells_them() -> None:
    events = [(0.5, "o", b"a\nb"), (61.0, "o", b"c\n")]
    assert written("txt", events, times="utc") == (
        b"2026-11-23T12:26:37.623456Z  a\n2026-11-23T12:26:37.623456Z  bc\n"
    )
    waited = replace(EXEC, review_status="APPROVED")
    assert written("txt", events, waited, times="utc") == b"    0.500000  a\n    0.500000  bc\n"


def test_where_no_output_is_stored_it_says_so() -> None:
    with pytest.raises(NothingToExport, match="Only what the client sent to PostgreSQL"):
        written("txt", [(0, "i", b"x")], WIRE)


@given(st.lists(st.tuples(st.sampled_from("ioe"), st.binary(max_size=12)), max_size=12))
def test_any_bytes_become_harmless_text(events: list[tuple[str, bytes]]) -> None:
    given = [(number / 10, *event) for number, event in enumerate(events)]
    for options in ({}, {"escapes": "shown"}, {"times": "seconds", "with_input": True}):
        text = written("txt", given, **options).decode()
        lines = text.replace("\t", " ").split("\n")
        assert harmless_lines("\n".join(lines)) == lines[: len(lines) - (lines[-1] == "")]
    raw = written("txt", given, escapes="raw", times="seconds")
    stored = b"".join(payload for kind, payload in events if kind != "i")
    assert re.sub(rb"\n| {3,}\d\.\d{6}  ", b"", raw) == stored.replace(b"\n", b"")


@given(st.text("a\r\n\x1b[;3m]\x07(B", max_size=30), st.lists(st.integers(0, 30), max_size=4))
def test_pieces_change_nothing(text: str, cuts: list[int]) -> None:
    whole, pieces = PlainText(), PlainText()
    places = [0, *sorted(cuts), len(text)]
    expected = whole.feed(text) + whole.end()
    parts = [text[a:b] for a, b in pairwise(places)]
    assert "".join(map(pieces.feed, parts)) + pieces.end() == expected
