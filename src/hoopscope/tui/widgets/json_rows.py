"""Rows of a JSON document as a virtual table draws them: those that are folded away are none."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from hoopscope.recordings.json_tree import OBJECT, STRING, JsonTree
from hoopscope.tui.widgets.row_source import TableRow
from hoopscope.untrusted import harmless

_FOLDED_FROM = 40
"""Nodes within a node from which on it is folded at first."""

_PREVIEWED = 8
"""Values within a folded node that are looked at for what is said of it."""

_INDENT = 2
_DEEPEST = 16
_LONGEST = 2_000
"""Bytes of a value that can be in sight."""


def fold_signs(*, ascii_only: bool) -> tuple[str, str]:
    """What stands before a folded node and before an open one, one cell each."""
    return ("+", "-") if ascii_only else ("▸", "▾")


class JsonRows:
    """A row source on the nodes of a document that are not within a folded one.

    Args:
        tree: the document.
        signs: what stands before a folded node and before an open one, one cell each.
    """

    def __init__(self, tree: JsonTree, signs: tuple[str, str]) -> None:
        self.tree = tree
        self._signs = signs
        self._folded: set[int] = set()
        self._nodes = array("I")
        self.fold_all(larger_than=_FOLDED_FROM)

    def __len__(self) -> int:
        return len(self._nodes)

    def node_at(self, index: int) -> int:
        """The node of a row. Raises IndexError."""
        return self._nodes[index]

    def is_folded(self, node: int) -> bool:
        """Whether what is within a node has no rows."""
        return node in self._folded

    def fold(self, node: int, folded: bool) -> None:
        """Show what is within a node, or not."""
        (self._folded.add if folded else self._folded.discard)(node)
        self._settle()

    def fold_all(self, *, larger_than: int = 0) -> None:
        """Fold all nodes that have more within, but for the outermost one."""
        tree = self.tree
        self._folded = {node for node in range(len(tree)) if self._is_large(node, larger_than)}
        self._settle()

    def open_all(self) -> None:
        """Show all nodes."""
        self._folded.clear()
        self._settle()

    def reveal(self, node: int) -> int:
        """Open whatever a node is within; gives the index of its row."""
        self._folded.difference_update(self.tree.parents(node))
        self._settle()
        return bisect_left(self._nodes, node)

    def rows(self, first: int, count: int) -> Sequence[TableRow]:
        """At most `count` rows from index `first` on."""
        nodes = self._nodes[first : first + count]
        return [TableRow(str(node), (self.line(node),)) for node in nodes]

    def index_of(self, key: str) -> int | None:
        """Where a node's row is; that of what it is folded within, where it has none."""
        node = int(key)
        index = bisect_left(self._nodes, node)
        if index < len(self._nodes) and self._nodes[index] == node:
            return index
        return index - 1 if index else None

    def line(self, node: int) -> str:
        """A node as it is shown: harmless."""
        tree = self.tree
        key = tree.key(node)
        name = "" if key is None else f"{harmless(key, 120)}: "
        indent = " " * (_INDENT * tree.depth(node, _DEEPEST))
        if not tree.is_container(node):
            return f"{indent}  {name}{self._value(node, _LONGEST)}"
        size = f"{tree.count(node):,}" if tree.count(node) else ""
        brackets = f"{{{size}}}" if tree.kind(node) == OBJECT else f"[{size}]"
        is_folded = node in self._folded
        sign = " " if tree.end(node) == node + 1 else self._signs[not is_folded]
        preview = self._preview(node) if is_folded else ""
        return f"{indent}{sign} {name}{brackets}{preview}"

    def _is_large(self, node: int, larger_than: int) -> bool:
        tree = self.tree
        within = tree.end(node) - node - 1
        if tree.is_outermost(node):
            # One of many documents is folded like any other node.
            return within > 0 and tree.documents > 1
        return within > larger_than

    def _preview(self, node: int) -> str:
        """The first plain values within a folded node, on one line."""
        tree = self.tree
        parts = []
        for child in islice(tree.children(node), _PREVIEWED):
            if not tree.is_container(child):
                key = tree.key(child)
                value = self._value(child, 40)
                parts.append(value if key is None else f"{harmless(key, 20)}: {value}")
        return "  " + ", ".join(parts) if parts else ""

    def _value(self, node: int, limit: int) -> str:
        value = self.tree.text(node, limit)
        if self.tree.kind(node) == STRING:
            value = json.dumps(value, ensure_ascii=False)
        return harmless(value)

    def _settle(self) -> None:
        nodes = array("I")
        at = 0
        for node in sorted(self._folded):
            if node >= at:
                nodes.extend(range(at, node + 1))
                at = self.tree.end(node)
        nodes.extend(range(at, len(self.tree)))
        self._nodes = nodes
