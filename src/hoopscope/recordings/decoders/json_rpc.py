"""Remote procedure calls in JSON, such as the Model Context Protocol is made of."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class RpcTitle(NamedTuple):
    """What a message says in a few words; kind is "" where it is nothing special."""

    kind: str
    title: str
    tone: str = ""


def rpc_title(value: Any) -> RpcTitle | None:
    """What a parsed body says, None where it is no call and no answer to one."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = value[0]
    if not isinstance(value, dict) or "jsonrpc" not in value:
        return None
    method = value.get("method")
    if isinstance(method, str):
        params = value.get("params")
        if method == "tools/call" and isinstance(params, dict):
            arguments = json.dumps(params.get("arguments", {}), ensure_ascii=False)
            # What it is called with is in the body, where its secrets are marked.
            size = f"({len(arguments):,} characters)" if arguments != "{}" else "()"
            return RpcTitle("tool call", f"{str(params.get('name', '?'))[:200]} {size}")
        return RpcTitle("", method[:200])
    error = value.get("error")
    if isinstance(error, dict):
        return RpcTitle("", f"error {error.get('code', '')}: {str(error.get('message', ''))[:200]}",
                        "failure")  # fmt: skip
    result = value.get("result")
    if isinstance(result, dict) and result.get("isError") is True:
        return RpcTitle("tool result", "the tool failed", "failure")
    if isinstance(result, dict) and "content" in result:
        return RpcTitle("tool result", "result of a tool")
    return RpcTitle("", "result")
