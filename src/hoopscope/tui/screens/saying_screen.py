"""SayingScreen: a screen with a line for sentences, some of which the next key takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.screen import Screen

from hoopscope.tui.messages import SettingsDoubted
from hoopscope.tui.widgets.notice import EdgeReached, Notice

if TYPE_CHECKING:
    from hoopscope.tui.app import HoopscopeApp


class SayingScreen(Screen[None]):
    """Says what its widgets come to the end of, for as long as nothing else is pressed."""

    @property
    def notice(self) -> Notice:
        """The line, which need not be on screen yet."""
        raise NotImplementedError

    def say_in_passing(self, text: str) -> None:
        """Say a harmless sentence until the next key; "" says nothing."""
        if text:
            self.notice.say(text, "muted", passing=True)

    def say(self, text: str, tone: str = "") -> None:
        """Say a harmless sentence above the place line; "" takes it away."""
        raise NotImplementedError

    def say_unless_busy(self, text: str, tone: str = "") -> None:
        """Say something that can be missed: not in the place of something else."""
        if not self.notice.text:
            self.say(text, tone)

    @on(SettingsDoubted)
    def _settings_doubted(self, event: SettingsDoubted) -> None:
        self.say(f"{self.notice.text} {event.text}".strip(), "waiting")

    def action_choose_theme(self) -> None:
        """Choose a theme."""
        from hoopscope.tui.screens.theme_picker import ThemePicker

        app = cast("HoopscopeApp", self.app)
        self.app.push_screen(ThemePicker(app.theme_names(), app.theme))

    def on_key(self) -> None:
        """What was said in passing has passed."""
        self.notice.key_pressed()

    @on(EdgeReached)
    def _edge_reached(self, event: EdgeReached) -> None:
        event.stop()
        self.say_in_passing(event.said)
