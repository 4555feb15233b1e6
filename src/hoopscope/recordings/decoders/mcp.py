"""MCP: tool calls over HTTP, and the gateway's own lines about what it let pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.http import HttpDecoder
from hoopscope.recordings.decoders.json_rpc import rpc_title
from hoopscope.recordings.marked_text import MarkedText, joined
from hoopscope.recordings.record import Field, Record
from hoopscope.recordings.secret_patterns import marked

_TONES = {
    "tool_denied": "blocked",
    "guardrail_block": "blocked",
    "budget_exceeded": "blocked",
    "server_request_denied": "blocked",
    "session_killed": "failure",
    "error": "failure",
    "approval_pending": "waiting",
    "tools_changed": "notice",
    "redacted": "notice",
}
_PREFIX = "mcp."
_LONGEST_LINE = 1 << 20
_FIELDS = ("user", "backend", "tool", "rule", "reason", "time", "sid")


class McpDecoder:
    """The records of HTTP, and one for each line of the gateway's."""

    def __init__(self) -> None:
        self._http = HttpDecoder()

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The records that are whole now."""
        payload = event.payload
        if event.kind == "o" and payload == b"\n":
            # Carries the verdict of an analyser in a part that is not stored.
            return
        lines = _lines(payload) if payload[:1] == b"{" else []
        if not lines:
            yield from self._http.feed(number, event)
            return
        for line in lines:
            yield _record(number, event, line)

    def settle(self) -> Iterator[Record]:
        """Messages wait until they are whole."""
        return self._http.settle()

    def close(self) -> Iterator[Record]:
        """All that is left, as far as it has come."""
        return self._http.close()


def _lines(payload: bytes) -> list[dict[str, Any]]:
    """The objects of JSON that an event holds; none where there is anything else in it."""
    lines = []
    for line in payload.split(b"\n"):
        if not line.strip():
            continue
        if len(line) > _LONGEST_LINE:
            return []
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return []
        if not isinstance(value, dict) or not ("event" in value or "jsonrpc" in value):
            return []
        lines.append(value)
    return lines


def _record(number: int, event: Event, line: dict[str, Any]) -> Record:
    body = marked(json.dumps(line, ensure_ascii=False))
    name = line.get("event")
    if not isinstance(name, str):
        found = rpc_title(line)
        kind = found.kind if found and found.kind else "message"
        title = found.title if found else MarkedText(kind)
        tone = found.tone if found else ""
        return Record(
            event.seconds, event.kind, number, number, kind, title, (), body, tone=tone,
            language="json",
        )  # fmt: skip
    name = name.removeprefix(_PREFIX)[:60]
    more = line.get("fields")
    known = more if isinstance(more, dict) else {}
    tone = _TONES.get(name, "")
    if name == "approval_resolved" and known.get("approved") is False:
        tone = "blocked"
    fields: list[Field] = [
        (word, marked(str(line[word])[:2000])) for word in _FIELDS if line.get(word)
    ]
    for word, value in list(known.items())[:50]:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        fields.append((str(word)[:60], marked(text[:2000])))
    return Record(
        event.seconds, event.kind, number, number, name.replace("_", " "), _title(line, known),
        tuple(fields), body, tone=tone, language="json",
    )  # fmt: skip


def _title(line: dict[str, Any], known: dict[str, Any]) -> MarkedText:
    parts = [str(line[word])[:200] for word in ("tool", "reason") if line.get(word)]
    if "approved" in known:
        parts.append("approved" if known["approved"] else "rejected")
    if "duration_ms" in known:
        parts.append(f"{known['duration_ms']} ms")
    if "client" in known:
        parts.append(str(known["client"])[:100])
    backend = line.get("backend")
    text = ": ".join(parts[:2]) + "".join(f", {part}" for part in parts[2:])
    where = f"  on {str(backend)[:100]}" if backend else ""
    return joined(marked(text), where)
