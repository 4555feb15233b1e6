"""PartPane: one part of a session on its screen, and the word that stands there instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Static

from hoopscope.recordings.parts import Part
from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.tui.key_names import hinted, hints_of
from hoopscope.tui.session_standing import Span
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.recordings.recording import Recording
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings

NOTHING_SO_FAR = "Nothing so far: what happens is shown as it happens."


class PartPane(Container):
    """Shows its part of whatever session it is given; mounted when it is first looked at.

    Attributes:
        part: which one it is.
        needs_recording, needs_text: what has to be loaded before there is anything to show.
    """

    part: ClassVar[Part]
    needs_recording: ClassVar[bool] = False
    DEFAULT_CSS = """
    PartPane {
        width: 1fr;
        height: 1fr;
        & > .word { display: none; width: 1fr; height: auto; padding: 0 1; color: $text-muted; }
        &.-waiting > .word { display: block; }
        &.-waiting > .shown { display: none; }
    }
    """

    def __init__(self, around: Surroundings) -> None:
        super().__init__(id=f"part-{self.part}")
        self.around = around
        self.opened: OpenedSession | None = None
        self.is_ready = False
        """Whether everything in it is there."""
        self._word = Static("", markup=False, classes="word")
        self._said = ""

    @property
    def shown(self) -> Widget:
        """The widget that shows the part, and takes the focus."""
        raise NotImplementedError

    @property
    def takes_focus(self) -> Widget:
        """What the keys go to."""
        return self.shown

    def compose(self) -> ComposeResult:
        """The widget, and the word that can take its place."""
        yield self._word
        shown = self.shown
        shown.add_class("shown")
        yield shown

    def on_mount(self) -> None:
        """What was to be shown before the pane was there is shown now."""
        self.call_after_refresh(self._get_ready)

    def _get_ready(self) -> None:
        self.is_ready = True
        if self.opened is not None:
            self.session_changed()

    def show_session(self, opened: OpenedSession, *, at_end: bool = False) -> None:
        """Show this session, from its beginning, or where it matters if that is the end."""
        self.opened = opened
        self.session_changed()

    def session_changed(self) -> None:
        """More of the session is there, or it stands differently."""
        raise NotImplementedError

    def set_utc(self, utc: bool) -> None:
        """Say times in UTC, or in the operator's own zone."""

    def leave(self) -> None:
        """Another part, or another session, is looked at now."""

    def free(self) -> None:
        """Let go of what was shown: its files are about to be closed."""
        self.opened = None

    def place(self) -> Sequence[Span]:
        """Where in the part one is, for the line at the bottom."""
        return ()

    def say_instead(self, text: str) -> None:
        """Say a harmless sentence where the part would be; "" shows the part."""
        if text == self._said:
            return
        self._said = text
        self._word.update(in_ascii(text) if self.around.ascii_only else text)
        self.set_class(bool(text), "-waiting")
        if not text and self.display and self.screen.focused is None:
            # What is out of sight loses the focus.
            self.screen.set_focus(self.takes_focus)

    def say_problem(self, problem: BaseException) -> None:
        """Say what went wrong where the part would be, and what can be done about it."""
        text = harmless(str(problem) or type(problem).__name__)
        again = hints_of(self)("session.reload", "tries again")
        self.say_instead(hinted(f"✗ {text}", again, " "))

    def recording_or_word(self) -> Recording | None:
        """What was recorded so far; None where it is said instead why there is nothing yet."""
        opened = self.opened
        load = None if opened is None else opened.loading
        recording = None if opened is None else opened.recording
        is_over = load is not None and not load.is_running and load.problem is None
        if recording is not None and (is_over or len(recording)):
            self.say_instead("")
            return recording
        if load is not None and load.problem is not None:
            self.say_problem(load.problem)
        elif opened is not None and opened.is_live:
            self.say_instead(NOTHING_SO_FAR)
        else:
            self.say_instead("asking the gateway …")
        return None


def guardrail_words(opened: OpenedSession | None) -> list[str]:
    """The words that guardrails matched in a session, as far as it is loaded."""
    if opened is None or opened.detail is None:
        return []
    found = opened.detail.session.guardrails_info or ()
    return [word for match in found for word in match.matched_words or ()]
