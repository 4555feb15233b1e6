"""Decoding answers: what is JSON, and what is told of the rest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.answers import decoded
from hoopscope.gateway.errors import UnexpectedAnswer

HOST = "gateway.example"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "with nothing"),
        (b" \r\n", "with nothing"),
        (b"<!doctype html><title>Sign in</title>", "web page"),
        (b"\xef\xbb\xbf\n<html>", "web page"),
        (b'{"data": [{"id": "a"', "breaks off"),
        (b'[{"id": "a"}', "breaks off"),
        (b'{"data": []} and more', "breaks off"),
        (b"OK", "no JSON"),
        (b"\x00\x01\xff", "no JSON"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
def test_what_is_no_json_is_told_as_what_it_is(body: bytes, what: str) -> None:
    with pytest.raises(UnexpectedAnswer, match=what) as caught:
        decoded(body, HOST)
    assert HOST in caught.value.what
    assert caught.value.advice


def test_lone_surrogates_are_written_out_everywhere() -> None:
    body = rb'{"a\ud800": ["\udfff x", "\ud83d\ude00"]}'
    assert decoded(body, HOST) == {"a\\ud800": ["\\udfff x", "\N{GRINNING FACE}"]}


def test_bytes_that_are_no_text_cost_no_more_than_themselves() -> None:
    assert decoded(b'{"a": "x\xffy", "b": 1}', HOST) == {"a": "x\ufffdy", "b": 1}


def test_a_number_of_thousands_of_digits_costs_no_more_than_itself() -> None:
    value = decoded(b'{"a": ' + b"9" * 10_000 + b', "b": 1}', HOST)
    assert value["b"] == 1
    assert value["a"] > 10**100


@given(st.binary(max_size=60))
def test_any_bytes_decode_or_are_refused(body: bytes) -> None:
    try:
        value = decoded(body, HOST)
    except UnexpectedAnswer:
        return
    json.dumps(value, ensure_ascii=False).encode()
