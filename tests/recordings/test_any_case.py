"""A text found in any case: as if each letter were made small that stays as long."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings.any_case import AnyCase

LETTERS = [sign for sign in map(chr, range(0x80, sys.maxunicode + 1)) if sign.lower() != sign]


def test_every_capital_is_found_by_its_small_letter() -> None:
    for capital in LETTERS:
        small, content = capital.lower(), f"xY{capital}Z\n".encode()
        if len(small) == 1 and len(small.encode()) == len(capital.encode()):
            wanted = AnyCase(f"y{small}z")
            assert wanted.lowered(content) == b"x" + wanted.wanted + b"\n"


@pytest.mark.parametrize(
    ("text", "content", "is_there"),
    [
        ("straße", "STRAßE", True),
        ("σας", "ΣΑΣ", True),
        ("σας", "σασ", True),
        ("名前 def", "名前 DEF", True),
        ("größe", "GROSSE", False),
        ("größe", "größ\ne", False),
        ("é", "e\u0301", False),
    ],
)
def test_what_is_found(text: str, content: str, is_there: bool) -> None:
    any_case = AnyCase(text)
    assert (any_case.wanted in (any_case.lowered(content.encode()) or b"")) == is_there


@given(st.text("aÄäŁłσΣςЖж名\nİK\udc80"), st.text("äłσςж名aİ\udc80", min_size=1))
def test_stays_as_long_and_finds_at_least_the_same(content: str, text: str) -> None:
    encoded = content.encode("utf-8", "replace")
    any_case = AnyCase(text.lower())
    lowered = any_case.lowered(encoded)
    assert lowered is None or len(lowered) == len(encoded)
    if text.lower().encode("utf-8", "replace") in encoded:
        assert lowered is not None
        assert any_case.wanted in lowered
