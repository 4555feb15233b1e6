"""ReadingScreen: a text that a widget had opened, in a pager of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from hoopscope.tui.screens.asking_screen import AskingScreen
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.prompt_line import PromptLine
from hoopscope.tui.widgets.text_moved import TextMoved
from hoopscope.tui.widgets.text_view import TextView
from hoopscope.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from hoopscope.tui.standing import Viewer
    from hoopscope.tui.widgets.requests import ReadingWanted


class ReadingScreen(AskingScreen):
    """Shows the text until it is left."""

    BINDING_GROUP_TITLE = "Reading"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "choose_theme", "theme", show=False, id="reading.choose_theme"),
        Binding("colon", "app.command_palette", "commands", show=False, id="reading.show_commands"),
        Binding("question_mark,f1", "help", "help", id="reading.show_help"),
        Binding("escape,q", "back", "back", id="reading.go_back"),
    ]
    ends_with = ("reading.show_help", "reading.go_back")

    def __init__(
        self,
        wanted: ReadingWanted,
        *,
        may_copy: Callable[[], bool],
        ascii_only: bool,
        viewer: Callable[[], Viewer],
    ) -> None:
        super().__init__(may_copy=may_copy, ascii_only=ascii_only, viewer=viewer)
        self._wanted = wanted
        self._view = TextView(ascii_only=ascii_only, id="main")

    def compose(self) -> ComposeResult:
        """The pager, and lines around it."""
        yield Line(id="title")
        yield self._view
        yield Notice(id="notice")
        yield Line(id="place")
        yield PromptLine(id="prompt")
        yield Line(id="keys")
        yield TooSmall()

    def on_mount(self) -> None:
        """Show the text."""
        self._view.show(self._wanted.source, language=self._wanted.language)
        self._view.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Another size has other lines."""
        self.show_title(self._wanted.title)
        self.show_keys()

    @on(TextMoved)
    def _moved(self, event: TextMoved) -> None:
        event.stop()
        self.query_one("#place", Line).show([(f" {self._view.position}", "")])

    def action_back(self) -> None:
        """Back to where the text was opened from."""
        self.dismiss(None)
