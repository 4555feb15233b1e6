"""Prepared statements: what was prepared, bound and executed, put together again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hoopscope.recordings.decoders.postgres_frames import Message
from hoopscope.recordings.decoders.postgres_messages import Bind, Parse
from hoopscope.recordings.decoders.postgres_values import value_text
from hoopscope.recordings.marked_text import MarkedText, secret
from hoopscope.recordings.record import Field

Marker = Callable[[str], MarkedText]

_MOST_NAMES = 1000
_MOST_VALUES = 100
_LONGEST_SQL = 65536
_LOOKED_AT = 4000
_SECRET_PARAMETER = re.compile(
    r"(?:passw(?:or)?d|secret|token|api_?key)\w*\"?\s*(?:=|,)?\s*(?:crypt\s*\(\s*)?\$(\d+)",
    re.IGNORECASE,
)


class Execution(NamedTuple):
    """A statement as it was executed: its name, text, values, and the message that bound them."""

    name: str
    sql: str
    fields: tuple[Field, ...]
    message: Message | None


class PreparedStatements:
    """Remembers what names stand for; of several connections' the one that was prepared last."""

    def __init__(self) -> None:
        self._statements: dict[str, tuple[Message, Parse]] = {}
        self._portals: dict[str, tuple[Bind, Marker]] = {}
        self._unused: set[str] = set()

    def parse(self, message: Message, parse: Parse) -> list[tuple[Message, Parse]]:
        """Something was prepared; gives what had the name before and was never executed."""
        skipped = []
        if parse.name in self._unused:
            skipped.append(self._statements[parse.name])
        if len(parse.sql) > _LONGEST_SQL:
            parse = parse._replace(sql=parse.sql[:_LONGEST_SQL])
        kept = message._replace(body=b"", places=())
        self._statements.pop(parse.name, None)
        self._statements[parse.name] = (kept, parse)
        self._unused.add(parse.name)
        if len(self._statements) > _MOST_NAMES:
            oldest = next(iter(self._statements))
            if oldest in self._unused:
                skipped.append(self._statements[oldest])
            self._unused.discard(oldest)
            del self._statements[oldest]
        return skipped

    def bind(self, bind: Bind, mark: Marker) -> None:
        """Values were bound; `mark` marks what is secret in them."""
        self._portals.pop(bind.portal, None)
        self._portals[bind.portal] = (bind._replace(values=bind.values[:_MOST_VALUES]), mark)
        if len(self._portals) > _MOST_NAMES:
            del self._portals[next(iter(self._portals))]

    def execute(self, portal: str) -> Execution | None:
        """What is executed, None where it was not recorded."""
        bound = self._portals.get(portal)
        if bound is None:
            return None
        bind, mark = bound
        found = self._statements.get(bind.name)
        if found is None:
            sql = f"(prepared as {bind.name}, which is not recorded)" if bind.name else "(unknown)"
            return Execution(bind.name, sql, _values(bind, None, mark), None)
        message, parse = found
        fresh = bind.name in self._unused
        self._unused.discard(bind.name)
        return Execution(
            bind.name, parse.sql, _values(bind, parse, mark), message if fresh else None
        )

    def left(self) -> Iterator[tuple[Message, Parse]]:
        """What was prepared and never executed."""
        for name, found in self._statements.items():
            if name in self._unused:
                yield found
        self._unused.clear()


@lru_cache(256)
def _secret_parameters(sql: str) -> frozenset[int]:
    """The numbers of parameters that a statement takes a secret in."""
    return frozenset(int(number[:9]) for number in _SECRET_PARAMETER.findall(sql[:_LOOKED_AT]))


def _values(bind: Bind, parse: Parse | None, mark: Marker) -> tuple[Field, ...]:
    types = parse.types if parse else ()
    secrets = _secret_parameters(parse.sql) if parse else frozenset()
    fields: list[Field] = []
    for number, (value, binary) in enumerate(bind.values, 1):
        text = value_text(value, binary, types[number - 1] if number <= len(types) else 0)
        shown: MarkedText = secret(text, "password") if number in secrets else mark(text)
        fields.append((f"${number}", shown))
    return tuple(fields)
