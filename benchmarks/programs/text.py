"""A pager on the whole screen: FILE. Keys of its own: `r` shows the file anew, `L` goes to a line
in its middle, `S` searches for the last line's first word."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from hoopscope.config.locations import bundled_themes_folder
from hoopscope.recordings.spool import Spool
from hoopscope.tui.theming import find_theme
from hoopscope.tui.widgets.text_view import TextView


class TextApp(App[None]):
    """The pager alone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "show_anew", "show anew"),
        Binding("L", "middle", "middle"),
        Binding("S", "search", "search"),
        Binding("q", "quit", "quit"),
    ]

    def __init__(self, spool: Spool) -> None:
        super().__init__()
        found = find_theme(os.environ.get("BENCHMARK_THEME", "dark"), [bundled_themes_folder()])
        self.register_theme(found)
        self.theme = found.name
        self._spool = spool
        self._view = TextView()

    def compose(self) -> ComposeResult:
        """The pager."""
        yield self._view

    def on_mount(self) -> None:
        """Show the file once."""
        self._view.focus()
        self._view.show(self._spool)
        self.call_after_refresh(gc.freeze)

    def action_show_anew(self) -> None:
        """As if it were opened."""
        self._view.show(self._spool)

    def action_middle(self) -> None:
        """To a line far away."""
        self._view.go_to_line(len(self._view.lines) // 2)

    def action_search(self) -> None:
        """Look for what is at the very end."""
        self._view.find("needle at the end")


def main() -> None:
    """Show it."""
    spool = Spool()
    with Path(sys.argv[1]).open("rb") as file:
        while read := file.read(1 << 20):
            spool.append(read)
    TextApp(spool).run()


if __name__ == "__main__":
    main()
