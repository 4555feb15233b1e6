"""The list that opens beneath a field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.tui.widgets.option_search import Option
from hoopscope.tui.widgets.signs import ASCII_SIGNS, SIGNS, Signs
from hoopscope.untrusted import cell_width, fit, harmless

MAX_ROWS = 8
MAX_WIDTH = 46
_CHROME = 6
"""Cells of a row that are not text: the bar, the mark, the spaces around and between."""


class _Row(NamedTuple):
    mark: str
    label: str
    hint: str
    highlighted: bool


class SuggestionList(Widget):
    """Options over whatever lies beneath; its field keeps the focus and moves the highlight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "suggestion-list--highlighted",
        "suggestion-list--hint",
    }
    DEFAULT_CSS = """
    SuggestionList {
        overlay: screen;
        display: none;
        height: auto;
        background: $panel;
        border-left: outer $border;
        &.-open { display: block; }
        &.-ascii { border-left: ascii $border; }
        & > .suggestion-list--highlighted {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        & > .suggestion-list--hint { color: $text-muted; }
    }
    """

    def __init__(self, owner: Widget, pick: Callable[[Option], None], signs: Signs = SIGNS) -> None:
        super().__init__(classes="-ascii" if signs is ASCII_SIGNS else "")
        self._owner = owner
        self._pick = pick
        self._signs = signs
        self._options: tuple[Option, ...] = ()
        self._beyond = 0
        self._marked: frozenset[str] | None = None
        self._highlighted: int | None = None
        self._first = 0
        self._placed = (0, 0, 0)
        self._rows: list[_Row] = []

    @property
    def is_open(self) -> bool:
        """Whether it is on screen."""
        return self.has_class("-open")

    @property
    def highlighted(self) -> Option | None:
        """The option that enter would pick."""
        if not self.is_open or self._highlighted is None:
            return None
        return self._options[self._highlighted]

    def show(
        self,
        options: Sequence[Option],
        *,
        total: int | None = None,
        highlighted: int | None = None,
        marked: Collection[str] | None = None,
    ) -> None:
        """Open with these options, or close when there are none.

        `total` is how many there are in all; `marked` are values drawn as chosen.
        """
        self._options = tuple(options)
        if not self._options:
            self.close()
            return
        self._beyond = 0 if total is None else total - len(self._options)
        self._marked = None if marked is None else frozenset(marked)
        self._highlighted = highlighted
        self._place()
        self.add_class("-open")
        self._repaint()

    def close(self) -> None:
        """Disappear."""
        self.remove_class("-open")

    def move(self, by: int) -> None:
        """Move the highlight, round the ends."""
        count = len(self._options)
        if self._highlighted is None:
            self._highlighted = 0 if by > 0 else count - 1
        else:
            self._highlighted = (self._highlighted + by) % count
        self._repaint()

    def mark(self, values: Collection[str]) -> None:
        """Draw these as chosen."""
        self._marked = frozenset(values)
        self._repaint()

    def _place(self) -> None:
        """Beneath the field where there is room, above it where there is more."""
        widest = max(cell_width(_label(each)) + cell_width(_hint(each)) for each in self._options)
        chrome = _CHROME + (self._marked is not None)
        width = min(max(widest + chrome, self._owner.outer_size.width), MAX_WIDTH)
        below = self.screen.size.height - self._owner.region.bottom
        above = self._owner.region.y
        rows = len(self._options) + bool(self._beyond)
        height = max(1, min(rows, max(below, above)))
        shift = -height - self._owner.outer_size.height if height > below else 0
        if (width, height, shift) != self._placed:
            self._placed = (width, height, shift)
            self.styles.width, self.styles.height = width, height
            self.styles.offset = (0, shift)
            self._rows = []

    def _repaint(self) -> None:
        """Paint the rows that changed since they were painted last, no others."""
        before, self._rows = self._rows, self._visible_rows()
        if len(before) != len(self._rows):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.size.width, 1))

    def _visible_rows(self) -> list[_Row]:
        """What stands in the rows; of a list that is higher than the screen a part."""
        height = self._placed[1]
        if self._highlighted is not None:
            self._first = min(self._first, self._highlighted)
            self._first = max(self._first, self._highlighted - height + 1)
        self._first = max(0, min(self._first, len(self._options) - height))
        rows = []
        for index, option in enumerate(self._options):
            highlighted = index == self._highlighted
            mark = self._signs.right if highlighted else " "
            if self._marked is not None:
                mark += self._signs.chosen if option.value in self._marked else " "
            rows.append(_Row(mark, _label(option), _hint(option), highlighted))
        if self._beyond:
            rows.append(_Row(" ", "", f"{self._beyond:,} more: type on", False))
        return rows[self._first : self._first + height]

    def render_line(self, y: int) -> Strip:
        """A row: the mark, the label, the hint."""
        width = self.size.width
        style = self.rich_style
        if y >= len(self._rows):
            return Strip.blank(width, style)
        mark, label, hint, highlighted = self._rows[y]
        hint_style = style + self.get_component_rich_style("suggestion-list--hint", partial=True)
        if highlighted:
            style = hint_style = self.get_component_rich_style("suggestion-list--highlighted")
        left = fit(f"{mark} {label}", width, ellipsis=self._signs.ellipsis)
        room = width - cell_width(left.rstrip()) - 3
        if not hint or room < 3:
            return Strip([Segment(left, style)], width)
        right = fit(hint, min(room, cell_width(hint)), ellipsis=self._signs.ellipsis)
        left = fit(left.rstrip(), width - cell_width(right) - 1)
        return Strip([Segment(left, style), Segment(f"{right} ", hint_style)], width)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Pick with the mouse, without taking the focus."""
        event.stop()
        event.prevent_default()
        index = self._first + event.y
        if index < len(self._options):
            self._pick(self._options[index])


def _label(option: Option) -> str:
    return harmless(option.title, MAX_WIDTH)


def _hint(option: Option) -> str:
    return harmless(option.hint, MAX_WIDTH)
