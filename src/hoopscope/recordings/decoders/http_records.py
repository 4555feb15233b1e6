"""HTTP messages as records."""

from __future__ import annotations

from hoopscope.recordings.decoders.http_bodies import Body, read_body
from hoopscope.recordings.decoders.http_messages import HttpMessage
from hoopscope.recordings.decoders.http_pairs import Answered
from hoopscope.recordings.decoders.json_rpc import rpc_title
from hoopscope.recordings.decoders.wording import marker_for, size_of, title_of
from hoopscope.recordings.marked_text import MarkedText, joined, secret
from hoopscope.recordings.record import Field, Record
from hoopscope.recordings.secret_patterns import marked

_SECRET_HEADERS = {
    "authorization": "authorization",
    "proxy-authorization": "authorization",
    "x-hoop-upstream-authorization": "authorization",
    "cookie": "cookie",
    "set-cookie": "cookie",
    "x-api-key": "api key",
    "api-key": "api key",
    "x-auth-token": "token",
    "x-amz-security-token": "token",
    "x-vault-token": "token",
    "x-csrf-token": "token",
    "x-xsrf-token": "token",
    "private-token": "token",
    "x-goog-api-key": "api key",
}


def request_record(message: HttpMessage, name: str) -> Record:
    """The record of a request; `name` is what responses call it."""
    target = marked(message.target.decode("utf-8", "backslashreplace"))
    body = _body(message)
    kind, extra, tone = _said(body, "request")
    fields = [("request", MarkedText(name)), *_fields(message, body)]
    title = joined(f"{message.method} ", target.cut(2000), "  " if extra.text else "", extra)
    return _record(message, "i", kind, title, fields, body, tone)


def response_record(message: HttpMessage, answered: Answered) -> Record:
    """The record of a response, which may answer one of several requests."""
    body = _body(message)
    kind, extra, tone = _said(body, "response")
    reason = message.reason.decode("latin-1")[:100]
    parts: list[MarkedText | str] = [f"{message.status} {reason}".rstrip()]
    if extra.text:
        parts.append(extra)
    elif content_type := message.header(b"content-type").partition(";")[0]:
        parts.append(content_type)
    parts.append("a stream" if message.is_streamed else size_of(message.size))
    if answered.is_sure and len(answered.names) == 1:
        parts.append(f"to {answered.names[0]}")
    fields = [("answers", MarkedText(_answers(answered))), *_fields(message, body)]
    if message.status >= 500:
        tone = "failure"
    elif message.status in (401, 403):
        tone = tone or "blocked"
    elif message.status >= 400:
        tone = tone or "notice"
    title = joined(parts[0], *[text for part in parts[1:] for text in (", ", part)])
    return _record(message, "o", kind, title, fields, body, tone)


def piece_record(number: int, seconds: float, piece: bytes) -> Record:
    """The record of a piece of a response that is a stream of events."""
    text = piece[:262_144].decode("utf-8", "backslashreplace")
    title = title_of(text.strip())
    return Record(seconds, "o", number, number, "event", title, (), marked(text))


def _answers(answered: Answered) -> str:
    if not answered.names:
        return "no request that was recorded"
    if answered.is_sure:
        return answered.names[0]
    if len(answered.names) == 1:
        return f"probably {answered.names[0]}; several were under way before"
    return f"one of {', '.join(answered.names)}: several were under way, nothing tells which"


def _fields(message: HttpMessage, body: Body) -> list[Field]:
    fields: list[Field] = []
    mark = marker_for(b"\n".join(value for _, value in message.headers))
    for name, value in message.headers:
        known = name.decode("latin-1")[:100]
        text = value.decode("utf-8", "backslashreplace")
        what = _SECRET_HEADERS.get(known.lower())
        fields.append((known, secret(text, what) if what else mark(text)))
    if not message.is_whole and not message.is_streamed:
        fields.append(("note", MarkedText("is not whole: more was announced than recorded")))
    if message.is_doubtful:
        doubt = "several were under way: parts of the body may belong to another"
        fields.append(("note", MarkedText(doubt)))
    if body.note:
        fields.append(("body", MarkedText(body.note)))
    return fields


def _body(message: HttpMessage) -> Body:
    if not message.body:
        return Body("")
    return read_body(
        bytes(message.body),
        message.size,
        message.header(b"content-type"),
        message.header(b"content-encoding"),
    )


def _said(body: Body, kind: str) -> tuple[str, MarkedText, str]:
    """Kind, what a title adds, and tone, of a message that may carry a remote procedure call."""
    found = rpc_title(body.value)
    if found is None:
        return kind, MarkedText(""), ""
    return found.kind or kind, found.title, found.tone


def _record(
    message: HttpMessage,
    direction: str,
    kind: str,
    title: MarkedText,
    fields: list[Field],
    body: Body,
    tone: str,
) -> Record:
    return Record(
        message.seconds,
        direction,
        message.first,
        message.last,
        kind,
        title,
        tuple(fields),
        marked(body.text),
        tone=tone,
        language=body.language,
    )
