"""Types, subtypes and verbs to kinds of streams."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hoopscope.recordings.kinds import RecordingKind, kind_by_bytes, kind_of

CAPTURES = Path(__file__).parent.parent / "captures"


@pytest.mark.parametrize(
    ("connection_type", "subtype", "verb", "kind"),
    [
        ("database", "postgres", "exec", RecordingKind.EXEC),
        ("custom", "", "plain-exec", RecordingKind.EXEC),
        ("database", "postgres", "connect", RecordingKind.POSTGRES),
        ("Database", "MySQL", "Connect", RecordingKind.MYSQL),
        ("database", "mssql", None, RecordingKind.MSSQL),
        ("database", "mongodb", "connect", RecordingKind.MONGODB),
        ("database", "oracledb", "connect", RecordingKind.ORACLE),
        ("database", "cassandra", "connect", RecordingKind.UNKNOWN),
        ("custom", "", "connect", RecordingKind.TERMINAL),
        ("custom", "python", "connect", RecordingKind.TERMINAL),
        ("command-line", "postgres", "connect", RecordingKind.TERMINAL),
        ("application", "rails-console", "connect", RecordingKind.TERMINAL),
        ("application", "tcp", "connect", RecordingKind.TCP),
        ("application", "ssh", "connect", RecordingKind.SSH),
        ("application", "github", "connect", RecordingKind.SSH),
        ("application", "httpproxy", "connect", RecordingKind.HTTP),
        ("httpproxy", "claude-code", "connect", RecordingKind.HTTP),
        ("httpproxy", "whatever", "connect", RecordingKind.HTTP),
        ("httpproxy", "mcpproxy", "connect", RecordingKind.MCP),
        ("custom", "mcpproxy", "connect", RecordingKind.MCP),
        ("custom", "kubernetes", "connect", RecordingKind.HTTP),
        ("custom", "rdp", "connect", RecordingKind.RDP),
        ("custom", "aws-ssm", "connect", RecordingKind.NONE),
        ("custom", "dynamodb", "connect", RecordingKind.TERMINAL),
        ("rdp", None, "connect", RecordingKind.RDP),
        (None, None, None, RecordingKind.UNKNOWN),
        ("\x1b[31m", "[red]", "??", RecordingKind.UNKNOWN),
    ],
)
def test_what_a_session_stores(
    connection_type: str | None, subtype: str | None, verb: str | None, kind: RecordingKind
) -> None:
    assert kind_of(connection_type, subtype, verb) is kind


def test_the_first_bytes_may_tell_another_kind() -> None:
    terminal = RecordingKind.TERMINAL
    request = b"GET /api/v1/pods HTTP/1.1\r\nHost: k8s\r\n\r\n"
    assert kind_by_bytes(terminal, "i", request) is RecordingKind.HTTP
    assert kind_by_bytes(terminal, "o", request) is terminal
    assert kind_by_bytes(terminal, "i", b"curl -d 'GET / HTTP/1.1'\r") is terminal
    assert kind_by_bytes(RecordingKind.TCP, "i", request) is RecordingKind.TCP


def test_each_kind_says_what_is_stored() -> None:
    for kind in RecordingKind:
        assert kind.facts.stored.endswith(".")
        assert kind.facts.has_output or not kind.facts.can_replay


def test_recorded_sessions_have_a_known_kind() -> None:
    kinds = set()
    for capture in sorted(CAPTURES.glob("detail-*-expand.json")):
        session = json.loads(capture.read_text("utf-8"))
        kind = kind_of(session["type"], session["connection_subtype"], session["verb"])
        assert kind is not RecordingKind.UNKNOWN, capture.name
        kinds.add(kind)
    assert {RecordingKind.EXEC, RecordingKind.TERMINAL, RecordingKind.POSTGRES} <= kinds
