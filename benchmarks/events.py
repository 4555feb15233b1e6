"""The decoders, each on a stream of its own; and a million records of one recording."""

from __future__ import annotations

import json
import os
import random
import resource
import struct
import time
from collections.abc import Iterator

from benchmarks.results import Result, bounded, number
from benchmarks.setting import Options
from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.record_log import RecordLog
from hoopscope.recordings.record_search import RecordSearch
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.search_pattern import SearchPattern

MEGABYTES = 4
MILLION = 1_000_000
_SQL = "update orders set status='paid', updated_at=now() where id in (select id from late) -- {}"
_WORDS = b"the quick brown fox jumps over a lazy dog while error status code table query"


def measure(options: Options) -> Iterator[Result]:
    """Decoding alone, in processor time; then the log as the view has it, in its own thread."""
    chance = random.Random(1)
    lines = [b" ".join(chance.choices(_WORDS.split(), k=18)) + b"\n" for _ in range(500)]
    for what, kind, pieces, least in (
        ("text, 4 kB pieces", RecordingKind.EXEC, (b"".join(lines[:40]), b""), 20),
        ("a terminal", RecordingKind.TERMINAL, (b"".join(lines[:40]), b"ls -l\r"), 20),
        ("PostgreSQL", RecordingKind.POSTGRES, (b"", _postgres()), 5),
        ("SQL text", RecordingKind.MYSQL, (b"", _SQL.format("x").encode()), 5),
        ("MongoDB", RecordingKind.MONGODB, (b"", _document()), 5),
        ("HTTP", RecordingKind.HTTP, (_response(), _REQUEST), 5),
        ("raw bytes", RecordingKind.TCP, (b"", os.urandom(1400)), 5),
    ):
        yield _rate(what, kind, *pieces, least)
    yield from _million(lines)


_REQUEST = (
    b"GET /api/v1/pods?limit=500 HTTP/1.1\r\nHost: k8s\r\nAuthorization: Bearer a1b2c3d4\r\n\r\n"
)


def _rate(what: str, kind: RecordingKind, output: bytes, typed: bytes, least: float) -> Result:
    recording = Recording()
    moment = 0.0
    while recording.payloads.size() < MEGABYTES * 1e6:
        moment += 0.2
        echoed = typed if kind is RecordingKind.TERMINAL else b""
        events = [Event(moment, "i", typed), Event(moment + 0.1, "o", echoed + output)]
        recording.append(event for event in events if event.payload)
    recording.is_complete = True
    log = RecordLog(recording, kind)
    before = time.process_time()
    log.decode()
    seconds = time.process_time() - before
    rate = recording.payloads.size() / 1e6 / seconds
    result = Result(
        f"decoding {what}: {len(log):,} records of {number(recording.payloads.size() / 1e6)} MB",
        f"{number(rate)} MB/s",
        f"≥ {least} MB/s",
        "",
        rate >= least,
    )
    log.close()
    recording.close()
    return result


def _million(lines: list[bytes]) -> Iterator[Result]:
    recording = Recording()
    for start in range(0, MILLION, 1000):
        recording.append(
            Event(at * 0.06, "o", lines[at * 7 % 500][:110]) for at in range(start, start + 1000)
        )
    recording.append([Event(MILLION * 0.06, "o", b"a needle\n")])
    recording.is_complete = True
    memory = _peak()
    log = RecordLog(recording, RecordingKind.EXEC)
    began = time.perf_counter()
    log.start()
    while len(log) < 50:
        time.sleep(0.001)
    first = time.perf_counter() - began
    log.wait(600)
    whole = time.perf_counter() - began
    size = f"{recording.payloads.size() / 1e6:.0f} MB, {len(log):,} records"
    yield bounded(f"events, {size}: first 50 records", first * 1e3, "ms", most=100)
    yield Result("the same: all of them, in the background", f"{number(whole)} s")
    yield bounded("memory that took", (_peak() - memory) / 1e6, "MB", most=20)
    places = random.Random(1).choices(range(len(log)), k=1000)
    before = time.perf_counter()
    for place in places:
        log.record(place)
    yield bounded("a record by its number", (time.perf_counter() - before) * 1e3, "µs", most=100)
    for text, most in (("needle", 3), ("need[lm]e", 10)):
        before = time.perf_counter()
        assert RecordSearch(log, SearchPattern(text)).find(0, 1) == len(log) - 1
        yield bounded(f"a search through all of them: {text}", time.perf_counter() - before, "s",
                      most=most)  # fmt: skip
    log.close()
    recording.close()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _postgres() -> bytes:
    def message(letter: bytes, body: bytes) -> bytes:
        return letter + struct.pack(">I", len(body) + 4) + body

    sql = _SQL.format("$1, $2").encode()
    parsed = message(b"P", b"\0" + sql + b"\0" + struct.pack(">HII", 2, 25, 23))
    bound = message(b"B", b"\0\0" + struct.pack(">HHHi", 1, 1, 2, 2) + b"JP"
                    + struct.pack(">ii", 4, 7) + b"\0\0")  # fmt: skip
    sent = message(b"D", b"P\0") + message(b"E", b"\0\0\0\0\0") + message(b"S", b"")
    return parsed + bound + sent + message(b"Q", sql + b"\0")


def _document() -> bytes:
    command = {"find": "users", "filter": {"age": {"$gt": 3}, "country": "JP"}, "limit": 100,
               "lsid": {"id": {"$binary": {"base64": "AAAA"}}}, "$db": "shop"}  # fmt: skip
    return json.dumps(command).encode() + b"\n"


def _response() -> bytes:
    rows = [{"id": at, "name": f"customer {at}", "total": at * 3.5} for at in range(40)]
    body = json.dumps({"rows": rows}).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % len(body) + body
