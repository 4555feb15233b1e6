"""Recordings of every kind: sizes known beforehand, the same in every run, within the session."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode
from datetime import date
from random import Random

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.demo.connections import connections
from hoopscope.demo.recorded.blocks import Blocks
from hoopscope.demo.recorded.catalogue import EVERYTHING, VARIANTS, Key, forget, recording
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
    for number in (0, 5, 10):
        for seconds in (0.05, 11, 130, 172_800):
            stored = Stored(recording(key(scripts, number)), int(seconds * SECOND), b"gone")
            events = checked(stored)
            assert events[-1][1:] == ("e", b"gone")
            assert len(events) > 5 or scripts == "ssm"


@pytest.mark.parametrize("scripts", ["bash", "postgres", "ssh", "http", "mcp"])
def test_everything_that_a_kind_knows_to_do(scripts: str) -> None:
    some = len(checked(Stored(recording(key(scripts)), 120 * SECOND)))
    everything = recording(key(scripts, special=EVERYTHING))
    assert len(checked(Stored(everything, 120 * SECOND))) > some


@pytest.mark.parametrize("name", sorted(specials()))
def test_every_special_script(name: str) -> None:
    stored = Stored(recording(key("bash", verb="exec", special=name)), 4 * SECOND)
    events = list(stored) if name == "flood" else checked(stored)
    assert events[0][1:] == ("i", specials()[name].script.encode())
    assert {kind for _, kind, _ in events[1:]} <= {"o"}
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
    forget()
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


def sent(scripts: str, number: int = 0) -> bytes:
    stored = Stored(recording(key(scripts, number)), 300 * SECOND)
    return b"".join(payload for _, kind, payload in stored if kind == "i")


@pytest.mark.parametrize("number", range(VARIANTS))
def test_postgres_clients_speak_the_protocol(number: int) -> None:
    """Whole messages from the first byte to the last, however they lie in records."""
    rest, letters = sent("postgres", number), set()
    while rest:
        letter = b"" if rest[0] == 0 else rest[:1]
        length = int.from_bytes(rest[len(letter) : len(letter) + 4], "big")
        assert length >= 4
        assert len(rest) >= len(letter) + length
        if letter == b"P":
            name, query, _ = rest[5 : length + 1].split(b"\0", 2)
            assert query.lower().startswith((b"select", b"insert", b"set"))
            assert b"\0" not in name
        letters.add(letter)
        rest = rest[len(letter) + length :]
    assert {b"", b"p", b"X"} <= letters <= {b"", *(bytes([code]) for code in b"pQPBDESCdcfX")}


def test_mongodb_clients_send_a_document_a_line() -> None:
    for number in range(VARIANTS):
        lines = sent("mongodb", number).splitlines()
        documents = [json.loads(line) for line in lines]
        assert "hello" in documents[0]
        assert any("saslStart" in document for document in documents)


@pytest.mark.parametrize("scripts", ["http", "grafana", "kibana", "kubernetes", "claude", "mcp"])
def test_http_is_http(scripts: str) -> None:
    """Requests and responses one after the other, but for the gateway's own lines of MCP."""
    for number in range(0, VARIANTS, 2):
        stored = list(Stored(recording(key(scripts, number)), 300 * SECOND))
        client = h11.Connection(h11.SERVER)
        for _, _, payload in (event for event in stored if event[1] == "i"):
            client.receive_data(payload)
            while not isinstance(found := client.next_event(), type(h11.NEED_DATA)):
                if found is h11.PAUSED or isinstance(found, h11.EndOfMessage):
                    client.send(h11.Response(status_code=200, headers=[("Content-Length", "0")]))
                    client.send(h11.EndOfMessage())
                    client.start_next_cycle()
        answers = [payload for _, kind, payload in stored if kind == "o"]
        heads = [payload for payload in answers if payload.startswith(b"HTTP/1.1 ")]
        assert heads
        for head in heads:
            text, _, body = head.partition(b"\r\n\r\n")
            if b"Content-Length" in text:
                length = int(text.rpartition(b"Content-Length: ")[2].split(b"\r\n")[0])
                assert length == len(body)
            if b"gzip" in text and b"Content-Length" in text:
                assert gzip.decompress(body)
        if scripts == "mcp":
            events = {json.loads(line)["event"] for line in answers if line.startswith(b'{"time"')}
            assert {"mcp.session_start", "mcp.tool_call"} <= events
