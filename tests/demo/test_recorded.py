"""Recordings of every kind: sizes known beforehand, the same in every run, within the session."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoopscope.demo.connections import connections
from hoopscope.demo.recorded.blocks import Blocks
from hoopscope.demo.recorded.catalogue import VARIANTS, Key, recording
from hoopscope.demo.recorded.execs import specials
from hoopscope.demo.recorded.floods import LIMIT
from hoopscope.demo.recorded.stored import Stored, stored_json, stored_size
from hoopscope.demo.recorded.tape import SECOND, Tape

DAY = date(2026, 11, 24)
SCRIPTS = sorted({connection.scripts for connection in connections()})


def key(scripts: str, number: int = 0, *, verb: str = "connect", special: str = "") -> Key:
    return Key(scripts, verb, "ok", number, DAY, special)


def checked(stored: Stored) -> list[tuple[float, str, bytes]]:
    """The events of a stream as a client reads them, when its size and its times are right."""
    text = b"".join(stored_json(stored))
    events = json.loads(text)
    assert stored.size == stored_size(stored) == (len(text) if events else 0)
    assert len(json.dumps(events, separators=(",", ":"))) == len(text)
    moments = [moment for moment, _, _ in events]
    assert moments == sorted(moments)
    assert not moments or moments[-1] <= stored.lasting / SECOND + 1e-6
    return [(moment, kind, b64decode(payload)) for moment, kind, payload in events]


@pytest.mark.parametrize("scripts", SCRIPTS)
def test_every_kind_in_sessions_of_any_length(scripts: str) -> None:
    for number in range(VARIANTS):
        for seconds in (0.05, 9, 11, 130, 5400, 172_800):
            stored = Stored(recording(key(scripts, number)), int(seconds * SECOND), b"gone")
            events = checked(stored)
            assert events[-1][1:] == ("e", b"gone")
            assert len(events) > 5 or scripts == "ssm"


@pytest.mark.parametrize("name", sorted(specials()))
def test_every_special_script(name: str) -> None:
    stored = Stored(recording(key("bash", verb="exec", special=name)), 4 * SECOND)
    events = list(stored) if name == "flood" else checked(stored)
    assert events[0][1:] == ("i", specials()[name].script.encode())
    assert {kind for _, kind, _ in events[1:]} == {"o"}
    if name == "wide-result":
        text = b"".join(payload for _, _, payload in events[1:]).decode()
        assert text.count("\n") == 30_002
        assert {line.count("\t") for line in text.splitlines()[:-1]} == {8}


def test_a_large_one_is_made_as_it_is_read() -> None:
    stored = Stored(recording(key("bash", special="truncated")), 3600 * SECOND)
    assert stored.size > 140_000_000
    events = iter(stored)
    outputs = [payload for _, _, payload in (next(events) for _ in range(2000))]
    assert len(set(outputs)) > 1990
    small = Stored(recording(key("bash", special="large-2")), 3600 * SECOND)
    assert sum(len(payload) for _, _, payload in checked(small)) == pytest.approx(2e6, rel=0.01)
    assert LIMIT == 110 * 1024 * 1024


@given(
    st.integers(1, 400_000).map(lambda milliseconds: milliseconds * SECOND // 1000),
    st.integers(0, 3000),
    st.integers(1, 50),
)
@settings(max_examples=40)
def test_blocks_know_their_size(lasting: int, count: int, width: int) -> None:
    blocks = Blocks(lambda number: bytes(width), count, width, first=(("i", b"cat"),))
    events = list(blocks.events(lasting))
    assert len(events) == count + 1
    assert blocks.size(lasting) + 1 == stored_size(events)


@given(
    st.integers(1, 200_000).map(lambda milliseconds: milliseconds * SECOND // 1000),
    st.lists(st.one_of(st.none(), st.binary(max_size=20), st.floats(0, 500))),
)
def test_tapes_know_their_size(lasting: int, acts: list[bytes | float | None]) -> None:
    tape = Tape(Random(1))
    for act in acts:
        if act is None:
            tape.rest()
        elif isinstance(act, bytes):
            tape.o(act)
        else:
            tape.wait(0, act)
    checked(Stored(tape, lasting))


def test_the_same_in_every_run() -> None:
    first = list(Stored(recording(key("bash", 3)), 60 * SECOND))
    recording.cache_clear()
    assert list(Stored(recording(key("bash", 3)), 60 * SECOND)) == first
    assert list(Stored(recording(key("bash", 4)), 60 * SECOND)) != first


def test_only_what_the_gateway_records() -> None:
    kinds = {
        scripts: {kind for _, kind, _ in Stored(recording(key(scripts)), 60 * SECOND)}
        for scripts in SCRIPTS
    }
    for scripts in ("postgres", "mysql", "mssql", "mongodb", "oracle", "tcp"):
        assert kinds[scripts] == {"i"}
    for scripts in ("bash", "ssh", "http", "mcp", "claude", "python"):
        assert kinds[scripts] == {"i", "o"}
    assert kinds["rdp"] == {"h", "b"}
    assert kinds["ssm"] == set()
