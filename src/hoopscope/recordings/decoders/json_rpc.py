"""Remote procedure calls in JSON, such as the Model Context Protocol is made of."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from hoopscope.recordings.marked_text import MarkedText, joined
from hoopscope.recordings.secret_patterns import marked


class RpcTitle(NamedTuple):
    """What a message says in a few words; kind is "" where it is nothing special."""

    kind: str
    title: MarkedText
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
            arguments = marked(json.dumps(params.get("arguments", {}), ensure_ascii=False)[:200])
            return RpcTitle(
                "tool call", joined(f"{str(params.get('name', '?'))[:200]} ", arguments)
            )
        return RpcTitle("", MarkedText(method[:200]))
    error = value.get("error")
    if isinstance(error, dict):
        said = marked(str(error.get("message", ""))[:200])
        return RpcTitle("", joined(f"error {error.get('code', '')}: ", said), "failure")
    result = value.get("result")
    if isinstance(result, dict) and result.get("isError") is True:
        return RpcTitle("tool result", MarkedText("the tool failed"), "failure")
    if isinstance(result, dict) and "content" in result:
        return RpcTitle("tool result", MarkedText("result of a tool"))
    return RpcTitle("", MarkedText("result"))
