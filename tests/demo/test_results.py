"""`result/stream`: a session's output as text, as recorded."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.demo.outputs import Wanted, output
from hoopscope.demo.query import parameters
from hoopscope.demo.recorded.tape import Event
from hoopscope.demo.times import microseconds
from tests.demo.captured import FOLDER, captured
from tests.demo.conftest import Asking


def recorded(name: str) -> tuple[tuple[Event, ...], int]:
    """Events of a recorded session, and its start in microseconds."""
    session: Any = captured(f"detail-{name}-expand")
    events = tuple(
        (moment, kind, b64decode(text)) for moment, kind, text in session["event_stream"]
    )
    return events, microseconds(datetime.fromisoformat(session["start_date"]))


def text(name: str, query: str) -> bytes:
    events, start = recorded(name)
    return b"".join(output(events, start, Wanted.of(parameters(query.encode()))))


@pytest.mark.parametrize(
    ("query", "file"),
    [
        ("", "result-fail-exit3"),
        ("newline=1", "result-fail-exit3-newline"),
        ("newline=true", "result-fail-exit3-newline-true"),
        ("event-time=1", "result-fail-exit3-event-time"),
        ("newline=1&event-time=1", "result-fail-exit3-newline-event-time"),
        ("events=i", "result-fail-exit3-events-i"),
        ("events=e", "result-fail-exit3-events-e"),
        ("events=x", "result-fail-exit3-events-bogus"),
        ("events=i,o,e&newline=1&event-time=1", "result-fail-exit3-events-ioe"),
        ("extension=txt&newline=1&event-time=1&events=i,o,e", "download-file-txt"),
    ],
)
def test_every_form_of_a_failed_script(query: str, file: str) -> None:
    assert text("fail-exit3", query) == (FOLDER / f"{file}.txt").read_bytes()


@pytest.mark.parametrize(
    ("name", "query", "file"),
    [
        ("ansi", "", "result-ansi"),
        ("guardrail-output", "", "result-guardrail-output"),
        ("hostile-output-invalid-utf8", "", "result-hostile-output-invalid-utf8"),
        ("pg-wire", "", "result-pg-wire"),
        ("terminal", "", "result-terminal"),
        ("terminal", "extension=txt", "download-file-terminal"),
        ("sql-ok", "extension=csv&newline=1", "download-file-csv"),
        ("sql-ok", "extension=json&newline=1&event-time=1&events=i,o,e", "download-file-json"),
        ("hostile-output-invalid-utf8", "extension=log", "download-file-raw-bytes"),
        (
            "hostile-output-invalid-utf8",
            "extension=json&events=o",
            "download-file-json-invalid-utf8",
        ),
    ],
)
def test_what_was_recorded_of_others(name: str, query: str, file: str) -> None:
    assert text(name, query) == (FOLDER / f"{file}.txt").read_bytes()


@given(
    st.lists(
        st.tuples(st.integers(0, 10**9).map(float), st.sampled_from("ioeh"), st.binary()),
    )
)
def test_any_events_have_a_text(events: list[Event]) -> None:
    found = b"".join(output(events, 0, Wanted.of(parameters(b"events=i,o,e"))))
    assert found == b"".join(payload for _, kind, payload in events if kind != "h")
    wanted = Wanted.of(parameters(b"extension=json&events=i,o,e"))
    parsed = json.loads(b"".join(output(events, 0, wanted))) or []
    assert [event["type"] for event in parsed] == [kind for _, kind, _ in events if kind != "h"]
    for event, (_, _, payload) in zip(parsed, (e for e in events if e[1] != "h"), strict=True):
        if "\ufffd" not in event["stream"]:
            assert event["stream"].encode() == payload


def with_output(asking: Asking) -> dict[str, Any]:
    rows = asking.rows("limit=100")
    return next(row for row in rows if row["event_size"] and row["verb"] == "exec")


def test_it_is_the_outputs_of_the_stream(asking: Asking) -> None:
    session = with_output(asking)["id"]
    answer = asking.response(f"/api/sessions/{session}/result/stream")
    stream = asking.json(f"/api/sessions/{session}?expand=event_stream")["event_stream"]
    outputs = b"".join(b64decode(payload) for _, kind, payload in stream if kind != "i")
    assert answer.content == outputs
    recorded_headers = captured("result-ok-simple.headers")
    for name in ("Content-Type", "Transfer-Encoding", "Access-Control-Expose-Headers"):
        assert answer.headers[name] == recorded_headers[name]
    assert "content-length" not in answer.headers


def test_what_never_ran_has_none(asking: Asking) -> None:
    pending = asking.rows("review.status=PENDING")[0]["id"]
    assert asking.response(f"/api/sessions/{pending}/result/stream").content == b""


def test_refusals(asking: Asking) -> None:
    unknown = "00000000-0000-4000-8000-000000000000"
    assert asking.refusal(f"/api/sessions/{unknown}/result/stream") == (
        404,
        captured("result-unknown"),
    )
    assert asking.refusal("/api/sessions/nope/result/stream") == (500, captured("result-malformed"))
    row = asking.rows(
        "review.status=PENDING&connection=%25prod%25&review.approver=farah%40tidewater.example"
    )[0]
    path = f"/api/sessions/{row['id']}/result/stream"
    assert asking.refusal(path, "farah@tidewater.example") == (
        403,
        captured("result-reviewer-forbidden"),
    )
    assert asking.refusal(path, "ingrid@tidewater.example") == (403, captured("result-forbidden"))
