"""The part that shows what a session printed, as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoopscope.recordings.parts import Part
from hoopscope.recordings.recorded_text import RecordedText
from hoopscope.tui.screens.session.part_pane import NOTHING_SO_FAR, PartPane, guardrail_words
from hoopscope.tui.session_standing import Span
from hoopscope.tui.widgets.output_view import OutputView

if TYPE_CHECKING:
    from textual.widget import Widget

    from hoopscope.recordings.byte_source import ByteSource
    from hoopscope.tui.opened_session import Load, OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings


SOON = 1_000_000
"""Bytes of an output that may first be understood; a larger one is shown as text meanwhile."""


class OutputPane(PartPane):
    """The output as text, table or tree, from its first bytes on, or at its end."""

    part = Part.OUTPUT

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._view = OutputView(empty="It printed nothing.", ascii_only=around.ascii_only)
        self._source: ByteSource | None = None
        self._at_end = False

    @property
    def shown(self) -> OutputView:
        """The output."""
        return self._view

    @property
    def takes_focus(self) -> Widget:
        """The text, the table or the tree, whichever is shown."""
        return self._view.shown

    def show_session(self, opened: OpenedSession, *, at_end: bool = False) -> None:
        """Show the output of this session."""
        self._at_end = at_end
        self._source = None
        super().show_session(opened, at_end=at_end)

    def session_changed(self) -> None:
        """Show what there is, or take in what came."""
        opened = self.opened
        if opened is None:
            return
        load = opened.text_loading or opened.loading
        source, is_new = self._source_of(opened)
        if source is None or load is None:
            self.say_instead(NOTHING_SO_FAR if opened.is_live else "asking the gateway …")
        elif not source.size() and load.problem is not None:
            self.say_problem(load.problem)
        elif not source.size() and load.is_running:
            self.say_instead(NOTHING_SO_FAR if opened.is_live else "asking the gateway …")
        else:
            self.say_instead("")
            self._take_in(source, load, is_new=is_new)

    def free(self) -> None:
        """Let go of the text."""
        super().free()
        self._source = None

    def place(self) -> Sequence[Span]:
        """The lines in sight."""
        return [(self._view.position, "")] if self._source is not None else ()

    def _source_of(self, opened: OpenedSession) -> tuple[ByteSource | None, bool]:
        """The text, and whether it is another one than is shown."""
        if opened.text is not None:
            return opened.text, self._source is not opened.text
        if opened.recording is None:
            return None, False
        shown = self._source
        if isinstance(shown, RecordedText) and shown.recording is opened.recording:
            shown.grow()
            return shown, False
        return RecordedText(opened.recording), True

    def _take_in(self, source: ByteSource, load: Load, *, is_new: bool) -> None:
        """Show another text, or more of the same; what grows is followed until one scrolls."""
        view, text, complete = self._view, self._view.text, not load.is_running
        if not is_new:
            view.grew(complete)
        else:
            is_first, follows, line = self._source is None, text.follows, text.first_line
            if is_first:
                is_live = self.opened is not None and self.opened.is_live
                follows, line = not complete and (self._at_end or is_live), 0
            self._source = source
            moment_of = _Moments(source) if isinstance(source, RecordedText) else None
            at_end = follows or (is_first and self._at_end)
            view.show(
                source,
                marks=guardrail_words(self.opened),
                moment_of=moment_of,
                at_end=at_end,
                complete=complete and source.size() <= SOON,
            )
            if complete and not text.is_complete:
                view.grew(complete)
            text.follows = follows
            if line and not at_end:
                text.go_to_line(line)
        if complete:
            text.follows = False


class _Moments:
    """When each byte of a recorded text came, and from where."""

    def __init__(self, text: RecordedText) -> None:
        self._text = text

    def __call__(self, offset: int) -> tuple[float, str] | None:
        try:
            seconds, _, kind, _, _ = self._text.recording.entry(self._text.event_at(offset))
        except IndexError:
            return None
        return seconds, kind
