"""Records as bytes: an entry of fixed size, a title, and the rest."""

from __future__ import annotations

import json
import struct
from typing import Any, NamedTuple

from hoopscope.recordings.marked_text import MarkedText, Secret
from hoopscope.recordings.record import BEGINS, ENDS, HEX, INSIDE, TEXT, Record

ENTRY = struct.Struct("<QIIdIIHBBcB")
"""Offset of the title, lengths of title and rest, moment, first, last, kind, tone, language,
direction, flags."""

_TITLE_HAS_SECRETS, _HAS_SECRETS, _IS_MASKED, _TEXT, _HEX = 1, 2, 4, 8, 16
_BLOCKS = ("", BEGINS, INSIDE, ENDS)
_BLOCK_SHIFT = 5
_ENCODING = ("utf-8", "surrogatepass")
_to_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


class Words:
    """Words that come again and again, as small numbers; from `most` on they are all the last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._numbers: dict[str, int] = {}
        self.words: list[str] = []

    def number(self, word: str) -> int:
        """The number of a word, a new one for a new word."""
        number = self._numbers.get(word)
        if number is None:
            number = min(len(self.words), self._most - 1)
            if number == len(self.words):
                self.words.append(word)
                self._numbers[word] = number
        return number


class Vocabulary:
    """The words of the records of one log."""

    def __init__(self) -> None:
        self.kinds = Words(1000)
        self.tones = Words(200)
        self.languages = Words(200)


class Head(NamedTuple):
    """What a list of records shows of one."""

    moment: float
    direction: str
    first: int
    last: int
    kind: str
    tone: str
    is_masked: bool
    block: str
    title: MarkedText


def pack(record: Record, offset: int, words: Vocabulary) -> tuple[bytes, bytes, bytes]:
    """Entry, title and rest; the title is at `offset`, the rest right behind it."""
    (
        moment, direction, first, last, kind, title, fields, body, reference, has_secrets, tone,
        language, block,
    ) = record  # fmt: skip
    flags = 0
    if title.secrets:
        flags = _TITLE_HAS_SECRETS
        head = _to_json(title).encode(*_ENCODING)
    else:
        head = title.text.encode(*_ENCODING)
    rest = b""
    if fields or body.text:
        rest = _to_json((fields, body)).encode(*_ENCODING)
    if has_secrets:
        flags |= _HAS_SECRETS | _IS_MASKED
    elif flags or (rest and record.is_masked):
        flags |= _IS_MASKED
    if reference:
        flags |= _TEXT if reference == TEXT else _HEX
    if block:
        flags |= _BLOCKS.index(block) << _BLOCK_SHIFT
    entry = ENTRY.pack(
        offset, len(head), len(rest), moment, first, last, words.kinds.number(kind),
        words.tones.number(tone), words.languages.number(language),
        direction[:1].encode("latin-1", "replace") or b"?", flags,
    )  # fmt: skip
    return entry, head, rest


def refers_to_text(entry: tuple[Any, ...]) -> bool:
    """Whether the record of an unpacked entry has its body by reference, as text."""
    return bool(entry[10] & _TEXT)


def unpack_head(entry: bytes, title: bytes, words: Vocabulary) -> Head:
    """What a list shows, of an entry and a title."""
    _, _, _, moment, first, last, kind, tone, _, direction, flags = ENTRY.unpack(entry)
    return Head(
        moment,
        direction.decode("latin-1"),
        first,
        last,
        words.kinds.words[kind],
        words.tones.words[tone],
        bool(flags & _IS_MASKED),
        _BLOCKS[flags >> _BLOCK_SHIFT],
        _title(title, flags),
    )


def unpack(entry: bytes, title: bytes, rest: bytes, words: Vocabulary) -> Record:
    """The whole record."""
    _, _, _, moment, first, last, kind, tone, language, direction, flags = ENTRY.unpack(entry)
    fields, body = json.loads(rest.decode(*_ENCODING)) if rest else ((), ("", ()))
    return Record(
        moment,
        direction.decode("latin-1"),
        first,
        last,
        words.kinds.words[kind],
        _title(title, flags),
        tuple((name, _text(*text)) for name, text in fields),
        _text(*body),
        TEXT if flags & _TEXT else HEX if flags & _HEX else "",
        bool(flags & _HAS_SECRETS),
        words.tones.words[tone],
        words.languages.words[language],
        _BLOCKS[flags >> _BLOCK_SHIFT],
    )


def _title(title: bytes, flags: int) -> MarkedText:
    if flags & _TITLE_HAS_SECRETS:
        return _text(*json.loads(title.decode(*_ENCODING)))
    return MarkedText(title.decode(*_ENCODING))


def _text(text: str, secrets: list[list[int | str]] | tuple[()]) -> MarkedText:
    return MarkedText(text, tuple(Secret(*secret) for secret in secrets))  # type: ignore[arg-type]
