"""The error tree: its words are safe to show, and the tree that is drawn is the tree that is."""

from __future__ import annotations

import re

import pytest

from hoopscope.gateway import errors
from hoopscope.gateway.errors import GatewayError, ServerFailed, TooManyRequests


def _all(kind: type[GatewayError]) -> list[type[GatewayError]]:
    return [kind, *(found for child in kind.__subclasses__() for found in _all(child))]


def test_every_error_is_drawn_in_the_docstring() -> None:
    drawn = set(re.findall(r"[├└]── (\w+)", errors.__doc__ or "")) | {"GatewayError"}
    assert {kind.__name__ for kind in _all(GatewayError)} == drawn


@pytest.mark.parametrize("kind", _all(GatewayError))
def test_hostile_words_become_visible_but_the_detail_stays_raw(kind: type[GatewayError]) -> None:
    hostile = "\x1b]0;gone\x07[bold]\u202e\n"
    error = kind(f"It said {hostile}.", f"Do {hostile}.", status=418, detail=hostile)
    for text in (error.what, error.advice, str(error), repr(error)):
        assert text.isprintable()
        assert "\\x1b" in text
    assert error.detail == hostile
    assert error.status == 418


def test_an_error_reads_as_two_sentences() -> None:
    assert str(GatewayError("It broke.", "Mend it.")) == "It broke. Mend it."
    assert str(GatewayError("It broke.")) == "It broke."


@pytest.mark.parametrize("kind", [TooManyRequests, ServerFailed])
def test_some_say_when_to_come_back(kind: type[TooManyRequests] | type[ServerFailed]) -> None:
    assert kind("Wait.").retry_after is None
    assert kind("Wait.", retry_after=2.5).retry_after == 2.5
