from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.cli.formats.json_lines import JsonArray, JsonLines, indented, one_line

_texts = st.text() | st.sampled_from(["\x1b[2J", "\x7f", "\x9b31m", "\u202e", "\u2028", "\ud800"])
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=10,
)


@given(_values)
def test_a_value_comes_back_from_one_line_of_printable_ascii(value: object) -> None:
    line = one_line(value)
    assert line.isascii()
    assert line.isprintable()
    assert json.loads(line) == value
    assert json.loads(indented(value)) == value
    assert all(part.isascii() and part.isprintable() for part in indented(value).split("\n"))


@given(st.lists(st.lists(_values, max_size=3), max_size=4))
def test_pieces_make_one_array_and_one_line_each(pieces: list[list[object]]) -> None:
    every = [value for piece in pieces for value in piece]
    array, lines = JsonArray(), JsonLines()
    text = array.begin() + "".join(array.sessions([], piece) for piece in pieces) + array.end()
    assert json.loads(text) == every
    text = lines.begin() + "".join(lines.sessions([], piece) for piece in pieces) + lines.end()
    assert [json.loads(line) for line in text.splitlines()] == every
