"""Rows of spans drawn as strips of exactly one width, with as few styles as can be."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.sessions.facts.panel import TONES, Line
from hoopscope.tui.widgets.lean_style import lean

DETAIL_TONES = (*(tone for tone in TONES if tone), "title", "mark")
"""Every tone that has a component class, `detail--…`."""


class PanelPainter:
    """Draws rows in the styles that a widget had when the painter was made."""

    def __init__(self, widget: Widget, *, ascii_only: bool) -> None:
        self._base = base = lean(widget.rich_style)
        self._ascii_only = ascii_only
        self._styles: Mapping[str, Style] = {
            tone: base + lean(widget.get_component_rich_style(f"detail--{tone}", partial=True))
            for tone in DETAIL_TONES
        }

    def row(self, row: Line, width: int) -> Strip:
        """A row, padded or cut."""
        return Strip([self._segment(*span) for span in row]).adjust_cell_length(width, self._base)

    def marked(self, strip: Strip, mark: str, width: int) -> Strip:
        """The strip with a mark over its right end."""
        room = max(0, width - len(mark))
        return Strip.join([strip.crop(0, room), Strip([self._segment(mark, "mark")])]).crop(
            0, width
        )

    def _segment(self, text: str, tone: str) -> Segment:
        shown = in_ascii(text) if self._ascii_only else text
        return Segment(shown, self._styles.get(tone, self._base))
