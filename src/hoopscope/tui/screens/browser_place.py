"""How the browser was left: remembered for the next time, where that is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoopscope.config.kept_state import StateFile
    from hoopscope.tui.screens.browser_queries import BrowserQueries

NOTE_SECONDS = 5.0
"""How often what changed is written."""


class BrowserPlace:
    """Keeps what was changed by hand: the view, the theme, what is open, how times are said.

    Begin it once the browser looks as the settings want it.

    Args:
        screen: the browser.
        file: where it is remembered.
    """

    def __init__(self, screen: BrowserQueries, file: StateFile) -> None:
        self._screen = screen
        self._file = file
        self._looks = self._present_looks()
        screen.set_interval(NOTE_SECONDS, self._note)

    def close(self) -> None:
        """Write what is not written yet."""
        # The theme may be another gateway's by now.
        self._keep_looks(but="theme")
        self._file.write()

    def note_looks(self) -> None:
        """Notice what was changed, also on a screen above that was just left."""
        # A theme that is being chosen there is not chosen yet.
        if self._screen.app.screen is self._screen:
            self._keep_looks()

    def _note(self) -> None:
        """Write what changed, in a thread."""
        self.note_looks()
        if self._file.has_news:
            self._screen.run_worker(self._file.write, thread=True, group="place")

    def _keep_looks(self, but: str = "") -> None:
        present = self._present_looks()
        changed = {
            name: look
            for name, look in present.items()
            if look != self._looks[name] and name != but
        }
        if changed:
            self._looks = present
            self._file.keep(**changed)

    def _present_looks(self) -> dict[str, str | bool]:
        """Fields of KeptState."""
        screen, views = self._screen, self._screen.views
        is_everything = views.opened.name == views.views.everything.name
        return {
            "view": "" if is_everything else views.opened.name,
            "theme": screen.app.theme,
            "utc": screen.utc,
            "sidebar": screen.has_class("-sidebar"),
            "detail": screen.has_class("-docked"),
        }
