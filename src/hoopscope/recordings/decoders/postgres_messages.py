"""The contents of messages that PostgreSQL clients send."""

from __future__ import annotations

import struct
from typing import NamedTuple

_SHORT = struct.Struct(">H")
_LENGTH = struct.Struct(">i")


class Parse(NamedTuple):
    """A statement to prepare: its name ("" for the unnamed one), text, and types where given."""

    name: str
    sql: str
    types: tuple[int, ...]


class Bind(NamedTuple):
    """Values for a prepared statement: each with whether it is in binary; None is NULL."""

    portal: str
    name: str
    values: tuple[tuple[bytes | None, bool], ...]


class Malformed(Exception):
    """A message does not hold what its type says."""


def read_text(body: bytes, at: int = 0) -> tuple[str, int]:
    """A text that ends in a zero byte (or with the body), and where the next thing begins."""
    end = body.find(b"\0", at)
    if end < 0:
        end = len(body)
    return body[at:end].decode("utf-8", "backslashreplace"), end + 1


def read_startup(body: bytes) -> list[tuple[str, str]]:
    """The parameters that a client begins with."""
    words = body.rstrip(b"\0").split(b"\0")
    texts = [word.decode("utf-8", "backslashreplace") for word in words]
    return list(zip(texts[::2], texts[1::2], strict=False))


def read_parse(body: bytes) -> Parse:
    """A Parse message; types are left out where the message was cut."""
    name, at = read_text(body)
    sql, at = read_text(body, at)
    types: tuple[int, ...] = ()
    if at + 2 <= len(body):
        (count,) = _SHORT.unpack_from(body, at)
        if at + 2 + 4 * count <= len(body):
            types = struct.unpack_from(f">{count}I", body, at + 2)
    return Parse(name, sql, types)


def read_bind(body: bytes) -> Bind:
    """A Bind message. Raises Malformed."""
    portal, at = read_text(body)
    name, at = read_text(body, at)
    try:
        (count,) = _SHORT.unpack_from(body, at)
        formats = struct.unpack_from(f">{count}H", body, at + 2)
        at += 2 + 2 * count
        (count,) = _SHORT.unpack_from(body, at)
        at += 2
        values: list[tuple[bytes | None, bool]] = []
        for index in range(count):
            (length,) = _LENGTH.unpack_from(body, at)
            at += 4
            binary = formats[index if len(formats) > 1 else 0] == 1 if formats else False
            if length < 0:
                values.append((None, binary))
                continue
            if at + length > len(body):
                raise Malformed
            values.append((body[at : at + length], binary))
            at += length
    except (struct.error, IndexError) as error:
        raise Malformed from error
    return Bind(portal, name, tuple(values))
