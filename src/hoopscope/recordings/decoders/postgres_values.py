"""Values that PostgreSQL clients bind to parameters, as text."""

from __future__ import annotations

import struct
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

_LONGEST = 4000
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_DAY = date(2000, 1, 1)


def _number(layout: str) -> Callable[[bytes], str]:
    def read(value: bytes) -> str:
        return str(struct.unpack(layout, value)[0])

    return read


def _moment(value: bytes) -> str:
    moment = _EPOCH + timedelta(microseconds=struct.unpack(">q", value)[0])
    return moment.replace(tzinfo=None).isoformat(" ")


def _date(value: bytes) -> str:
    return (_DAY + timedelta(days=struct.unpack(">i", value)[0])).isoformat()


def _text(value: bytes) -> str:
    return repr(value.decode("utf-8"))


_BINARY: dict[int, Callable[[bytes], str]] = {
    16: lambda value: "true" if value != b"\0" else "false",
    18: _text,
    19: _text,
    20: _number(">q"),
    21: _number(">h"),
    23: _number(">i"),
    25: _text,
    26: _number(">I"),
    114: _text,
    700: _number(">f"),
    701: _number(">d"),
    1042: _text,
    1043: _text,
    1082: _date,
    1114: _moment,
    1184: lambda value: _moment(value) + "+00",
    2950: lambda value: str(uuid.UUID(bytes=value)),
    3802: lambda value: _text(value[1:]),
}
"""By the number that PostgreSQL's catalogue has for a type."""


def value_text(value: bytes | None, is_binary: bool, type_oid: int) -> str:
    """A bound value as text: NULL, 'quoted', a number, or `0x…` where its type is not known."""
    if value is None:
        return "NULL"
    if not is_binary:
        return "'" + value[:_LONGEST].decode("utf-8", "backslashreplace") + "'"
    read = _BINARY.get(type_oid)
    if read is not None:
        try:
            return read(value[:_LONGEST])
        except (struct.error, ValueError, OverflowError):
            pass
    shown = "0x" + value[: _LONGEST // 2].hex()
    if len(value) in (2, 4, 8):
        return f"{shown} ({int.from_bytes(value, 'big', signed=True)} if it is a number)"
    return shown
