"""The gateways of the settings file, one a line, each in its accent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.widgets.option_list import Option

from hoopscope.config.belonging import public_address
from hoopscope.config.profiles import Profile
from hoopscope.tui.widgets.pick_list import PickList
from hoopscope.untrusted import cell_width, harmless

_NAME = 24
"""Cells of a profile's name, at most."""


class ProfileList(PickList):
    """Begins at one of the profiles, by name, or at the first; `opened` is marked as open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "cursor_down", "down", show=False, id="profiles.go_down"),
        Binding("k", "cursor_up", "up", show=False, id="profiles.go_up"),
    ]
    DEFAULT_CSS = """
    ProfileList {
        height: auto;
        max-height: 12;
        border: none;
        background: $background;
        scrollbar-size: 0 0;
        &:focus {
            border: none;
        }
    }
    """

    def __init__(
        self,
        profiles: Sequence[Profile],
        *,
        begin_at: str = "",
        opened: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(
            *(Option(_line(profile, profile.name == opened)) for profile in profiles), id=id
        )
        self._names = [profile.name for profile in profiles]
        wanted = begin_at or opened
        self.highlighted = self._names.index(wanted) if wanted in self._names else 0

    def name_at(self, index: int) -> str:
        """The name of the profile on a line."""
        return self._names[index]


def _line(profile: Profile, is_open: bool) -> Text:
    name = harmless(profile.name, _NAME)
    text = Text(no_wrap=True, overflow="ellipsis")
    text.append("*" if is_open else " ")
    text.append(f" {name} ", _block(profile.accent))
    text.append(" " * (_NAME - cell_width(name) + 1))
    text.append("read-only  " if profile.read_only else "")
    text.append(harmless(public_address(profile.url)))
    return text


def _block(accent: str) -> Style:
    colour = accent.replace("-", "_") or None
    return Style(color=colour, bold=True, reverse=bool(colour))
