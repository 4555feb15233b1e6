"""PostgreSQL's client side: statements with their values, however the bytes are cut."""

from __future__ import annotations

import itertools
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record import Record
from tests.recordings.streams import captured, decoded, frame

SSL = struct.pack(">ii", 8, 80877103)
STARTUP = b"user\0ana\0database\0shop\0application_name\0psql\0\0"
STARTUP = struct.pack(">ii", len(STARTUP) + 8, 196608) + STARTUP
SYNC, TERMINATE = frame(b"S", b""), frame(b"X", b"")


def query(sql: str) -> bytes:
    return frame(b"Q", sql.encode() + b"\0")


def parse(name: str, sql: str, *types: int) -> bytes:
    oids = struct.pack(f">H{len(types)}I", len(types), *types)
    return frame(b"P", name.encode() + b"\0" + sql.encode() + b"\0" + oids)


def bind(name: str, *values: bytes | None, binary: bool = False, portal: str = "") -> bytes:
    body = portal.encode() + b"\0" + name.encode() + b"\0" + struct.pack(">HH", 1, int(binary))
    body += struct.pack(">H", len(values))
    for value in values:
        body += struct.pack(">i", -1) if value is None else struct.pack(">i", len(value)) + value
    return frame(b"B", body + b"\0\0")


def execute(portal: str = "") -> bytes:
    return frame(b"E", portal.encode() + b"\0" + b"\0\0\0\0")


def records_of(*payloads: bytes) -> list[Record]:
    events = [Event(at / 10, "i", payload) for at, payload in enumerate(payloads)]
    return decoded(RecordingKind.POSTGRES, events)


def fields(record: Record) -> dict[str, str]:
    return {name: text.text for name, text in record.fields}


EVERYTHING = (
    SSL + STARTUP + frame(b"p", b"hunter2\0")
    + query("begin") + query("update t set a=1") + query("rollback")
    + parse("s1", "select $1, $2, $3", 23, 25, 0) + frame(b"D", b"Ss1\0") + SYNC
    + bind("s1", struct.pack(">i", 42), b"x'y", None, binary=True) + execute() + SYNC
    + query("copy t from stdin") + frame(b"d", b"1\ta\n") + frame(b"d", b"2\tb\n")
    + frame(b"c", b"")
    + query("alter role bob password 'geheim'") + TERMINATE
)  # fmt: skip


def test_all_kinds_of_messages() -> None:
    records = records_of(EVERYTHING)
    assert [record.kind for record in records] == [
        "connect", "password", "begin", "statement", "rollback", "statement",
        "statement", "copy data", "statement", "disconnect",
    ]  # fmt: skip
    connect, password, begin, update, rollback, prepared, _, copied, alter, _ = records
    assert connect.title.text == "ana on shop with psql"
    assert password.title.masked() == "********"
    assert [record.block for record in (begin, update, rollback)] == ["begins", "inside", "ends"]
    assert fields(rollback)["transaction"] == "1, rolled back after 1 statement"
    assert prepared.title.text == "select $1, $2, $3"
    assert fields(prepared) == {"prepared as": "s1", "$1": "42", "$2": '"x\'y"', "$3": "NULL"}
    assert copied.title.text == "2 lines, 8 bytes"
    assert alter.title.masked() == "alter role bob password '********'"


@given(st.lists(st.integers(1, len(EVERYTHING) - 1), max_size=12))
def test_messages_may_be_cut_anywhere(cuts: list[int]) -> None:
    places = [0, *sorted(set(cuts)), len(EVERYTHING)]
    pieces = [EVERYTHING[a:b] for a, b in itertools.pairwise(places)]
    whole = records_of(EVERYTHING)
    cut = records_of(*pieces)
    assert [(record.kind, record.title) for record in cut] == [
        (record.kind, record.title) for record in whole
    ]
    assert [record.fields for record in cut] == [record.fields for record in whole]


def test_connections_are_told_apart_where_a_message_begins_in_between() -> None:
    long = query("select '" + "x" * 100 + "'")
    other = query("select 2")
    records = records_of(STARTUP, long[:30], STARTUP, other, long[30:], query("select 3"))
    assert [record.title.text[:10] for record in records if record.kind == "statement"] == [
        "select 2", "select 'xx", "select 3",
    ]  # fmt: skip
    assert (
        records_of(STARTUP, STARTUP, query("begin"))[-1]
        .fields[0][1]
        .text.endswith("(a guess: several connections are open)")
    )


def test_finds_its_way_back_after_bytes_that_are_no_message() -> None:
    records = records_of(b"\xff\xfe no message at all " + query("select 1"), query("select 2"))
    assert [record.kind for record in records] == ["bytes", "statement", "statement"]


@pytest.mark.parametrize(
    ("type_oid", "value", "shown"),
    [
        (20, struct.pack(">q", -5), "-5"),
        (16, b"\x01", "true"),
        (701, struct.pack(">d", 1.5), "1.5"),
        (2950, bytes(16), "00000000-0000-0000-0000-000000000000"),
        (1082, struct.pack(">i", 1), "2000-01-02"),
        (1114, struct.pack(">q", 60_000_000), "2000-01-01 00:01:00"),
        (1184, struct.pack(">q", 2**63 - 1), "0x7fffffffffffffff"),
        (23, b"abc", "0x616263"),
        (0, b"\x00\x2a", "0x002a (42 if it is a number)"),
    ],
)
def test_values_in_binary(type_oid: int, value: bytes, shown: str) -> None:
    stream = parse("", "select $1", type_oid) + bind("", value, binary=True) + execute()
    assert fields(records_of(stream)[0])["$1"].startswith(shown)


def test_values_that_are_passwords() -> None:
    stream = parse("", "update users set password = $1 where id = $2")
    stream += bind("", b"geheim", b"7") + execute()
    (record,) = records_of(stream)
    assert [(name, text.masked()) for name, text in record.fields] == [
        ("$1", "********"), ("$2", "'7'"),
    ]  # fmt: skip


def test_what_was_prepared_and_never_executed() -> None:
    records = records_of(parse("a", "select 1") + parse("a", "select 2") + bind("x") + execute("z"))
    assert [(record.kind, record.title.text) for record in records] == [
        ("prepare", "select 1"), ("execute", "of something not recorded"), ("prepare", "select 2"),
    ]  # fmt: skip


def test_a_recorded_session() -> None:
    kind, events = captured("detail-pg-wire-expand.json")
    records = decoded(kind, events)
    assert [record.kind for record in records[:6]] == [
        "connect", "statement", "begin", "statement", "rollback", "statement",
    ]  # fmt: skip
    assert records[1].title.text.startswith("select id, name, email from customers")
