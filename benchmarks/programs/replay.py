"""One round of real programs in a ReplayView, without silence: run in a pty by the benchmark."""

from __future__ import annotations

import os

from textual.app import App, ComposeResult

from benchmarks.recorded_session import typed_session
from hoopscope.config.locations import bundled_themes_folder
from hoopscope.recordings.recording import Recording
from hoopscope.tui.theming import find_theme
from hoopscope.tui.widgets.replay_view import ReplayView

SIZE = (80, 27)


class Program(App[None]):
    """The view alone; space plays."""

    def compose(self) -> ComposeResult:
        """The view."""
        yield ReplayView()

    def on_mount(self) -> None:
        """Show the recording."""
        theme = find_theme(os.environ.get("BENCHMARK_THEME", "dark"), [bundled_themes_folder()])
        self.register_theme(theme)
        self.theme = theme.name
        recording = Recording()
        recording.append(typed_session(80, 24))
        recording.is_complete = True
        view = self.query_one(ReplayView)
        view.show(recording, size=(80, 24), idle=0.2)
        view.focus()


if __name__ == "__main__":
    Program().run()
