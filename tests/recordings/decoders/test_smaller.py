"""The smaller decoders: text, terminals, statements, documents, channels, pictures, bytes."""

from __future__ import annotations

import json

from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record import Record
from tests.recordings.streams import captured, decoded


def told(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.kind, record.title.masked()) for record in records]


def test_text_puts_together_what_came_at_once() -> None:
    events = [
        Event(0.0, "i", b"make\ntest"),
        Event(0.1, "o", b"\n\x1b[32mone\x1b[0m\n"),
        Event(0.12, "o", b"two\n"),
        Event(3.0, "o", b"three\n"),
        Event(3.1, "o", b"\x00\x01\x02\x03" * 9),
        Event(4.0, "e", b"exit status 2"),
    ]
    records = decoded(RecordingKind.EXEC, events)
    assert told(records) == [
        ("input", "make"), ("output", "one"), ("output", "three"),
        ("output", "\x00\x01\x02\x03" * 9), ("closing", "exit status 2"),
    ]  # fmt: skip
    assert [record.reference for record in records] == ["text", "text", "text", "hex", ""]
    assert (records[1].first, records[1].last) == (1, 2)


def test_a_recorded_terminal() -> None:
    kind, events = captured("detail-terminal-expand.json")
    records = decoded(kind, events)
    keys = [record.title.masked() for record in records if record.kind == "keys"]
    assert "ihello from vim<esc>:wq" in keys
    assert "********" in keys
    assert keys[-1] == "exit 7"
    assert "screen" in {record.kind for record in records}
    assert [record.last for record in records] == sorted(record.last for record in records)
    assert records[-1].tone == "failure"


def test_keys_that_rub_out_and_paste() -> None:
    events = [
        Event(1, "i", b"lx\x7fs \x1b[A\x1b[200~-l\x1b[201~\r"),
        Event(1, "o", b"ls -l\r\n"),
        Event(2, "i", b"\x03"),
        Event(3, "i", b"abc\x15def\t"),
    ]
    records = decoded(RecordingKind.TERMINAL, events)
    assert told(records) == [
        ("keys", "ls <up>-l"), ("output", "ls -l"), ("keys", "^C"), ("keys", "def<tab>"),
    ]  # fmt: skip


def test_statements() -> None:
    events = [
        Event(1, "i", b"\x03select 1"),
        Event(2, "i", b"START TRANSACTION"),
        Event(3, "i", b"update t\n  set a = 1"),
        Event(4, "i", b"COMMIT;"),
        Event(5, "i", b"create user x identified by 'abc'"),
        Event(6, "i", b"AUTH_SESSKEY AUTH_PASSWORD"),
    ]
    records = decoded(RecordingKind.MYSQL, events)
    assert told(records) == [
        ("statement", "select 1"), ("begin", "START TRANSACTION"),
        ("statement", "update t set a = 1"), ("commit", "COMMIT;"),
        ("statement", "create user x identified by '********'"),
        ("text", "AUTH_SESSKEY AUTH_PASSWORD"),
    ]  # fmt: skip
    assert records[2].body.text == "update t\n  set a = 1"


def test_transactions_of_one_statement_open_nothing() -> None:
    texts = ["begin; update t set a = 1; commit", "select 1", "/* a */ -- b\nBEGIN", "select 2"]
    texts += ["rollback to savepoint a", "/* */" * 5000, "ROLLBACK"]
    events = [Event(at, "i", text.encode()) for at, text in enumerate(texts)]
    records = decoded(RecordingKind.MYSQL, events)
    assert [record.block for record in records] == [
        "", "", "begins", "inside", "inside", "", "ends",
    ]  # fmt: skip


def test_documents() -> None:
    find = {"find": "users", "filter": {"age": {"$gt": 3}}, "lsid": {}, "$db": "shop"}
    insert = b'{"insert":"users","$db":"shop"}\n{"_id":1}\n{"_id":2}\n'
    events = [
        Event(1, "i", b'{"hello":1,"$db":"admin"}\n'),
        Event(1, "i", b'{"saslStart":1,"payload":{"$binary":{"base64":"c2Vj"}},"$db":"admin"}\n'),
        Event(1, "i", b'{"hello":1,"$db":"admin"}\n'),
        Event(2, "i", json.dumps(find).encode() + b"\n"),
        Event(3, "i", insert),
        Event(4, "i", b"{broken"),
    ]
    records = decoded(RecordingKind.MONGODB, events)
    assert told(records) == [
        ("handshake", "hello (2), saslStart"),
        ("command", 'find shop.users {"age": {"$gt": 3}}'),
        ("command", 'insert shop.users {"_id": 1}'),
        ("text", "{broken"),
    ]
    assert dict(records[1].fields)["collection"].text == "users"
    assert dict(records[2].fields)["documents"].text == "2"


def test_channels_are_terminals() -> None:
    def data(channel: int, payload: bytes) -> bytes:
        return bytes([3, 0, channel]) + len(payload).to_bytes(4, "big") + payload

    events = [
        Event(1, "i", b"\x01\x00\x01session"),
        Event(1, "i", b"\x02\x00\x01pty-req\x01xterm"),
        Event(2, "o", data(1, b"$ ")),
        Event(3, "i", data(1, b"sudo ls\r")),
        Event(3, "o", data(1, b"sudo ls\r\n[sudo] password for ana: ")),
        Event(4, "i", data(1, b"geheim\r")),
        Event(4.1, "i", data(1, b"l")),
        Event(4.2, "o", data(1, b"l")),
        Event(4.3, "i", data(1, b"s")),
        Event(4.4, "o", data(1, b"s")),
        Event(4.5, "i", data(1, b"\r")),
        Event(5, "o", data(2, b"other")),
        Event(6, "o", b"\x06\x00\x01"),
        Event(7, "o", b"\xffnothing known"),
    ]
    records = decoded(RecordingKind.SSH, events)
    assert ("open channel", "channel 1  session") in told(records)
    assert ("request", "channel 1  pty-req xterm") in told(records)
    assert ("keys", "sudo ls") in told(records)
    assert ("keys", "********") in told(records)
    assert ("text", "other") in told(records)
    assert ("output", "ls") in told(records)
    assert ("keys", "ls") in told(records)
    assert ("text", "\\xffnothing known") in told(records)


def test_pictures_are_counted() -> None:
    def bitmap(x: int) -> bytes:
        return b'{"x":%d,"y":0,"width":64,"height":32,"bits_per_pixel":16,"data":"AAAA"}' % x

    events = [
        Event(0, "h", b"\x03\x00\x00\x13"),
        Event(1, "b", bitmap(0)),
        Event(1.5, "b", bitmap(64)),
        Event(9, "b", b"garbage"),
    ]
    records = decoded(RecordingKind.RDP, events)
    assert [record.kind for record in records] == ["handshake", "picture", "picture"]
    assert dict(records[1].fields)["reach to"].text == "128 by 32"
    assert records[1].title.text.startswith("2 pieces of the picture")
