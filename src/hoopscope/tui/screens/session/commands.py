"""The commands of a session's screen that only look at it, and what its widgets ask for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import on
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from hoopscope.gateway.client import session_link
from hoopscope.tui.clipboard import copy_text
from hoopscope.tui.key_names import key_text, shown_keys
from hoopscope.tui.standing import keys_line
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.prompt_line import PromptLine
from hoopscope.tui.widgets.requests import AnswerWanted, CopyWanted, SentenceWanted
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from hoopscope.tui.app import HoopscopeApp
    from hoopscope.tui.screens.session.surroundings import Surroundings

ALWAYS_SHOWN = ("session.help", "session.back")
"""Binding ids of the keys at the right of the last line, which no width takes away."""


class SessionCommands(Screen[None]):
    """Saying, asking, copying, help; belongs to one session at a time."""

    # Textual repaints the whole screen when the focus moves; what looks different does so itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._session_id = ""

    def say(self, text: str, tone: str = "") -> None:
        """Say a harmless sentence above the place line; "" takes it away."""
        self.query_one("#notice", Notice).say(text, tone)

    def ask(self, question: str, answer: Callable[[str], None]) -> None:
        """Ask something in the line at the bottom."""
        self.query_one("#prompt", PromptLine).ask(question, answer)

    @on(AnswerWanted)
    def _answer_wanted(self, event: AnswerWanted) -> None:
        event.stop()
        self.ask(event.question, event.answer)

    @on(SentenceWanted)
    def _sentence_wanted(self, event: SentenceWanted) -> None:
        event.stop()
        self.say(event.text, event.tone)

    @on(CopyWanted)
    def _copy_wanted(self, event: CopyWanted) -> None:
        event.stop()
        self._copy(event.text, event.what)

    def action_copy_id(self) -> None:
        """Copy the session's id."""
        self._copy(harmless(self._session_id), "session's id")

    def action_copy_link(self) -> None:
        """Copy the address of the gateway's own page of the session."""
        link = session_link(self._around.link.access, harmless(self._session_id))
        self._copy(link, "link")

    def _copy(self, text: str, what: str) -> None:
        if self._around.acquaintance.may_copy:
            self.say(copy_text(self.app, text, what), "muted")
        else:
            self.say("This gateway has copying switched off for its clients.", "waiting")

    def action_choose_theme(self) -> None:
        """Choose a theme."""
        from hoopscope.tui.screens.theme_picker import ThemePicker

        app = cast("HoopscopeApp", self.app)
        self.app.push_screen(ThemePicker(app.theme_names(), app.theme))

    def action_help(self) -> None:
        """Show the keys of what is on screen."""
        from hoopscope.tui.screens.help import HelpScreen

        parts: list[tuple[str, DOMNode]] = [
            (str(node.BINDING_GROUP_TITLE or type(node).__name__), node)
            for node in self._nodes_with_keys()
        ]
        self.app.push_screen(HelpScreen([*parts, ("Everywhere", self.app)]))

    def on_descendant_focus(self) -> None:
        """The last line tells the keys of what has the focus."""
        self.show_keys()

    def show_keys(self) -> None:
        """Tell the keys that matter now: those of what has the focus, then the screen's own."""
        ascii_only = self._around.ascii_only
        left: list[tuple[str, str]] = []
        right: list[tuple[str, str]] = []
        for node in self._nodes_with_keys():
            for binding_id, key, what in shown_keys(node):
                side = right if binding_id in ALWAYS_SHOWN else left
                side.append((key_text(key, ascii_only=ascii_only), what))
        keys = self.query_one("#keys", Line)
        keys.show(keys_line(left), [*keys_line(right), (" ", "")])

    def _nodes_with_keys(self) -> list[DOMNode]:
        """What has the focus and what is around it, the screen last."""
        focused = self.focused
        nodes = [] if focused is None else list(focused.ancestors_with_self)
        own = nodes[: nodes.index(self)] if self in nodes else []
        return [*(node for node in own if node._bindings.key_to_bindings), self]
