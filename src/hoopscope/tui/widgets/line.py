"""One line of text: something at the left, something at the right, painted only when it changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

Span = tuple[str, str]
"""A text and its tone: "", "strong", "muted", "failure", "blocked", "waiting", "accent"."""


class Line(Widget):
    """A line of spans. Their texts have to be harmless; what does not fit is cut at the left."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--strong",
        "line--muted",
        "line--failure",
        "line--blocked",
        "line--waiting",
        "line--accent",
    }
    DEFAULT_CSS = """
    Line {
        height: 1;
        & > .line--strong { text-style: bold; }
        & > .line--muted { color: $text-muted; }
        & > .line--failure { color: $text-error; }
        & > .line--blocked { color: $text-error; }
        & > .line--waiting { color: $text-warning; }
        & > .line--accent { color: $text-accent; }
    }
    """

    def __init__(
        self, left: Sequence[Span] = (), right: Sequence[Span] = (), *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._left = tuple(left)
        self._right = tuple(right)

    @property
    def text(self) -> str:
        """What the line says, without styles and without regard to its width."""
        return " ".join("".join(text for text, _ in side) for side in (self._left, self._right))

    def show(self, left: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Say something else; the same again repaints nothing."""
        if (tuple(left), tuple(right)) != (self._left, self._right):
            self._left, self._right = tuple(left), tuple(right)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line as a strip, exactly as wide as the widget."""
        width = self.size.width
        base = self.rich_style
        if y:
            return Strip.blank(width, base)
        right = self._segments(self._right, base)
        room = max(0, width - sum(segment.cell_length for segment in right))
        left = Strip(self._segments(self._left, base))
        if left.cell_length > room:
            left = left.crop(0, max(0, room - 1)).extend_cell_length(max(0, room - 1), base)
            left = Strip([*left, Segment("…", base)])
        return Strip.join([left.extend_cell_length(room, base), Strip(right)]).crop(0, width)

    def _segments(self, spans: Sequence[Span], base: Style) -> list[Segment]:
        return [
            Segment(text, base + self._tone(tone) if tone else base) for text, tone in spans if text
        ]

    def _tone(self, tone: str) -> Style:
        return self.get_component_rich_style(f"line--{tone}", partial=True)
