"""MCP through the gateway: HTTP bytes, and the gateway's own records as JSON lines."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from hoopscope.demo.recorded.http import request, response
from hoopscope.demo.recorded.tape import Tape

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_TOOLS = ("search_issues", "get_file_contents", "create_pull_request", "list_commits")


def _record(tape: Tape, key: Key, event: str, tool: str = "", **more: Any) -> None:
    """A line of the gateway about what went through it."""
    moment = datetime.combine(key.day, time(10)) + timedelta(seconds=tape.seconds)
    found = {
        "time": f"{moment.isoformat(timespec='milliseconds')}Z",
        "event": event,
        "sid": f"{key.number:08x}-0000-4000-8000-00000000d3a0",
        "user": "dana@tidewater.example",
        "backend": "github",
        "tool": tool,
        "rule": more.pop("rule", ""),
        "reason": more.pop("reason", ""),
        "fields": more or None,
    }
    kept = {name: value for name, value in found.items() if value not in ("", None)}
    tape.o(json.dumps(kept, separators=(",", ":"), ensure_ascii=False) + "\n")


def _called(tape: Tape, key: Key, number: int, tool: str, arguments: dict[str, Any]) -> None:
    params = {"name": tool, "arguments": arguments}
    body = {"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": params}
    request(tape, key, "POST /mcp", body, ("Mcp-Session-Id: 8d1f0c33",))
    _record(tape, key, "mcp.tool_call", tool, arguments=arguments)


def begin(tape: Tape, key: Key) -> None:
    client = {"name": "claude-code", "version": "2.0.1"}
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client}
    body = {"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params}
    request(tape, key, "POST /mcp", body)
    _record(tape, key, "mcp.session_start", client="claude-code/2.0.1")
    result = {"jsonrpc": "2.0", "id": 0, "result": {"serverInfo": {"name": "github-mcp"}}}
    response(tape, "200 OK", json.dumps(result).encode())
    _record(tape, key, "mcp.tools_list", tools=len(_TOOLS), hidden=2)


def act(tape: Tape, key: Key, number: int) -> None:
    acts = (_allowed, _denied, _allowed, _blocked, _allowed, _over_budget, _failed)
    acts[number % len(acts)](tape, key, number)


def end(tape: Tape, key: Key) -> None:
    tape.rest()
    _record(tape, key, "mcp.session_end", duration_ms=int(tape.seconds * 1000))


def _allowed(tape: Tape, key: Key, number: int) -> None:
    tool = _TOOLS[number % len(_TOOLS)]
    _called(tape, key, number, tool, {"repo": "tidewater/shop", "query": f"OPS-{900 + number}"})
    tape.wait(0.2, 1.5)
    items = [{"number": number * 10 + at, "title": f"Rundung — 丸め {at}"} for at in range(6)]
    text = json.dumps(items, ensure_ascii=False)
    result = {
        "jsonrpc": "2.0",
        "id": number,
        "result": {"content": [{"type": "text", "text": text}]},
    }
    if number % 2:
        event = f"event: message\ndata: {json.dumps(result)}\n\n".encode()
        response(tape, "200 OK", media_type="text/event-stream", chunks=[event])
    else:
        response(tape, "200 OK", json.dumps(result).encode(), packed=True)
    _record(tape, key, "mcp.tool_result", tool, items=6, duration_ms=412, bytes=len(text))


def _error(tape: Tape, number: int, message: str) -> None:
    found = {"jsonrpc": "2.0", "id": number, "error": {"code": -32001, "message": message}}
    response(tape, "200 OK", json.dumps(found).encode())


def _denied(tape: Tape, key: Key, number: int) -> None:
    _called(tape, key, number, "delete_branch", {"branch": f"release-1.{number}"})
    reason = "not on the allow list"
    _record(tape, key, "mcp.tool_denied", "delete_branch", rule="read-only", reason=reason)
    _error(tape, number, "tool delete_branch is not allowed")


def _blocked(tape: Tape, key: Key, number: int) -> None:
    _called(tape, key, number, "create_issue", {"body": "customer 123-45-6789 cannot pay"})
    reason = "matched pattern [red]ssn[/red]"
    _record(tape, key, "mcp.guardrail_block", "create_issue", rule="no-cards-or-ids", reason=reason)
    _error(tape, number, "blocked by guardrail no-cards-or-ids")


def _over_budget(tape: Tape, key: Key, number: int) -> None:
    _called(tape, key, number, "list_commits", {"repo": "tidewater/shop"})
    more = {"rule": "hourly", "reason": "60 calls an hour", "used": 61, "limit": 60}
    _record(tape, key, "mcp.budget_exceeded", "list_commits", **more)
    _error(tape, number, "budget exceeded")


def _failed(tape: Tape, key: Key, number: int) -> None:
    _called(tape, key, number, "get_file_contents", {"path": "../../etc/passwd"})
    tape.wait(0.1, 0.5)
    result = {"jsonrpc": "2.0", "id": number, "result": {"isError": True, "content": []}}
    response(tape, "200 OK", json.dumps(result).encode())
    _record(tape, key, "mcp.tool_result", "get_file_contents", is_error=True, duration_ms=88)
