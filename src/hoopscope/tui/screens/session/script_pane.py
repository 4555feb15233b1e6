"""The part that shows what was to be run."""

from __future__ import annotations

from collections.abc import Sequence

from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.highlighting import language_of
from hoopscope.recordings.parts import Part
from hoopscope.recordings.shown_text import Way
from hoopscope.tui.screens.session.part_pane import PartPane, guardrail_words
from hoopscope.tui.screens.session.surroundings import Surroundings
from hoopscope.tui.session_standing import Span
from hoopscope.tui.widgets.text_view import TextView


class ScriptPane(PartPane):
    """The script in a pager, the words that a guardrail matched marked."""

    part = Part.SCRIPT

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._view = TextView(empty="The script is empty.", ascii_only=around.ascii_only)
        self._text: str | None = None

    @property
    def shown(self) -> TextView:
        """The pager."""
        return self._view

    def session_changed(self) -> None:
        """Show the script once it is there."""
        opened = self.opened
        if opened is None:
            return
        if opened.detail is None:
            if opened.problem is not None:
                self.say_problem(opened.problem)
            else:
                self.say_instead("loading …")
            return
        self.say_instead("")
        text = opened.detail.session.script_text or ""
        if text != self._text:
            self._text = text
            self._view.show(
                HeldBytes(text.encode("utf-8", "surrogatepass")),
                marks=guardrail_words(opened),
                language=language_of(opened.row.type, opened.row.subtype),
                way=Way.PLAIN,
            )

    def free(self) -> None:
        """Let go of the script."""
        super().free()
        self._text = None

    def place(self) -> Sequence[Span]:
        """The lines in sight."""
        return [(self._view.position, "")]
