"""HTTP through the gateway: raw requests, raw responses, several under way without an id."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hoopscope.demo.recorded.tape import Tape

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_HOSTS = {
    "http": "internal-admin.tidewater.example",
    "grafana": "grafana.tidewater.example",
    "kibana": "kibana.tidewater.example",
    "kubernetes": "kubernetes.default.svc",
    "claude": "api.anthropic.example",
    "mcp": "mcp-github.tidewater.example",
}
_CHUNK = 900
_GZIP = 31  # how zlib is told to write its header


def request(
    tape: Tape,
    key: Key,
    line: str,
    body: Any = None,
    headers: tuple[str, ...] = (),
    *,
    media_type: str = "application/json",
) -> None:
    """A request with whatever proves who it is from, in one or two records."""
    token = f"{tape.random.getrandbits(160):040x}"
    lines = [
        f"{line} HTTP/1.1",
        f"Host: {_HOSTS[key.scripts]}",
        f"Authorization: Bearer {token}",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0",
        *headers,
    ]
    data = b""
    if body is not None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        lines += [f"Content-Type: {media_type}", f"Content-Length: {len(data)}"]
    head = ("\r\n".join(lines) + "\r\n\r\n").encode()
    if len(data) > 400:
        tape.i(head)
        tape.i(data)
    else:
        tape.i(head + data)


def response(
    tape: Tape,
    status: str,
    body: bytes = b"",
    media_type: str = "application/json",
    *,
    packed: bool = False,
    chunks: Sequence[bytes] = (),
    headers: tuple[str, ...] = (),
) -> None:
    """A response with its length, or in `chunks` as they are made, each a record."""
    data = zlib.compress(body, 5, _GZIP) if packed else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", "Server: envoy", *headers]
    lines += ["Content-Encoding: gzip"] if packed else []
    if not chunks:
        lines.append(f"Content-Length: {len(data)}")
        tape.o(("\r\n".join(lines) + "\r\n\r\n").encode() + data)
        return
    tape.o(("\r\n".join([*lines, "Transfer-Encoding: chunked"]) + "\r\n\r\n").encode())
    for piece in chunks:
        tape.wait(0.01, 0.2)
        tape.o(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
    tape.o(b"0\r\n\r\n")


def pieces(data: bytes) -> list[bytes]:
    """A body cut where a server's buffer is full."""
    return [data[begin : begin + _CHUNK] for begin in range(0, len(data), _CHUNK)]


def begin(tape: Tape, key: Key) -> None:
    """The first request comes with the first act."""


def end(tape: Tape, key: Key) -> None:
    """The connection just closes."""


def act(tape: Tape, key: Key, number: int) -> None:
    if key.scripts == "claude":
        from hoopscope.demo.recorded import claude

        claude.act(tape, key, number)
        return
    acts = _ACTS[key.scripts]
    acts[number % len(acts)](tape, key, number)


def _page(tape: Tape, key: Key, number: int) -> None:
    cookie = f"Cookie: session={tape.random.getrandbits(128):032x}; theme=dark"
    request(tape, key, f"GET /orders?page={number}&status=paid", headers=(cookie,))
    tape.wait(0.02, 0.3)
    rows = "".join(f"<tr><td>TW-{number}{at:04}</td><td>paid</td></tr>\n" for at in range(60))
    page = f"<!doctype html><title>Orders</title><h1>注文 — Übersicht</h1><table>{rows}</table>\n"
    made = f"Set-Cookie: session={tape.random.getrandbits(128):032x}; HttpOnly; Secure"
    response(
        tape,
        "200 OK",
        page.encode(),
        "text/html; charset=utf-8",
        packed=True,
        headers=(made,),
    )


def _orders(number: int) -> bytes:
    orders = [
        {
            "id": number * 100 + at,
            "number": f"TW-{number:03}{at:03}",
            "status": "paid",
            "total": 9.5,
        }
        for at in range(30)
    ]
    return json.dumps({"orders": orders, "total": 4182}, ensure_ascii=False).encode()


def _several(tape: Tape, key: Key, number: int) -> None:
    """Three requests under way at once: their responses come in another order."""
    for at in range(3):
        request(tape, key, f"GET /api/orders?page={number + at}")
    tape.wait(0.05, 0.3)
    response(tape, "200 OK", _orders(number), packed=True)
    response(tape, "304 Not Modified", b"")
    response(tape, "200 OK", chunks=pieces(_orders(number + 2)))


def _refund(tape: Tape, key: Key, number: int) -> None:
    body = {"order": f"TW-{number:06}", "amount": "129.90", "reason": "beschädigt [red]x[/red]"}
    request(tape, key, "POST /api/refunds", body, ("X-Api-Key: tw_live_51HxFAKEf00ba4",))
    tape.wait(0.05, 0.6)
    if number % 4 == 3:
        error = {"error": "already refunded", "order": f"TW-{number:06}"}
        response(tape, "409 Conflict", json.dumps(error).encode())
    else:
        response(tape, "201 Created", json.dumps({"state": "queued", "id": number}).encode())


