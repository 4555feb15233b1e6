"""OutputView: what a session printed: as text, as tables where it is that, as JSON where it is."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from hoopscope.recordings.byte_source import ByteSource, HeldBytes
from hoopscope.recordings.json_tree import JsonTree
from hoopscope.recordings.tables import Tables, find_tables
from hoopscope.tui.key_names import hints_of
from hoopscope.tui.widgets.json_rows import JsonRows, fold_signs
from hoopscope.tui.widgets.json_view import JsonView
from hoopscope.tui.widgets.requests import SentenceWanted
from hoopscope.tui.widgets.result_rows import ResultRows
from hoopscope.tui.widgets.result_table import ResultTable
from hoopscope.tui.widgets.text_moved import TextMoved
from hoopscope.tui.widgets.text_pager import MomentOf
from hoopscope.tui.widgets.text_view import TextView

_SOON = 8_000_000
"""Bytes of an output that is only shown once it is known how; a larger one is text at first."""

_GLANCE = 1.5
"""Seconds within which an output that comes late may still be shown another way by itself."""

_LARGEST_JSON = 32_000_000


class _Understood(NamedTuple):
    """What an output was found to be."""

    tables: Tables
    first: ResultRows | None
    document: JsonRows | None


class OutputView(Container):
    """Shows an output in one of up to three ways; a key goes from one to the next.

    A complete output that is tables and hardly anything else is shown as tables, one that is a JSON
    document as that, any other as text, also one with a document a line. The text is always there.

    Args:
        empty: what is said, harmless, where there is no output.
        ascii_only: draw only signs that any terminal has.
    """

    BINDING_GROUP_TITLE = "Output"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "next_way", "text or table", id="output.show_other_way"),
    ]
    DEFAULT_CSS = """
    OutputView {
        width: 1fr;
        height: 1fr;
        & > ResultTable { height: 1fr; }
        & > JsonView { height: 1fr; }
    }
    """

    def __init__(
        self,
        *,
        empty: str = "nothing",
        ascii_only: bool = False,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.text = TextView(empty=empty, ascii_only=ascii_only)
        """The output as text."""
        self._ascii_only = ascii_only
        self._table: ResultTable | None = None
        self._json: JsonView | None = None
        self._understood: _Understood | None = None
        self._shown: Widget = self.text
        self._at_end = False
        self._empty = empty
        self._shown_at = 0.0
        self._reading = 0

    def compose(self) -> ComposeResult:
        """The text; the others come when there is something for them."""
        yield self.text

    @property
    def shown(self) -> Widget:
        """The way in which the output is shown: a TextView, a ResultTable or a JsonView."""
        return self._shown

    @property
    def position(self) -> str:
        """Where in the output one is, and what else it can be shown as; not all signs are ASCII."""
        position = str(getattr(self._shown, "position", ""))
        names = [name for name, way in self._ways() if way is not self._shown]
        others = ""
        if names:
            others = hints_of(self)("output.show_other_way", " or ".join(names))
        return " · ".join(part for part in (position, others) if part)

    def show(
        self,
        source: ByteSource,
        *,
        marks: Sequence[str] = (),
        moment_of: MomentOf | None = None,
        at_end: bool = False,
        complete: bool = True,
    ) -> None:
        """Show an output; see `TextView.show`."""
        self._reading += 1
        self._at_end = at_end
        self._understood = None
        self._shown_at = time.monotonic()
        self._switch_to(self.text)
        is_soon = complete and not at_end and 0 < source.size() <= _SOON
        self.text.empty = "" if is_soon else self._empty
        if is_soon:
            # Nothing is painted in between that would be another way a moment later.
            self.text.show(HeldBytes(b""))
            self._understand(source, self._reading, (marks, moment_of))
            return
        self.text.show(source, marks=marks, moment_of=moment_of, at_end=at_end, complete=complete)
        if complete:
            self._understand(source, self._reading)

    def grew(self, complete: bool = False) -> None:
        """Take in output that came at the end since."""
        was_complete = self.text.is_complete
        self.text.grew(complete)
        if complete and not was_complete:
            self._understand(self.text.source, self._reading)

    def focus(self, scroll_visible: bool = True) -> OutputView:
        """Give the focus to what shows the output."""
        self._shown.focus(scroll_visible)
        return self

    def action_next_way(self) -> None:
        """Show the output in the next way that it can be shown in."""
        ways = [way for _, way in self._ways()]
        if len(ways) < 2:
            why = "" if self.text.is_complete else " so far"
            self.post_message(SentenceWanted(f"The output is text, and nothing else{why}."))
            return
        following = ways[(ways.index(self._shown) + 1) % len(ways)]
        self._switch_to(following)
        following.focus()

    @work(exclusive=True, group="output-understand")
    async def _understand(
        self,
        source: ByteSource,
        ticket: int,
        shown_after: tuple[Sequence[str], MomentOf | None] | None = None,
    ) -> None:
        """Find out in a thread what the output is."""

        def look() -> _Understood:
            tree = None
            if source.size() <= _LARGEST_JSON and source.read(0, 64).lstrip()[:1] in (b"{", b"["):
                tree = JsonTree()
                tree.read(source, go_on=lambda: ticket == self._reading)
                if tree.problem:
                    tree = None
            if tree is not None:
                document = JsonRows(tree, fold_signs(ascii_only=self._ascii_only))
                return _Understood(Tables(), None, document)
            tables = find_tables(source)
            first = ResultRows(tables.found[0]) if tables.found else None
            return _Understood(tables, first, None)

        understood = await asyncio.to_thread(look)
        if ticket != self._reading:
            return
        self._understood = understood
        if understood.tables.found and self._table is None:
            self._table = ResultTable(ascii_only=self._ascii_only)
            self._table.display = False
            await self.mount(self._table)
        if understood.document is not None and self._json is None:
            self._json = JsonView(ascii_only=self._ascii_only)
            self._json.display = False
            await self.mount(self._json)
        if self._table is not None and understood.first is not None:
            self._table.show_tables(understood.tables.found, understood.first)
        if self._json is not None and understood.document is not None:
            self._json.show_rows(understood.document)
        if shown_after is not None:
            marks, moment_of = shown_after
            self.text.empty = self._empty
            self.text.show(source, marks=marks, moment_of=moment_of)
        if shown_after is not None or self._was_just_opened():
            self._show_best(understood)
        self.post_message(TextMoved(self))

    def _was_just_opened(self) -> bool:
        """Whether nobody can have begun to read yet."""
        is_new = time.monotonic() - self._shown_at < _GLANCE
        return is_new and not self._at_end and self._shown is self.text and self.text.is_untouched

    def _show_best(self, understood: _Understood) -> None:
        had_focus = self._shown.has_focus
        document = understood.document
        is_one = document is not None and document.tree.documents == 1
        if is_one and self._json is not None:
            self._switch_to(self._json)
        elif understood.tables.is_sure and self._table is not None:
            self._switch_to(self._table)
        if had_focus:
            self._shown.focus()

    def _ways(self) -> list[tuple[str, Widget]]:
        ways: list[tuple[str, Widget]] = [("text", self.text)]
        understood = self._understood
        if understood is not None and understood.tables.found and self._table is not None:
            ways.append(("table", self._table))
        if understood is not None and understood.document is not None and self._json is not None:
            ways.append(("JSON", self._json))
        return ways

    def _switch_to(self, way: Widget) -> None:
        self._shown = way
        for widget in (self.text, self._table, self._json):
            if widget is not None:
                widget.display = widget is way
        if self.is_running:
            self.post_message(TextMoved(self))

    def on_text_moved(self, event: TextMoved) -> None:
        """What shows the output says that it moved; whoever is around hears it of the output."""
        if event.view is not self:
            event.stop()
            self.post_message(TextMoved(self))
