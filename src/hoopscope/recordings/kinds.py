"""RecordingKind: what a session's stream holds, which its connection and its verb decide."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RecordingKind(StrEnum):
    """How the bytes of a stream are to be read."""

    EXEC = "exec"
    TERMINAL = "terminal"
    POSTGRES = "postgres"
    MYSQL = "mysql"
    MSSQL = "mssql"
    MONGODB = "mongodb"
    ORACLE = "oracle"
    TCP = "tcp"
    SSH = "ssh"
    HTTP = "http"
    MCP = "mcp"
    RDP = "rdp"
    NONE = "none"
    UNKNOWN = "unknown"

    @property
    def facts(self) -> KindFacts:
        """What can be done with a recording of this kind."""
        return _FACTS[self]


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What a gateway stores of a kind of session.

    has_output: whether what the server answered is stored as text that a person can read.
    can_replay: whether the output is that of a terminal, so that an emulator can show it.
    stored: one sentence about what the gateway stores, for people.

    Source: gateway behaviour.
    """

    has_output: bool
    can_replay: bool
    stored: str


def kind_of(connection_type: str | None, subtype: str | None, verb: str | None) -> RecordingKind:
    """The kind of stream of a session, by its connection's type and subtype and by its verb."""
    kind, sub = (connection_type or "").strip().lower(), (subtype or "").strip().lower()
    if (verb or "").strip().lower() in _EXEC_VERBS:
        return RecordingKind.EXEC
    found = _BY_SUBTYPE.get(sub) if kind in _DECIDED_BY_SUBTYPE else None
    if kind == "httpproxy":
        return found if found is RecordingKind.MCP else RecordingKind.HTTP
    if found is None:
        # Some gateways name a protocol as the type itself.
        found = _BY_TYPE.get(kind) or _BY_SUBTYPE.get(kind)
    return found or RecordingKind.UNKNOWN


def kind_by_bytes(kind: RecordingKind, direction: str, payload: bytes) -> RecordingKind:
    """The kind again, now that the first bytes are there: credentials for some connections that are
    terminals otherwise let HTTP through, and nothing else tells (gateway behaviour)."""
    if kind in (RecordingKind.TERMINAL, RecordingKind.UNKNOWN) and direction == "i":
        method, _, rest = payload[:65_536].partition(b" ")
        if method.isalpha() and method.isupper() and b" HTTP/1." in rest:
            return RecordingKind.HTTP
    return kind


PRINTING = (RecordingKind.EXEC, RecordingKind.TERMINAL, RecordingKind.UNKNOWN)
"""Kinds whose output is what somebody saw, rather than messages of a protocol."""

_EXEC_VERBS = ("exec", "plain-exec")
_DECIDED_BY_SUBTYPE = ("database", "application", "custom", "httpproxy")

_BY_TYPE = {
    "command-line": RecordingKind.TERMINAL,
    "custom": RecordingKind.TERMINAL,
    "application": RecordingKind.TERMINAL,
}

_BY_SUBTYPE = {
    "postgres": RecordingKind.POSTGRES,
    "mysql": RecordingKind.MYSQL,
    "mssql": RecordingKind.MSSQL,
    "mongodb": RecordingKind.MONGODB,
    "oracledb": RecordingKind.ORACLE,
    "tcp": RecordingKind.TCP,
    "ssh": RecordingKind.SSH,
    "ssh-local": RecordingKind.SSH,
    "git": RecordingKind.SSH,
    "github": RecordingKind.SSH,
    "httpproxy": RecordingKind.HTTP,
    "kibana": RecordingKind.HTTP,
    "grafana": RecordingKind.HTTP,
    "claude-code": RecordingKind.HTTP,
    "kubernetes": RecordingKind.HTTP,
    "kubernetes-eks": RecordingKind.HTTP,
    "kubernetes-token": RecordingKind.HTTP,
    # The older of the two carries the protocol over HTTP without the gateway's own records.
    "mcp": RecordingKind.MCP,
    "mcpproxy": RecordingKind.MCP,
    "rdp": RecordingKind.RDP,
    "aws-ssm": RecordingKind.NONE,
    # Gateways that know no connects to these treat them as any other custom command.
    "dynamodb": RecordingKind.TERMINAL,
    "cloudwatch": RecordingKind.TERMINAL,
}

_FACTS = {
    RecordingKind.EXEC: KindFacts(
        has_output=True,
        can_replay=False,
        stored="The script and what it printed, standard error included, are recorded as text.",
    ),
    RecordingKind.TERMINAL: KindFacts(
        has_output=True,
        can_replay=True,
        stored="Keystrokes and the bytes of the terminal are recorded; its size is not.",
    ),
    RecordingKind.POSTGRES: KindFacts(
        has_output=False,
        can_replay=False,
        stored="Only what the client sent to PostgreSQL is recorded: there are no results.",
    ),
    RecordingKind.MYSQL: KindFacts(
        has_output=False,
        can_replay=False,
        stored="Only the text of statements is recorded: no results, no prepared statements.",
    ),
    RecordingKind.MSSQL: KindFacts(
        has_output=False,
        can_replay=False,
        stored="Only the text of SQL batches is recorded: no results, no procedure calls.",
    ),
    RecordingKind.MONGODB: KindFacts(
        has_output=False,
        can_replay=False,
        stored="Only what the client sent to MongoDB is recorded: there are no results.",
    ),
    RecordingKind.ORACLE: KindFacts(
        has_output=False,
        can_replay=False,
        stored="Only runs of readable text from what the client sent are recorded: no results.",
    ),
    RecordingKind.TCP: KindFacts(
        has_output=False,
        can_replay=False,
        stored="Only what the client sent is recorded, at most 5,000 bytes of each piece.",
    ),
    RecordingKind.SSH: KindFacts(
        has_output=True,
        can_replay=False,
        stored="Both directions are recorded, in a framing of the gateway's own that is not "
        "documented.",
    ),
    RecordingKind.HTTP: KindFacts(
        has_output=True,
        can_replay=False,
        stored="Requests and responses are recorded as they were; nothing tells which response "
        "answers which request.",
    ),
    RecordingKind.MCP: KindFacts(
        has_output=True,
        can_replay=False,
        stored="HTTP requests and responses are recorded, and what the gateway decided on tools.",
    ),
    RecordingKind.RDP: KindFacts(
        has_output=False,
        can_replay=False,
        stored="The handshake and pieces of the picture are recorded; the picture itself is not "
        "shown here.",
    ),
    RecordingKind.NONE: KindFacts(
        has_output=False,
        can_replay=False,
        stored="The gateway records nothing of this kind of session.",
    ),
    RecordingKind.UNKNOWN: KindFacts(
        has_output=True,
        can_replay=False,
        stored="What is recorded of this kind of session is not known; it is shown as it is.",
    ),
}
