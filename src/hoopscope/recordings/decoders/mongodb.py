"""MongoDB: commands out of lines of extended JSON. What the server answered is not recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.raw import raw_record
from hoopscope.recordings.decoders.wording import TITLE, closing, marker_for
from hoopscope.recordings.marked_text import NOTHING, MarkedText, joined
from hoopscope.recordings.record import TEXT, Field, Record
from hoopscope.recordings.secret_patterns import has_secrets, marked

_HANDSHAKES = frozenset(
    ("hello", "ismaster", "ping", "buildinfo", "saslstart", "saslcontinue", "endsessions",
     "authenticate", "logout", "getnonce", "connectionstatus")
)  # fmt: skip
_TOLD = ("filter", "query", "q", "pipeline", "documents", "updates", "deletes", "update", "key",
         "sort", "projection", "limit", "skip", "indexes", "cursor", "batchSize")  # fmt: skip
_LONGEST_PARSED = 1 << 20
_to_json = json.JSONEncoder(ensure_ascii=False).encode
_FIELD = 1000


class MongoDecoder:
    """A record for each command; handshakes that follow on each other are one record."""

    def __init__(self) -> None:
        self._folded: Record | None = None
        self._count = 0
        self._words: dict[str, int] = {}

    def feed(self, number: int, event: Event) -> Iterator[Record]:
        """The records that are whole now."""
        if event.kind == "i":
            yield from self._command(number, event)
            return
        yield from self.settle()
        if event.kind == "e":
            yield closing(number, event)
        elif event.payload:
            yield raw_record(number, event)

    def settle(self) -> Iterator[Record]:
        """The handshakes so far."""
        record, self._folded = self._folded, None
        if record is not None:
            words = ", ".join(
                f"{word} ({count})" if count > 1 else word for word, count in self._words.items()
            )
            self._words = {}
            yield record._replace(title=MarkedText(words))

    def close(self) -> Iterator[Record]:
        """All that is left."""
        return self.settle()

    def _command(self, number: int, event: Event) -> Iterator[Record]:
        documents = _documents(event.payload)
        if not documents:
            yield from self.settle()
            yield raw_record(number, event)
            return
        command, *others = documents
        word = next(iter(command))
        if word.lower() in _HANDSHAKES:
            self._fold(number, event, word, command)
            return
        yield from self.settle()
        yield _record(number, event, word, command, others)

    def _fold(self, number: int, event: Event, word: str, command: dict[str, Any]) -> None:
        if self._folded is None:
            self._folded = Record(
                event.seconds, "i", number, number, "handshake", NOTHING, (), NOTHING, TEXT,
                has_secrets(event.payload), language="json",
            )  # fmt: skip
        else:
            hides = self._folded.has_secrets or has_secrets(event.payload)
            self._folded = self._folded._replace(last=number, has_secrets=hides)
        if word in self._words or len(self._words) < 20:
            self._words[word] = self._words.get(word, 0) + 1


def _record(
    number: int, event: Event, word: str, command: dict[str, Any], others: list[dict[str, Any]]
) -> Record:
    mark = marker_for(event.payload)
    target = command[word]
    database = command.get("$db", "")
    where = [part for part in (database, target) if isinstance(part, str) and part]
    fields: list[Field] = [("command", MarkedText(word))]
    if isinstance(database, str) and database:
        fields.append(("database", MarkedText(database)))
    if isinstance(target, str):
        fields.append(("collection", MarkedText(target)))
    told = ""
    name = next((name for name in _TOLD if name in command and name != word), "")
    if name:
        # The others are in the body, which is all of it.
        told = _to_json(command[name])
        fields.append((name, mark(told[:_FIELD])))
    if others:
        told = told or _to_json(others[0])
        fields.append(("documents", MarkedText(f"{len(others)}")))
    title = joined(f"{word} {'.'.join(where)} ", mark(told[:TITLE]))
    return Record(
        event.seconds,
        "i",
        number,
        number,
        "command",
        title,
        tuple(fields),
        reference=TEXT,
        has_secrets=mark is marked,
        tone="notice" if word.lower() in ("drop", "dropdatabase", "dropindexes") else "",
        language="json",
    )


def _documents(payload: bytes) -> list[dict[str, Any]]:
    """The documents of an event: the command first; none where it is something else."""
    documents = []
    for line in payload.splitlines()[:1000]:
        if not line.strip() or len(line) > _LONGEST_PARSED:
            continue
        try:
            document = json.loads(line)
        except (ValueError, RecursionError):
            return []
        if not isinstance(document, dict) or not document:
            return []
        documents.append(document)
    return documents
