"""A one-line input that draws its own label: the text fields of the sidebar."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Input

from hoopscope.untrusted import fit, harmless

_NO_LINE = Style(underline=False)
LABEL_WIDTH = 10
LONGEST = 1_000
"""Characters in a field: what a query takes, at most."""


class FieldInput(Input):
    """An `Input` without a box and without blinking; what is pasted into it becomes harmless.

    Its label stands above it, or before it with `inline`, and is no widget of its own: a form of
    such fields mounts in half of the time.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"field-input--label", "field-input--problem"}
    DEFAULT_CSS = """
    FieldInput {
        border: none;
        border-top: blank;
        height: 2;
        padding: 0 1;
        background: $panel;
        & > .field-input--label { color: $text-muted; background: $background; }
        & > .field-input--problem { color: $text-error; background: $background; }
        &:focus { border: none; border-top: blank; background-tint: $foreground 10%; }
        &.-inline { border-top: none; height: 1; padding: 0 0 0 10; }
        &.-bare { border-top: none; height: 1; }
        &.-inline:focus, &.-bare:focus { border-top: none; }
        &:ansi, &:nocolor { text-style: underline; }
    }
    """

    def __init__(self, label: str = "", *, inline: bool = False, placeholder: str = "") -> None:
        layout = "-inline" if inline else "" if label else "-bare"
        super().__init__(placeholder=placeholder, classes=layout, max_length=LONGEST)
        self.cursor_blink = False
        self.label = label
        self._inline = inline
        self._given = ""

    @property
    def meaning(self) -> str:
        """What is meant: a text that was given, even where it is shown differently, or typed."""
        return self._given if self.value == harmless(self._given) else self.value.strip()

    def validate_value(self, value: str) -> str:
        """A pasted escape sequence is shown, not obeyed."""
        return harmless(value)

    def set_text(self, text: str) -> None:
        """Show a text without saying that it changed."""
        self._given = text
        with self.prevent(Input.Changed):
            self.value = text

    def render_line(self, y: int) -> Strip:
        """The text, exactly as wide as the field."""
        style = self.rich_style
        return super().render_line(y).adjust_cell_length(self.content_region.width, style)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the whole widget, with the label over its first border or padding."""
        strips = super().render_lines(crop)
        if self.label and crop.y == 0 and strips:
            width = LABEL_WIDTH if self._inline else self.outer_size.width
            end = max(0, width - crop.x)
            label = self._label_strip(width).crop(crop.x, min(width, crop.right))
            strips[0] = Strip.join([label, strips[0].crop(end)])
        return strips

    def _label_strip(self, width: int) -> Strip:
        problem = self.has_class("-problem")
        style = self.get_component_rich_style(
            "field-input--problem" if problem else "field-input--label"
        )
        text = f" {self.label}{' !' if problem else ''}"
        strip = Strip([Segment(fit(text, width), style + _NO_LINE)], width)
        # Textual has filtered the other lines already.
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, self.background_colors[1])
        return strip
