"""A question at the bottom of the screen, answered in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Label


class PromptLine(Horizontal):
    """Asks, calls back with the answer, and gives the focus back to where it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False, id="prompt.cancel"),
    ]
    DEFAULT_CSS = """
    PromptLine {
        height: 1;
        background: $panel;
        & > Label {
            width: auto;
            max-width: 70%;
            height: 1;
            padding: 0 1;
            color: $text-accent;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }
        & > Input { width: 1fr; border: none; height: 1; padding: 0; background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._answer: Callable[[str], None] | None = None
        self._at_once = ""
        self._return_to: Widget | None = None
        self._question = Label("", markup=False)
        self._field = Input(compact=True)
        self._field.cursor_blink = False
        self.display = False

    def compose(self) -> ComposeResult:
        """A label and an input."""
        yield self._question
        yield self._field

    def ask(
        self,
        question: str,
        answer: Callable[[str], None],
        value: str = "",
        *,
        at_once: str = "",
    ) -> None:
        """Show the question; `answer` is called with what was entered, not when cancelled.

        `value` stands there to begin with; the answer `at_once` needs no enter.
        """
        self._answer = answer
        self._at_once = at_once
        if not self.display:
            self._return_to = self.screen.focused
        self._question.update(question)
        self._field.value = value
        self._field.cursor_position = len(value)
        self.display = True
        # At once: what is typed next belongs to the answer.
        self.screen.set_focus(self._field)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._at_once and event.value == self._at_once and self._field.has_focus:
            self._give(event.value)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._give(event.value)

    def _give(self, value: str) -> None:
        answer, self._answer = self._answer, None
        self._close()
        if answer is not None:
            answer(value)

    def action_cancel(self) -> None:
        """Close without an answer."""
        self._answer = None
        self._close()

    def _close(self) -> None:
        self.display = False
        self.screen.set_focus(self._return_to)
