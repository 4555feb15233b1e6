"""One line of text: something at the left, something at the right, painted only when it changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.tui.widgets.lean_style import lean
from hoopscope.untrusted import cell_width

_STRONG = Style(bold=True)
_LOOKS_LIKE = {"blocked": "failure"}

Span = tuple[str, str]
"""A text and its tone: "", "strong", "muted", "failure", "blocked", "waiting", "accent", "gateway"
(a block in the accent)."""


class Line(Widget):
    """A line of spans. Their texts have to be harmless; what does not fit is cut at the left."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--muted",
        "line--failure",
        "line--waiting",
        "line--accent",
        "line--gateway",
    }
    DEFAULT_CSS = """
    Line {
        height: 1;
        & > .line--muted { color: $text-muted; }
        & > .line--failure { color: $text-error; }
        & > .line--waiting { color: $text-warning; }
        & > .line--accent { color: $text-accent; }
        & > .line--gateway { color: $text-accent; text-style: bold reverse; }
    }
    """

    def __init__(
        self, left: Sequence[Span] = (), right: Sequence[Span] = (), *, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.ellipsis = "…"
        """What stands where the left is cut; one cell."""
        self._left = tuple(left)
        self._right = tuple(right)

    @property
    def text(self) -> str:
        """What the line says, without styles and without regard to its width."""
        return " ".join("".join(text for text, _ in side) for side in (self._left, self._right))

    def show(self, left: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Say something else; only the cells that differ are painted."""
        if (tuple(left), tuple(right)) == (self._left, self._right):
            return
        before = self._signs() if self.size.width else []
        self._left, self._right = tuple(left), tuple(right)
        after = self._signs() if self.size.width else []
        differing = [
            at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]
        ]
        if differing:
            self.refresh(Region(differing[0], 0, differing[-1] + 1 - differing[0], 1))

    def render_line(self, y: int) -> Strip:
        """The line as a strip, exactly as wide as the widget."""
        base = lean(self.rich_style)
        if y:
            return Strip.blank(self.size.width, base)
        segments = []
        for tone, signs in groupby(self._signs(), key=itemgetter(1)):
            style = base + self._tone(tone) if tone else base
            segments.append(Segment("".join(sign for sign, _ in signs), style))
        return Strip(segments, self.size.width)

    def _signs(self) -> list[tuple[str, str]]:
        """A sign and its tone for each cell; the second cell of a wide sign has none."""
        width = self.size.width
        right = _cells(self._right)[:width]
        room = width - len(right)
        left = _cells(self._left)
        if len(left) > room:
            left = left[: max(0, room - 1)]
            if left and cell_width(left[-1][0]) == 2:
                left[-1] = (" ", left[-1][1])
            left += [(self.ellipsis, "")] * (room > 0)
        return [*left, *[(" ", "")] * (room - len(left)), *right]

    def _tone(self, tone: str) -> Style:
        if tone == "strong":
            return _STRONG
        name = f"line--{_LOOKS_LIKE.get(tone, tone)}"
        return self.get_component_rich_style(name, partial=True)


def _cells(spans: Sequence[Span]) -> list[tuple[str, str]]:
    cells: list[tuple[str, str]] = []
    for text, tone in spans:
        for sign in text:
            width = cell_width(sign)
            if width == 0 and cells:
                cells[-1] = (cells[-1][0] + sign, cells[-1][1])
            else:
                cells += [(sign, tone), ("", tone)][: max(1, width)]
    return cells
