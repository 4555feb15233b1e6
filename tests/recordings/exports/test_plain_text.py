from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings.exports import NothingToExport
from hoopscope.recordings.exports.escapes import PlainText
from hoopscope.untrusted import harmless_lines
from tests.recordings.exports.materials import EXEC, SHELL, WIRE, written

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


def test_a_line_that_another_direction_broke_off_does_not_end_twice() -> None:
    events = [(0.1, "o", b"$ "), (0.2, "i", b"ls\r"), (0.3, "o", b"ls"), (0.4, "i", b"id\r")]
    events += [(0.5, "o", b"\r\nuid=0\r\n\r\n$ ")]
    assert written("txt", events, with_input=True) == (
        b"out  $ \nin   ls\nout  ls\nin   id\nout  uid=0\nout  \nout  $ \n"
    )


def test_what_is_placed_on_the_screen_is_on_lines_of_its_own() -> None:
    screen = b"top\x1b[2;1Hcpu\x1b[K\r\n\x1b[H\x1b[2Jtop\x1b[3;1H\r\ncpu"
    assert written("txt", [(0, "o", screen)]) == b"top\ncpu\ntop\ncpu"


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
    waited = EXEC._replace(review_status="APPROVED")
    assert written("txt", events, waited, times="utc") == b"    0.500000  a\n    0.500000  bc\n"


QUERY = [
    (0.5, "i", b"p\x00\x00\x00\x0chunter2\x00"),
    (1.5, "i", b"Q\x00\x00\x00\x18select 1\n  from\x1b t;\x00"),
]


def test_where_no_output_is_stored_it_is_what_was_sent() -> None:
    assert written("txt", QUERY, WIRE) == (
        b"    0.500000  password  ********\n"
        b"    1.500000  statement  select 1 from\\x1b t;\n"
        b"    select 1\n"
        b"      from\\x1b t;\n"
    )
    assert b"hunter2" in written("txt", QUERY, WIRE, with_secrets=True)
    assert b"2026-11-23T12:26:38.623456Z" in written("txt", QUERY, WIRE, times="utc")
    with pytest.raises(NothingToExport, match="records nothing"):
        written("txt", [], SHELL._replace(subtype="aws-ssm", type="custom"))


def test_secrets_are_masked_unless_asked_for() -> None:
    events = [(0.1, "o", b"export API_TOK"), (0.2, "o", b"EN=abcdef012345\n")]
    assert written("txt", events) == b"export API_TOKEN=********\n"
    assert b"abcdef012345" not in written("jsonl", events)
    assert b"abcdef012345" not in written("cast", events)
    assert written("txt", events, with_secrets=True) == b"export API_TOKEN=abcdef012345\n"


def test_a_password_that_was_typed_is_masked() -> None:
    events = [(0.1, "o", b"Password: ")]
    events += [(1 + at / 10, "i", bytes([key])) for at, key in enumerate(b"hunter2\r")]
    events += [(2.5, "o", b"\r\nwelcome\r\n")]
    text = written("txt", events, with_input=True, escapes="raw")
    assert b"********" in text
    assert b"hunter2" not in text.replace(b"\n", b"").replace(b"in     ", b"")
    for name in ("cast", "jsonl"):
        found = written(name, events, with_input=True)
        assert not any(f'"{key}"'.encode() in found for key in "hunter2")
        assert b"welcome" in found


@given(st.lists(st.tuples(st.sampled_from("ioe"), st.binary(max_size=12)), max_size=12))
def test_any_bytes_become_harmless_text(events: list[tuple[str, bytes]]) -> None:
    given = [(number / 10, *event) for number, event in enumerate(events)]
    for options in ({}, {"escapes": "shown"}, {"times": "seconds", "with_input": True}):
        text = written("txt", given, **options).decode()
        lines = text.replace("\t", " ").split("\n")
        assert harmless_lines("\n".join(lines)) == lines[: len(lines) - (lines[-1] == "")]
    raw = written("txt", given, escapes="raw", times="seconds", with_secrets=True)
    stored = b"".join(payload for kind, payload in events if kind != "i")
    assert re.sub(rb"\n| {3,}\d\.\d{6}  ", b"", raw) == stored.replace(b"\n", b"")


@given(st.text("a\r\n\x1b[;3mH]\x07(B", max_size=30), st.lists(st.integers(0, 30), max_size=4))
def test_pieces_change_nothing(text: str, cuts: list[int]) -> None:
    whole, pieces = PlainText(), PlainText()
    places = [0, *sorted(cuts), len(text)]
    expected = whole.feed(text) + whole.end()
    parts = [text[a:b] for a, b in pairwise(places)]
    assert "".join(map(pieces.feed, parts)) + pieces.end() == expected
