"""A coding agent behind the gateway: requests to a model, answers as server-sent events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hoopscope.demo.recorded.http import request, response
from hoopscope.demo.recorded.tape import Tape

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_ASKED = (
    "Why does checkout-web answer 502 on /api/v2/carts?",
    "Write a migration that adds an index on orders(customer_id).",
    "Übersetze die Fehlermeldungen ins Deutsche. [bold]Nur Texte.[/bold]",
)
_SAID = (
    "The upstream times out: the pool has ten connections and forty workers.",
    "Done: db/migrate/20261124_add_index_to_orders.rb, concurrently, without a lock.",
    "Fertig: 14 Meldungen in config/locales/de.yml — bitte Zeile 9 prüfen. 日本語はまだ。",
)


def act(tape: Tape, key: Key, number: int) -> None:
    asked, said = _ASKED[number % 3], _SAID[number % 3]
    messages: list[dict[str, Any]] = [{"role": "user", "content": asked}]
    tool = {"name": "Bash", "input": {"command": f"rg -n carts services/ | head -{number}"}}
    if number % 2:
        messages += [
            {"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_01", **tool}]},
            {
                "role": "user",
                "content": [
                    {
                        "type": "tool_result",
                        "tool_use_id": "toolu_01",
                        "content": "cart.rb:88: pool\n" * 30,
                    }
                ],
            },
        ]
    body = {
        "model": "claude-sonnet-4-5",
        "max_tokens": 4096,
        "stream": number % 3 != 2,
        "system": "You are a coding assistant.",
        "messages": messages,
    }
    secret = f"X-Api-Key: sk-ant-FAKE{tape.random.getrandbits(128):032x}"
    request(tape, key, "POST /v1/messages", body, (secret, "anthropic-version: 2023-06-01"))
    tape.wait(0.4, 2)
    if number % 3 == 2:
        content = [{"type": "text", "text": said}, {"type": "tool_use", "id": "toolu_02", **tool}]
        said_all = {"type": "message", "role": "assistant", "content": content}
        response(tape, "200 OK", json.dumps(said_all, ensure_ascii=False).encode(), packed=True)
        return
    response(tape, "200 OK", media_type="text/event-stream", chunks=_events(said))


def _events(said: str) -> list[bytes]:
    begun = {"model": "claude-sonnet-4-5", "usage": {"input_tokens": 8121}}
    events: list[tuple[str, dict[str, Any]]] = [("message_start", {"message": begun})]
    words = said.split(" ")
    events += [
        ("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": word + " "}})
        for word in words
    ]
    events.append(("message_delta", {"delta": {"stop_reason": "end_turn"}, "usage": {}}))
    events.append(("message_stop", {}))
    return [_event(name, {"type": name, **data}) for name, data in events]


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
