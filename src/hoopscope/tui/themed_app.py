"""Textual's application in hoopscope's themes, and in the accent of the gateway that is open."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual.app import App
from textual.theme import Theme

from hoopscope.tui.theming import load_themes


class ThemedApp(App[int]):
    """Has no theme but ours; keeps them as their files have them, and shows them in the accent."""

    _has_theme = False
    _accent = ""
    _theme_folders: Sequence[Path] = ()

    def begin_with_theme(self, theme: Theme, folders: Sequence[Path], accent: str) -> None:
        """Before anything is on screen: the theme, where the others are, and the accent or ""."""
        for name in self.available_themes:
            self.unregister_theme(name)
        self._plain_themes = {theme.name: theme}
        self._theme_folders = folders
        self._accent = accent
        # What setting `theme` does, except for styling everything a second time before the first
        # paint: there is nothing yet that had another theme.
        self._has_theme = True
        self.register_theme(self._in_accent(theme))
        self.set_reactive(App.theme, theme.name)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme; none while Textual still makes its part of the application."""
        return super().get_css_variables() if self._has_theme else {}

    def wear(self, accent: str, theme: Theme | None = None) -> None:
        """Show everything in another accent from now on, and in another theme if one is given."""
        if theme is not None:
            self._plain_themes[theme.name] = theme
        if (accent, theme) == (self._accent, None):
            return
        self._accent = accent
        for plain in self._plain_themes.values():
            self.register_theme(self._in_accent(plain))
        if theme is not None and theme.name != self.theme:
            self.theme = theme.name
        else:
            self.mutate_reactive(App.theme)

    def theme_names(self) -> list[str]:
        """The names of all themes; reads their files at the first call."""
        for theme in load_themes(self._theme_folders).themes.values():
            if theme.name not in self._plain_themes:
                self._plain_themes[theme.name] = theme
                self.register_theme(self._in_accent(theme))
        return sorted(self.available_themes)

    def _in_accent(self, theme: Theme) -> Theme:
        if not self._accent:
            return theme
        from hoopscope.tui.accents import with_accent

        return with_accent(theme, self._accent)
