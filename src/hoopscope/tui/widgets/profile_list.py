"""The gateways of the settings file, one a line, each in its accent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.style import Style
from textual.theme import Theme
from textual.widgets.option_list import Option

from hoopscope.config.belonging import public_address
from hoopscope.config.profiles import Profile
from hoopscope.tui.accents import block_style
from hoopscope.tui.widgets.pick_list import PickList
from hoopscope.untrusted import cell_width, harmless

_NAME = 24
"""Cells of a profile's name, at most."""


class ProfileList(PickList):
    """Begins at one of the profiles, by name, or at the first; `opened` is marked as open.

    Args:
        theme: the one that is on, for the accents.
    """

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
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &:focus {
            border: none;
        }
    }
    """

    def __init__(
        self,
        profiles: Sequence[Profile],
        *,
        theme: Theme,
        begin_at: str = "",
        opened: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(
            *(
                Option(_line(profile, block_style(theme, profile.accent), profile.name == opened))
                for profile in profiles
            ),
            id=id,
        )
        self._names = [profile.name for profile in profiles]
        wanted = begin_at or opened
        self.highlighted = self._names.index(wanted) if wanted in self._names else 0

    def name_at(self, index: int) -> str:
        """The name of the profile on a line."""
        return self._names[index]


def _line(profile: Profile, block: Style, is_open: bool) -> Content:
    name = harmless(profile.name, _NAME)
    return Content.assemble(
        "*" if is_open else " ",
        (f" {name} ", block),
        " " * (_NAME - cell_width(name) + 1),
        "read-only  " if profile.read_only else "",
        harmless(public_address(profile.url)),
    )
