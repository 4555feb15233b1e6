"""PickList: an option list whose cursor is seen on terminals without colours too."""

from __future__ import annotations

from dataclasses import replace

from textual import _widget_navigation
from textual.style import Style
from textual.widgets import OptionList

_CURSOR = "option-list--option-highlighted"


class PickList(OptionList):
    """An option list that draws its cursor reversed where the theme says so."""

    def _move_page(self, direction: _widget_navigation.Direction) -> None:
        # A key that was typed ahead finds a list that has no place on the screen yet, and Textual
        # looks there for the line of the cursor.
        if self.size:
            super()._move_page(direction)

    def get_visual_style(self, *component_classes: str, partial: bool = False) -> Style:
        """The style of some components; Textual leaves `reverse` out of it."""
        style = super().get_visual_style(*component_classes, partial=partial)
        if _CURSOR in component_classes and self.get_component_styles(_CURSOR).text_style.reverse:
            return replace(style, reverse=True)
        return style
