"""MySQL, SQL Server, Oracle: the text of statements, one to an event."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.raw import raw_record
from hoopscope.recordings.decoders.transactions import Transactions
from hoopscope.recordings.decoders.wording import closing, one_line
from hoopscope.recordings.marked_text import NOTHING, MarkedText
from hoopscope.recordings.record import TEXT, Record
from hoopscope.recordings.secret_patterns import has_secrets, marked

_COMMAND_BYTES = bytes(range(9))
"""What MySQL sends before the text; the gateway keeps some of it."""
_LONGEST_INLINE = 262_144
_SQL = re.compile(
    r"\b(?:select|insert|update|delete|merge|with|create|alter|drop|truncate|grant|revoke|begin"
    r"|commit|rollback|set|use|show|explain|call|exec(?:ute)?|declare|replace|start|savepoint)\b",
    re.IGNORECASE,
)


class StatementDecoder:
    """A record for each event; what does not look like SQL is text."""

    def __init__(self) -> None:
        self._transactions = Transactions()

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The record of this event."""
        if event.kind == "e":
            yield closing(number, event)
        elif event.kind == "i" and event.payload:
            yield self._statement(number, event)
        elif event.payload:
            yield raw_record(number, event)

    def settle(self) -> Iterator[Record]:
        """Nothing is held back."""
        return iter(())

    def close(self) -> Iterator[Record]:
        """Nothing is held back."""
        return iter(())

    def _statement(self, number: int, event: Event) -> Record:
        payload = event.payload.lstrip(_COMMAND_BYTES)
        text = marked(payload[:_LONGEST_INLINE].decode("utf-8", "backslashreplace"))
        is_long = len(payload) > _LONGEST_INLINE
        title = one_line(text)
        is_sql = bool(_SQL.search(text.text[:1000]))
        kind, block, fields = self._transactions.see(text.text) if is_sql else ("text", "", ())
        return Record(
            event.seconds,
            event.kind,
            number,
            number,
            kind,
            title if title.text else MarkedText("(empty)"),
            fields,
            NOTHING if is_long or title.text == text.text else text,
            TEXT if is_long else "",
            is_long and has_secrets(payload),
            language="sql" if is_sql else "",
            block=block,
        )
