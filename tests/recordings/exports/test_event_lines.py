from __future__ import annotations

import json
from base64 import b64decode

from hypothesis import given
from hypothesis import strategies as st

from tests.recordings.exports.materials import written


def test_a_line_an_event() -> None:
    lines = written("jsonl", [(0, "i", b"a\x7f\x1b"), (1.25, "o", b"\xff")])
    assert lines.isascii()
    assert b"\x7f" not in lines
    assert [json.loads(line) for line in lines.splitlines()] == [
        {"seconds": 0, "time": "2026-11-23T12:26:37.123456Z", "kind": "i", "text": "a\x7f\x1b"},
        {"seconds": 1.25, "time": "2026-11-23T12:26:38.373456Z", "kind": "o", "base64": "/w=="},
    ]


@given(st.lists(st.tuples(st.floats(0, 1e300), st.sampled_from("ioebh?"), st.binary(max_size=9))))
def test_nothing_is_lost(events: list[tuple[float, str, bytes]]) -> None:
    content = written("jsonl", events, with_secrets=True)
    found = [json.loads(line) for line in content.splitlines()]
    assert [
        (
            line["seconds"],
            line["kind"],
            line["text"].encode() if "text" in line else b64decode(line["base64"]),
        )
        for line in found
    ] == events
