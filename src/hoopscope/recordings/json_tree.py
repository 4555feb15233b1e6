"""JsonTree: a JSON document as a flat list of nodes, parents before their children."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from hoopscope.recordings.byte_source import ByteSource

OBJECT, ARRAY, STRING, OTHER = b"{", b"[", b'"', b"1"

_NONE = 0xFFFFFFFF
"""No key, no parent."""

_DIGITS = 4_000
_TOO_LONG = re.compile(b"[0-9]{%d}" % _DIGITS)

_CHECK = 2_000
"""Nodes after which it is asked whether to go on."""


class JsonTree:
    """Nodes by number, in the order of the document; memory stays flat.

    Keys that an object has twice are both there, numbers are as exact as they came, and a text
    that breaks off is there up to the break. Several documents after each other, one a line or
    not, are the items of an array that has no brackets in the text.
    """

    def __init__(self) -> None:
        self.problem = ""
        """What is wrong with the text, not harmless yet; "" for nothing."""
        self.documents = 0
        self._kinds = bytearray()
        self._ends = array("I")  # the node after the last one within
        self._parents = array("I")
        self._counts = array("I")  # of the nodes directly within
        self._places = array("I")  # among those of the same parent
        self._keys = array("I")
        self._texts = array("Q")  # where the value of a node begins
        self._content = bytearray()
        self._names: dict[str, int] = {}
        self._name_list: list[str] = []

    def __len__(self) -> int:
        return len(self._ends)

    def read(self, source: ByteSource, *, go_on: Callable[[], bool] = lambda: True) -> None:
        """Take in a text; in whatever thread. Broken JSON sets `problem` and raises nothing."""
        import ijson  # not needed before somebody looks at JSON

        try:
            self._take(ijson.basic_parse(_File(source), multiple_values=True), go_on)
        except (ijson.JSONError, ValueError, ArithmeticError) as error:  # numbers beyond reason
            problem = error.args[0] if error.args else ""
            if isinstance(problem, bytes):
                problem = problem.decode("utf-8", "replace")
            if isinstance(error, ArithmeticError):
                problem = "a number beyond all measure"
            self.problem = str(problem).partition("\n")[0] or "no JSON"
        node = len(self) - 1
        while node != _NONE and node >= 0:  # what was still open
            self._ends[node] = len(self)
            node = self._parents[node]

    def _take(self, events: Iterable[tuple[str, Any]], go_on: Callable[[], bool]) -> None:
        """The innermost of loops: a large document has a million events."""
        kinds, ends, parents, keys = self._kinds, self._ends, self._parents, self._keys
        texts, content, counts, places = self._texts, self._content, self._counts, self._places
        names, name_list = self._names, self._name_list
        parent, key, node = _NONE, _NONE, 0
        for event, value in events:
            if event == "map_key":
                known = names.get(value)
                if known is None:
                    known = names[value] = len(name_list)
                    name_list.append(value)
                key = known
                continue
            if event == "end_map" or event == "end_array":
                ends[parent] = node
                parent = parents[parent]
                continue
            texts.append(len(content))
            parents.append(parent)
            keys.append(key)
            counts.append(0)
            if parent == _NONE:
                places.append(self.documents)
                self.documents += 1
            else:
                places.append(counts[parent])
                counts[parent] += 1
            key = _NONE
            if event == "string":
                kinds += STRING
                content += value.encode("utf-8", "surrogatepass")
            elif event == "start_map":
                kinds += OBJECT
                parent = node
            elif event == "start_array":
                kinds += ARRAY
                parent = node
            else:
                kinds += OTHER
                content += _other(value).encode("ascii")
            node += 1
            ends.append(node)  # the last: others may be reading
            if node % _CHECK == 0 and not go_on():
                break

    def depth(self, node: int, most: int) -> int:
        """How many nodes it is within, as far as one has to know."""
        depth = 0
        while depth < most and (node := self._parents[node]) != _NONE:
            depth += 1
        return depth

    def is_outermost(self, node: int) -> bool:
        """Whether it is within no other."""
        return self._parents[node] == _NONE

    def count(self, node: int) -> int:
        """How many nodes are directly within it."""
        return self._counts[node]

    def end(self, node: int) -> int:
        """The node after the last one within it."""
        return self._ends[node]

    def is_container(self, node: int) -> bool:
        """Whether it is an object or an array."""
        return self._kinds[node] in b"{["

    def key(self, node: int) -> str | None:
        """Its name in its object; None in an array. Not harmless."""
        key = self._keys[node]
        return None if key == _NONE else self._name_list[key]

    def kind(self, node: int) -> bytes:
        """`OBJECT`, `ARRAY`, `STRING` or `OTHER`."""
        return bytes(self._kinds[node : node + 1])

    def text(self, node: int, limit: int | None = None) -> str:
        """A value as text, a string without its quotes; the first `limit` bytes of it."""
        begins = self._texts[node]
        ends = self._texts[node + 1] if node + 1 < len(self) else len(self._content)
        if limit is not None:
            ends = min(ends, begins + limit)
        return self._content[begins:ends].decode("utf-8", "replace")

    def children(self, node: int) -> Iterator[int]:
        """The nodes directly within a node."""
        child = node + 1
        while child < self._ends[node]:
            yield child
            child = self._ends[child]

    def parents(self, node: int) -> list[int]:
        """The nodes that a node is within, the outermost first."""
        found: list[int] = []
        while (node := self._parents[node]) != _NONE:
            found.append(node)
        return found[::-1]

    def path(self, node: int) -> str:
        """The way to a node, as jq writes it: `.review.groups[0].name`. Not harmless."""
        parts = []
        for step in [*self.parents(node), node]:
            key = self.key(step)
            if key is None:
                is_item = not self.is_outermost(step) or self.documents > 1
                parts.append(f"[{self._places[step]}]" if is_item else "")
            elif key.isidentifier() and key.isascii():
                parts.append(f".{key}")
            else:
                parts.append(f"[{json.dumps(key)}]")
        return "".join(parts) or "."

    def as_json(self, node: int, indent: str = "") -> str:
        """A node and all within as indented JSON in ASCII. Raises RecursionError."""
        kind = self.kind(node)
        if kind == STRING:
            return json.dumps(self.text(node)).replace("\x7f", "\\u007f")
        if kind == OTHER:
            return self.text(node)
        opening, closing = "{}" if kind == OBJECT else "[]"
        lines = []
        for child in self.children(node):
            key = self.key(child)
            name = "" if key is None else json.dumps(key).replace("\x7f", "\\u007f") + ": "
            lines.append(f"{indent}  {name}{self.as_json(child, indent + '  ')}")
        if not lines:
            return opening + closing
        return f"{opening}\n" + ",\n".join(lines) + f"\n{indent}{closing}"


class _File:
    """A ByteSource as a parser reads it."""

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._at = 0
        self._before = b""

    def read(self, count: int = 65_536) -> bytes:
        """At most so many bytes more. Raises ValueError for a number that crashes the parser."""
        content = self._source.read(self._at, count)
        self._at += len(content)
        # A Python integer takes so many digits; ijson goes on with the error that it gets beyond.
        if _TOO_LONG.search(self._before + content):
            raise ValueError("a number of more than 4,000 digits")
        self._before = content[-_DIGITS:]
        return content


def _other(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | Decimal) else json.dumps(value)
