from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.demo.like import like

LETTERS = "ab%_\\.*\n"


def reference(pattern: str, text: str) -> bool:
    """LIKE by its definition, letter by letter."""
    if not pattern:
        return not text
    head, rest = pattern[0], pattern[1:]
    if head == "%":
        return any(reference(rest, text[cut:]) for cut in range(len(text) + 1))
    if head == "\\":
        head, rest = rest[0], rest[1:]
        return text[:1] == head and reference(rest, text[1:])
    return bool(text) and head in ("_", text[0]) and reference(rest, text[1:])


@given(st.text(LETTERS, max_size=7), st.text(LETTERS, max_size=7))
def test_like_is_what_the_definition_says(pattern: str, text: str) -> None:
    matches = like(pattern)
    unfinished = (len(pattern) - len(pattern.rstrip("\\"))) % 2 == 1
    assert (matches is None) == unfinished
    if matches is not None:
        assert matches(text) == reference(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("bash_prod", "bash-prod", True),
        (r"bash\_prod", "bash-prod", False),
        (r"bash\_prod", "bash_prod", True),
        ("%prod%", "orders-prod", True),
        ("PROD", "prod", False),
        ("a.c", "abc", False),
        ("", "", True),
    ],
)
def test_examples(pattern: str, text: str, expected: bool) -> None:
    matches = like(pattern)
    assert matches is not None
    assert matches(text) is expected
