"""Bodies of HTTP messages as text: unpacked, and laid out by what they say that they are."""

from __future__ import annotations

import json
import zlib
from typing import Any, NamedTuple

from hoopscope.recordings.decoders.hex_dump import hex_lines, is_text
from hoopscope.recordings.decoders.wording import size_of

_MOST_UNPACKED = 1 << 20
_MOST_JSON = 262_144
_MOST_HEX = 1024

_LANGUAGES = (
    ("json", "json"),
    ("html", "html"),
    ("xml", "xml"),
    ("javascript", "javascript"),
    ("yaml", "yaml"),
    ("css", "css"),
)


class Body(NamedTuple):
    """A body as text, its language as pygments names it, what was left out, and JSON parsed."""

    text: str
    language: str = ""
    note: str = ""
    value: Any = None


def read_body(body: bytes, size: int, content_type: str, encoding: str) -> Body:
    """A body as people read it; of what is packed at most 1 MB is unpacked.

    Args:
        body: as it was sent, or its head.
        size: how long it was.
        content_type, encoding: of the headers, lower-case.
    """
    notes = []
    if size > len(body):
        notes.append(f"the first {size_of(len(body))} of {size_of(size)} are shown")
    content = body
    if encoding and encoding != "identity":
        unpacked = _unpacked(body, encoding)
        if unpacked is None:
            notes.append(f"packed with {encoding[:20]}, which is not unpacked here")
        else:
            content, is_whole = unpacked
            if not is_whole:
                notes.append(f"the first {size_of(len(content))} of what was packed are shown")
    note = "; ".join(notes)
    if not content:
        return Body("", "", note)
    if not is_text(content):
        if len(content) > _MOST_HEX:
            note = "; ".join([*notes, f"the first {size_of(_MOST_HEX)} are shown"])
        return Body("\n".join(hex_lines(content[:_MOST_HEX])), "", note)
    text = content.decode("utf-8", "backslashreplace")
    if ("json" in content_type or text[:1] in "{[") and len(text) <= _MOST_JSON:
        try:
            return Body(text, "json", note, json.loads(text))
        except (ValueError, RecursionError):
            pass
    language = next((name for word, name in _LANGUAGES if word in content_type), "")
    return Body(text, language, note)


def _unpacked(body: bytes, encoding: str) -> tuple[bytes, bool] | None:
    """What is in a packed body, and whether that is all; None where it cannot be unpacked."""
    if encoding in ("gzip", "x-gzip"):
        layouts = [zlib.MAX_WBITS | 16]
    elif encoding == "deflate":
        layouts = [zlib.MAX_WBITS, -zlib.MAX_WBITS]
    else:
        return None
    for layout in layouts:
        unpacker = zlib.decompressobj(layout)
        try:
            content = unpacker.decompress(body, _MOST_UNPACKED)
        except zlib.error:
            continue
        return content, unpacker.eof
    return None
