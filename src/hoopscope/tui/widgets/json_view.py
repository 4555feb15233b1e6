"""JsonView: a JSON document as a tree to fold, search and copy from."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from hoopscope.recordings.byte_source import ByteSource, HeldBytes
from hoopscope.recordings.json_tree import STRING, JsonTree
from hoopscope.tui.widgets.json_rows import JsonRows, fold_signs
from hoopscope.tui.widgets.notice import EdgeReached
from hoopscope.tui.widgets.requests import (
    CopyWanted,
    ReadingWanted,
    SentenceWanted,
)
from hoopscope.tui.widgets.row_source import NoRows, TableColumn
from hoopscope.tui.widgets.searched_table import Searched, SearchedTable
from hoopscope.tui.widgets.session_table import VirtualTable
from hoopscope.tui.widgets.text_moved import TextMoved
from hoopscope.untrusted import harmless

_NOTHING_WITHIN = "There is nothing within this value."
_MOST_COPIED = 50_000
"""Nodes that are copied at most."""


class JsonView(SearchedTable):
    """Shows a document of any size, a node a row; what is large is folded at first.

    It is read in a thread. Text that is no JSON is shown up to where it is none.
    """

    BINDING_GROUP_TITLE = "JSON"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l", "open_node", "open", show=False, id="json.open_node"),
        Binding(
            "left,h", "fold_node", "fold, or to what it is in", show=False, id="json.fold_node"
        ),
        Binding("space", "toggle_node", "open or fold", show=False, id="json.toggle_node"),
        Binding("plus", "open_all", "open all", id="json.open_all"),
        Binding("minus", "fold_all", "fold all", id="json.fold_all"),
        Binding("slash", "find", "find", id="json.find"),
        Binding("n", "find_next(False)", "next match", show=False, id="json.find_next"),
        Binding("N", "find_next(True)", "previous match", show=False, id="json.find_previous"),
        Binding("y", "copy_value", "copy value", id="json.copy_value"),
        Binding("Y", "copy_path", "copy path", id="json.copy_path"),
    ]
    find_question = "find in keys and values"
    found_nowhere = "is nowhere in this document."

    def __init__(self, *, ascii_only: bool = False, id: str | None = None) -> None:
        super().__init__(ascii_only=ascii_only, id=id)
        self._signs = fold_signs(ascii_only=ascii_only)
        self._rows: JsonRows | None = None
        self._reading = 0

    @property
    def position(self) -> str:
        """The path of the node that the cursor is on, and what is wrong with the document."""
        node = self._node()
        rows = self._rows
        if node is None or rows is None:
            return ""
        problem = harmless(rows.tree.problem, 60)
        path = harmless(rows.tree.path(node), 60)
        return f"{path} · broken off: {problem}" if problem else path

    def show(self, source: ByteSource) -> None:
        """Show a document, once it has been read."""
        self._reading += 1
        self._rows = None
        self.status_line = "reading …"
        self.set_source(NoRows(), self._columns)
        self._read(source, self._reading)

    @work(exclusive=True, group="json-read")
    async def _read(self, source: ByteSource, ticket: int) -> None:
        def read() -> JsonRows:
            tree = JsonTree()
            tree.read(source, go_on=lambda: ticket == self._reading)
            return JsonRows(tree, self._signs)

        rows = await asyncio.to_thread(read)
        if ticket == self._reading:
            self.show_rows(rows)

    def show_rows(self, rows: JsonRows) -> None:
        """Show a document that has been read and folded already."""
        self._reading += 1
        self._rows = rows
        tree = rows.tree
        self.status_line = harmless(tree.problem, 200) if tree.problem or not len(tree) else ""
        self.set_source(rows, self._columns)
        self._moved()

    def _columns(self, room: int) -> list[TableColumn]:
        count = len(self._rows.tree) if self._rows is not None else 0
        title = f"{count:,} " + ("value" if count == 1 else "values") if count else ""
        return [TableColumn(title, max(1, room))]

    def action_select_row(self) -> None:
        """Open or fold a node; read a value as a whole."""
        node, rows = self._node(), self._rows
        if node is None or rows is None:
            return
        if rows.tree.is_container(node):
            self.action_toggle_node()
            return
        title = harmless(rows.tree.path(node))
        content = rows.tree.text(node).encode("utf-8", "surrogatepass")
        self.post_message(ReadingWanted(title, HeldBytes(content)))

    def action_toggle_node(self) -> None:
        """Open a folded node, or fold an open one."""
        node, rows = self._node(), self._rows
        if node is None or rows is None or rows.tree.end(node) == node + 1:
            self.post_message(EdgeReached(_NOTHING_WITHIN))
        else:
            self._fold(node, not rows.is_folded(node))

    def action_open_node(self) -> None:
        """Show what is within the node; if it is shown already, go to the first of it."""
        node, rows = self._node(), self._rows
        if node is None or rows is None or rows.tree.end(node) == node + 1:
            self.post_message(EdgeReached(_NOTHING_WITHIN))
        elif rows.is_folded(node):
            self._fold(node, False)
        else:
            self.cursor_row += 1

    def action_fold_node(self) -> None:
        """Fold the node; if there is nothing to fold, go to what it is in."""
        node, rows = self._node(), self._rows
        if node is None or rows is None:
            return
        if rows.tree.end(node) > node + 1 and not rows.is_folded(node):
            self._fold(node, True)
        elif parents := rows.tree.parents(node):
            self.move_cursor(rows.reveal(parents[-1]))
        else:
            self.post_message(EdgeReached("It is in nothing else."))

    def action_open_all(self) -> None:
        """Show all nodes."""
        if self._rows is not None:
            before = len(self._rows)
            self._rows.open_all()
            self._all_changed(before, "All is open.")

    def action_fold_all(self) -> None:
        """Fold all nodes but the outermost."""
        if self._rows is not None:
            before = len(self._rows)
            self._rows.fold_all()
            self._all_changed(before, "All is folded.")

    def _all_changed(self, before: int, otherwise: str) -> None:
        self.source_changed()
        if self._rows is not None and len(self._rows) == before:
            self.post_message(EdgeReached(otherwise))

    def _fold(self, node: int, folded: bool) -> None:
        assert self._rows is not None
        self._rows.fold(node, folded)
        self.source_changed()

    def _searched(self) -> Searched | None:
        node, rows = self._node(), self._rows
        if node is None or rows is None:
            return None
        tree = rows.tree
        return Searched(
            rows, node, len(tree), lambda place: f"{tree.key(place) or ''}: {tree.text(place)}"
        )

    def _go_to_found(self, place: int, shown: str) -> None:
        """Go to a node, opening what it is in."""
        assert self._rows is not None
        index = self._rows.reveal(place)
        self.source_changed()
        self.move_cursor(index, centre=True)
        self.post_message(SentenceWanted(""))

    def action_copy_value(self) -> None:
        """Copy the value: a string as it is, anything else as JSON."""
        node, rows = self._node(), self._rows
        if node is None or rows is None:
            return
        tree = rows.tree
        if tree.end(node) - node > _MOST_COPIED:
            self.post_message(SentenceWanted("That is too much for a clipboard."))
        elif tree.kind(node) == STRING:
            self.post_message(CopyWanted(tree.text(node), "the value"))
        else:
            try:
                self.post_message(CopyWanted(tree.as_json(node), "the value"))
            except RecursionError:
                self.post_message(SentenceWanted("That is nested too deeply to be copied."))

    def action_copy_path(self) -> None:
        """Copy the path, as jq takes it."""
        node, rows = self._node(), self._rows
        if node is not None and rows is not None:
            self.post_message(CopyWanted(rows.tree.path(node), "the path", is_line=True))

    def on_virtual_table_row_highlighted(self, event: VirtualTable.RowHighlighted) -> None:
        """The position is another one."""
        event.stop()
        self._moved()

    def _node(self) -> int | None:
        rows = self._rows
        return rows.node_at(self.cursor_row) if rows is not None and len(rows) else None

    def _moved(self) -> None:
        if self.is_running:
            self.post_message(TextMoved(self))
