"""PostgreSQL: a client's wire messages as statements. What the server answered is not recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders import postgres_frames as frames
from hoopscope.recordings.decoders.hex_dump import preview
from hoopscope.recordings.decoders.postgres_frames import Message, PostgresFrames
from hoopscope.recordings.decoders.postgres_messages import (
    Malformed,
    read_bind,
    read_parse,
    read_startup,
    read_text,
)
from hoopscope.recordings.decoders.postgres_statements import PreparedStatements
from hoopscope.recordings.decoders.raw import raw_record
from hoopscope.recordings.decoders.transactions import Transactions
from hoopscope.recordings.decoders.wording import closing, marker_for, one_line, size_of
from hoopscope.recordings.marked_text import NOTHING, MarkedText, joined, secret
from hoopscope.recordings.record import Field, Record
from hoopscope.recordings.secret_patterns import marked

_SASL = "SCRAM-"
_REMEMBERED = 2000


class PostgresDecoder:
    """Statements with their parameters, transactions, COPY, connections coming and going."""

    def __init__(self) -> None:
        self._frames = PostgresFrames()
        self._prepared = PreparedStatements()
        self._transactions = Transactions()
        self._connections = 0
        self._copied: Message | None = None
        self._copied_bytes = self._copied_rows = 0

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The records that are whole now."""
        if event.kind == "i":
            for message in self._frames.feed(number, event):
                yield from self._records(message)
        elif event.kind == "e":
            yield from self.close()
            yield closing(number, event)
        elif event.payload:
            yield raw_record(number, event)

    def settle(self) -> Iterator[Record]:
        """What was prepared and not executed so far may be executed yet: nothing."""
        return iter(())

    def close(self) -> Iterator[Record]:
        """All that is left."""
        for message in self._frames.close():
            yield from self._records(message)
        yield from self._copy_ends("")
        for message, parse in self._prepared.left():
            yield self._statement(message, parse.sql, self._named(parse.name), "prepare")

    def _records(self, message: Message) -> Iterable[Record]:
        kind, body = message.type, message.body
        if kind == "d":
            if self._copied is None:
                self._copied = message
            self._copied_bytes += message.size
            self._copied_rows += body.count(b"\n")
            return ()
        if kind in ("c", "f"):
            return self._copy_ends("" if kind == "c" else read_text(body)[0] or "no reason given")
        if kind == "Q":
            return (self._statement(message, read_text(body)[0], ()),)
        if kind == "P":
            skipped = self._prepared.parse(message, read_parse(body))
            return [
                self._statement(other, parse.sql, self._named(parse.name), "prepare")
                for other, parse in skipped
            ]
        if kind == "B":
            return self._bind(message)
        if kind == "E":
            return (self._execute(message),)
        if kind == "p":
            return (_password(message),)
        if kind == "X":
            self._connections = max(0, self._connections - 1)
            return (_record(message, "disconnect", MarkedText("the client left")),)
        if kind in (frames.STARTUP, frames.CANCEL, frames.GARBAGE, frames.SSL, frames.GSS):
            return self._outside(message)
        # Describe, Close, Sync, Flush: how it is done, not what is done.
        return ()

    def _outside(self, message: Message) -> Iterable[Record]:
        if message.type == frames.STARTUP:
            self._connections += 1
            self._transactions.is_guess |= self._connections > 1
            words = read_startup(message.body)
            fields = tuple((name[:40], marked(value)) for name, value in words)
            known = dict(words)
            who = f"{known.get('user', '?')} on {known.get('database', known.get('user', '?'))}"
            program = known.get("application_name", "")
            title = MarkedText(f"{who} with {program}" if program else who)
            return (_record(message, "connect", title, fields),)
        if message.type == frames.CANCEL:
            return (_record(message, "cancel", MarkedText("asked to cancel a statement")),)
        if message.type == frames.GARBAGE:
            title = joined(f"no message of PostgreSQL's: {size_of(message.size)}  ",
                           preview(message.body))  # fmt: skip
            return (_record(message, "bytes", title),)
        # Asking for encryption is how nearly every connection begins.
        return ()

    def _bind(self, message: Message) -> Iterable[Record]:
        try:
            self._prepared.bind(read_bind(message.body), marker_for(message.body))
        except Malformed:
            return (_record(message, "bind", MarkedText("values that are not whole")),)
        return ()

    def _execute(self, message: Message) -> Record:
        execution = self._prepared.execute(read_text(message.body)[0])
        if execution is None:
            return _record(message, "execute", MarkedText("of something not recorded"))
        fields = (*self._named(execution.name), *execution.fields)
        begun = execution.message or message
        placed = message._replace(seconds=begun.seconds, first=min(begun.first, message.first))
        return self._statement(placed, execution.sql, fields)

    def _named(self, name: str) -> tuple[Field, ...]:
        return (("prepared as", MarkedText(name)),) if name else ()

    def _statement(
        self, message: Message, sql: str, fields: tuple[Field, ...], kind: str = ""
    ) -> Record:
        text, title = _told(sql) if len(sql) <= _REMEMBERED else _worded(sql)
        placed: tuple[Field, ...] = ()
        block = ""
        if not kind:
            kind, block, placed = self._transactions.see(sql)
        if message.size > len(message.body):
            fields = (*fields, ("note", MarkedText(f"the first of {size_of(message.size)}")))
        record = _record(
            message,
            kind,
            title if title.text else MarkedText("(empty)"),
            (*fields, *placed),
            NOTHING if title.text == sql else text,
            "sql",
        )
        return record._replace(block=block) if block else record

    def _copy_ends(self, failure: str) -> Iterable[Record]:
        message, self._copied = self._copied, None
        size, rows = self._copied_bytes, self._copied_rows
        self._copied_bytes = self._copied_rows = 0
        if message is None and not failure:
            return ()
        title = f"{rows:,} line{'s' * (rows != 1)}, {size_of(size)}"
        if failure:
            title += f", given up: {failure}"
        if message is None:
            return ()
        body = message.body[:4096].decode("utf-8", "backslashreplace")
        fields = (("note", MarkedText("the first piece is shown")),) if size > len(body) else ()
        tone = "failure" if failure else ""
        record = _record(message, "copy data", MarkedText(title), fields, marked(body))
        return (record._replace(tone=tone),)


def _worded(sql: str) -> tuple[MarkedText, MarkedText]:
    """A statement and its title."""
    text = marked(sql)
    return text, one_line(text)


_told = lru_cache(512)(_worded)
"""Programs send the same statements again and again."""


def _password(message: Message) -> Record:
    mechanism, _ = read_text(message.body)
    if mechanism.startswith(_SASL):
        title = joined(
            f"{mechanism}: ", secret(preview(message.body[len(mechanism) :]), "password")
        )
    else:
        title = secret(mechanism, "password")
    return _record(message, "password", title)


def _record(
    message: Message,
    kind: str,
    title: MarkedText,
    fields: tuple[Field, ...] = (),
    body: MarkedText = NOTHING,
    language: str = "",
) -> Record:
    return Record(
        message.seconds, "i", message.first, message.last, kind, title, fields, body,
        language=language,
    )  # fmt: skip
