"""AskingScreen: a screen that does for its widgets what they ask of whatever screen they are on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import on
from textual.reactive import Reactive
from textual.widget import Widget

from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.tui.key_names import asked_keys, hints_of, key_text, shown_keys, taken_keys
from hoopscope.tui.screens.saying_screen import SayingScreen
from hoopscope.tui.standing import keys_line
from hoopscope.tui.viewer_words import cells, gateway_name, out_of_the_ordinary, who
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.prompt_line import PromptLine
from hoopscope.tui.widgets.requests import (
    AnswerWanted,
    CopyWanted,
    ReadingWanted,
    SentenceWanted,
)
from hoopscope.untrusted import cell_width, harmless

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from hoopscope.tui.app import HoopscopeApp
    from hoopscope.tui.standing import Viewer


class AskingScreen(SayingScreen):
    """Has a `#notice`, a `#prompt` and a `#keys` line.

    Args:
        may_copy: whether the gateway lets its clients copy.
        ascii_only: draw only signs that any terminal has.
        viewer: who looks, and at which gateway.
    """

    # Textual repaints the whole screen when the focus moves; what looks different does so itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    ends_with = ("", "")
    """Binding ids of the keys at the right of the last line, which no width takes away."""

    def __init__(
        self, *, may_copy: Callable[[], bool], ascii_only: bool, viewer: Callable[[], Viewer]
    ) -> None:
        super().__init__()
        self.viewer = viewer
        self.may_copy = may_copy
        self.ascii_only = ascii_only

    def hint(self, binding_id: str, what: str) -> str:
        """`r tries again`, with the key that a binding of the screen has; "" where it has none."""
        return hints_of(self, ascii_only=self.ascii_only)(binding_id, what)

    @property
    def notice(self) -> Notice:
        """The line for sentences."""
        return self.query_one("#notice", Notice)

    def say(self, text: str, tone: str = "") -> None:
        """Say a harmless sentence above the place line; "" takes it away."""
        self.query_one("#notice", Notice).say(in_ascii(text) if self.ascii_only else text, tone)

    def on_mount(self) -> None:
        """Lines are cut with a sign that the terminal has."""
        if self.ascii_only:
            for line in self.query(Line):
                line.ellipsis = in_ascii(line.ellipsis)

    def show_title(self, text: str, right: str = "") -> None:
        """Say something harmless in the top line, behind the gateway and before who looks."""
        viewer, width = self.viewer(), self.size.width
        name = gateway_name(viewer)
        end = [*out_of_the_ordinary(viewer), (f"{right}  {who(viewer, short=True)} ", "muted")]
        cut = harmless(text, max(1, width - cells([name, *end]) - 3))
        self.query_one("#title", Line).show([name, (f" {cut}", "strong")], [("  ", ""), *end])

    def ask(
        self,
        question: str,
        answer: Callable[[str], None],
        value: str = "",
        *,
        at_once: str = "",
    ) -> None:
        """Ask something in the line at the bottom; see `PromptLine.ask`."""
        self.query_one("#prompt", PromptLine).ask(question, answer, value, at_once=at_once)

    def copy(self, text: str, what: str, *, is_line: bool = False) -> None:
        """Copy a text, if that is allowed, and say what became of it; see `ConsoleApp.copy`."""
        cast("HoopscopeApp", self.app).copy(text, what, is_line=is_line)

    @on(AnswerWanted)
    def _answer_wanted(self, event: AnswerWanted) -> None:
        event.stop()
        self.say("")
        self.ask(event.question, event.answer, at_once=event.at_once)

    @on(SentenceWanted)
    def _sentence_wanted(self, event: SentenceWanted) -> None:
        event.stop()
        self.say(event.text, event.tone)

    @on(CopyWanted)
    def _copy_wanted(self, event: CopyWanted) -> None:
        event.stop()
        self.copy(event.text, event.what, is_line=event.is_line)

    @on(ReadingWanted)
    def _reading_wanted(self, event: ReadingWanted) -> None:
        event.stop()
        from hoopscope.tui.screens.reading import ReadingScreen

        self.app.push_screen(
            ReadingScreen(
                event, may_copy=self.may_copy, ascii_only=self.ascii_only, viewer=self.viewer
            )
        )

    def action_help(self) -> None:
        """Show the keys of what is on screen."""
        from hoopscope.tui.screens.help import HelpScreen

        parts: list[tuple[str, DOMNode]] = [
            (str(node.BINDING_GROUP_TITLE or type(node).__name__), node)
            for node in self._nodes_with_keys()
        ]
        self.app.push_screen(HelpScreen([*parts, ("Everywhere", self.app)], nested=True))

    def on_descendant_focus(self) -> None:
        """The last line tells the keys of what has the focus."""
        self.show_keys()

    def on_descendant_blur(self) -> None:
        """Where nothing has the focus, the screen's own keys are left."""
        if self.focused is None:
            self.show_keys()

    def show_keys(self) -> None:
        """Tell the keys that matter now: those of what has the focus, then the screen's own."""
        keys = self.query_one("#keys", Line)
        prompt = self.query_one("#prompt", PromptLine)
        if prompt.has_focus_within:
            keys.show(keys_line(asked_keys(prompt, ascii_only=self.ascii_only)))
            return
        left: list[tuple[str, str]] = []
        right: list[tuple[str, str]] = []
        taken: set[str] = set()
        for node in self._nodes_with_keys():
            for binding_id, key, what in shown_keys(node, taken):
                side = right if binding_id in self.ends_with else left
                what = in_ascii(what) if self.ascii_only else what
                side.append((key_text(key, ascii_only=self.ascii_only), what))
            taken |= taken_keys(node)
        own = [*keys_line(right), (" ", "")]
        room = self.size.width - sum(cell_width(text) for text, _ in own)
        keys.show(keys_line(left, max(1, room)), own)

    def _nodes_with_keys(self) -> list[DOMNode]:
        """What has the focus and what is around it, the screen last."""
        focused = self.focused
        nodes = [] if focused is None else list(focused.ancestors_with_self)
        own = nodes[: nodes.index(self)] if self in nodes else []
        return [*(node for node in own if node._bindings.key_to_bindings), self]