def _login(tape: Tape, key: Key, number: int) -> None:
    body = b"user=kwame&password=Winch-Anch0r-77&remember=on"
    form = "application/x-www-form-urlencoded"
    request(tape, key, "POST /login?next=%2Forders", body, media_type=form)
    tape.wait(0.1, 0.4)
    location = ("Location: /orders", "Set-Cookie: session=f00ba4f00ba4; HttpOnly")
    response(tape, "302 Found", b"", "text/html", headers=location)


def _picture(tape: Tape, key: Key, number: int) -> None:
    request(tape, key, "GET /static/logo.png")
    tape.wait(0.01, 0.1)
    response(tape, "200 OK", b"\x89PNG\r\n\x1a\n" + tape.random.randbytes(1500), "image/png")


def _query_data(tape: Tape, key: Key, number: int) -> None:
    """A dashboard asks for its panels, as Grafana does."""
    query = {"queries": [{"refId": "A", "expr": "sum(rate(orders_total[5m]))"}], "from": "now-6h"}
    request(tape, key, "POST /api/ds/query?ds_type=prometheus", query)
    tape.wait(0.1, 0.8)
    points = [[1795435122000 + at * 15000, at * 7 % 50] for at in range(200)]
    response(
        tape, "200 OK", json.dumps({"results": {"A": {"frames": points}}}).encode(), packed=True
    )


def _failing(tape: Tape, key: Key, number: int) -> None:
    request(tape, key, "DELETE /api/carts/1182")
    tape.wait(2, 5)
    response(tape, "504 Gateway Timeout", b"upstream request timeout", "text/plain")


def _pods(tape: Tape, key: Key, number: int) -> None:
    request(
        tape,
        key,
        "GET /api/v1/namespaces/shop/pods?limit=500",
        headers=("Accept: application/json",),
    )
    tape.wait(0.02, 0.2)
    pods = [
        {"metadata": {"name": f"checkout-web-{at:05x}"}, "status": {"phase": "Running"}}
        for at in range(number, number + 25)
    ]
    listed = {"kind": "PodList", "apiVersion": "v1", "items": pods}
    response(tape, "200 OK", json.dumps(listed).encode(), packed=number % 2 == 0)


def _watch(tape: Tape, key: Key, number: int) -> None:
    request(tape, key, "GET /api/v1/namespaces/shop/events?watch=true")
    events = [
        json.dumps({"type": "MODIFIED", "object": {"reason": "Killing", "count": at}}) + "\n"
        for at in range(8 + number % 20)
    ]
    response(tape, "200 OK", chunks=[event.encode() for event in events])


def _scaled(tape: Tape, key: Key, number: int) -> None:
    body = {"spec": {"replicas": 2 + number % 5}}
    request(tape, key, "PATCH /apis/apps/v1/namespaces/shop/deployments/checkout-web/scale", body)
    tape.wait(0.05, 0.2)
    response(tape, "200 OK", json.dumps({"kind": "Scale", **body}).encode())


def _secret(tape: Tape, key: Key, number: int) -> None:
    request(tape, key, "GET /api/v1/namespaces/shop/secrets/database")
    data = {"kind": "Secret", "data": {"password": "czNjcmV0LW9mLXRoZS1zaG9w"}}
    response(tape, "403 Forbidden" if number % 2 else "200 OK", json.dumps(data).encode())


def _dashboard(tape: Tape, key: Key, number: int) -> None:
    cookie = f"Cookie: grafana_session={tape.random.getrandbits(128):032x}"
    request(tape, key, "GET /api/dashboards/uid/shop-overview", headers=(cookie,))
    panels = [{"id": at, "title": f"Bestellungen {at} — 注文"} for at in range(12)]
    found = {"dashboard": {"title": "Shop overview", "panels": panels}}
    response(tape, "200 OK", json.dumps(found, ensure_ascii=False).encode(), packed=True)


def _annotated(tape: Tape, key: Key, number: int) -> None:
    body = {"text": f"deploy 3.{number} <b>done</b>", "tags": ["deploy"]}
    request(tape, key, "POST /api/annotations", body)
    response(tape, "200 OK", json.dumps({"message": "Annotation added", "id": number}).encode())


def _searched(tape: Tape, key: Key, number: int) -> None:
    """Kibana asks for many searches at once, a line each."""
    asked = {"query": {"match_phrase": {"message": f"order TW-{number:06}"}}, "size": 50}
    lines = json.dumps({"index": "logs-*"}) + "\n" + json.dumps(asked) + "\n"
    media_type = "application/x-ndjson"
    request(tape, key, "POST /_msearch?rest=1", lines.encode() * 2, media_type=media_type)
    tape.wait(0.1, 1)
    hits = [{"_source": {"message": f"order TW-{number:06} paid", "took": at}} for at in range(40)]
    found = {"responses": [{"took": 12, "hits": {"hits": hits}}] * 2}
    response(tape, "200 OK", json.dumps(found).encode(), packed=True)


_ACTS = {
    "http": (_page, _several, _refund, _query_data, _login, _picture, _failing),
    "grafana": (_dashboard, _query_data, _query_data, _annotated, _login, _picture, _failing),
    "kibana": (_searched, _login, _searched, _picture, _failing),
    "kubernetes": (_pods, _watch, _scaled, _secret),
}
