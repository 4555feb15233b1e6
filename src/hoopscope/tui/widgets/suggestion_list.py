"""The list that opens beneath a field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.tui.widgets.option_search import Option
from hoopscope.tui.widgets.signs import SIGNS, Signs
from hoopscope.untrusted import cell_width, fit, harmless

MAX_ROWS = 8
MAX_WIDTH = 46
_CHROME = 4
"""Cells of a row that are not text: the bar, the mark, the spaces around."""


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
        & > .suggestion-list--highlighted {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: $block-cursor-text-style;
        }
        & > .suggestion-list--hint { color: $text-muted; }
    }
    """

    def __init__(self, owner: Widget, pick: Callable[[Option], None], signs: Signs = SIGNS) -> None:
        super().__init__()
        self._owner = owner
        self._pick = pick
        self._signs = signs
        self._options: tuple[Option, ...] = ()
        self._rows: tuple[tuple[str, str], ...] = ()
        self._marked: frozenset[str] = frozenset()
        self._beyond = 0
        self._highlighted: int | None = None
        self._placed = (0, 0, 0)

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
        marked: Collection[str] = (),
    ) -> None:
        """Open with these options, or close when there are none.

        `total` is how many there are in all; `marked` are values drawn as chosen.
        """
        self._options = tuple(options)
        self._rows = tuple(
            (harmless(option.title, MAX_WIDTH), harmless(option.hint, MAX_WIDTH))
            for option in options
        )
        self._marked = frozenset(marked)
        self._beyond = 0 if total is None else total - len(self._options)
        self._highlighted = highlighted if self._options else None
        if not self._options:
            self.close()
            return
        widest = max(cell_width(label) + cell_width(hint) + 2 for label, hint in self._rows)
        width = min(max(widest + _CHROME, self._owner.outer_size.width), MAX_WIDTH)
        height = len(self._rows) + bool(self._beyond)
        self._place(width, height)
        self.add_class("-open")
        self.refresh()

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
        self.refresh()

    def mark(self, values: Collection[str]) -> None:
        """Draw these as chosen."""
        self._marked = frozenset(values)
        self.refresh()

    def _place(self, width: int, height: int) -> None:
        """Beneath the field where there is room, above it where there is not."""
        room = self.screen.size.height - self._owner.region.bottom
        shift = -height - self._owner.outer_size.height if height > room else 0
        if (width, height, shift) != self._placed:
            self._placed = (width, height, shift)
            self.styles.width, self.styles.height = width, height
            self.styles.offset = (0, shift)

    def render_line(self, y: int) -> Strip:
        """A row: the mark, the label, the hint."""
        width = self.size.width
        style = self.rich_style
        hint_style = style + self.get_component_rich_style("suggestion-list--hint", partial=True)
        if y >= len(self._rows):
            text = f"  {self._beyond:,} more: type on" if self._beyond else ""
            return Strip([Segment(fit(text, width), hint_style)], width)
        label, hint = self._rows[y]
        if y == self._highlighted:
            style = hint_style = self.get_component_rich_style("suggestion-list--highlighted")
        chosen = self._options[y].value in self._marked
        mark = self._signs.chosen if chosen else " "
        if y == self._highlighted and not chosen:
            mark = self._signs.right
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
        if event.y < len(self._options):
            self._pick(self._options[event.y])
