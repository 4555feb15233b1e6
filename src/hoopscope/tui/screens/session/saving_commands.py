"""The command that saves a session as a file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from textual import on
from textual.message import Message

from hoopscope.tui.key_names import hinted
from hoopscope.tui.screens.session.looks import SessionLooks
from hoopscope.tui.screens.session.saving import (
    SWITCHED_OFF,
    Destination,
    Saving,
    default_name,
    destination,
    formats_of,
)
from hoopscope.untrusted import harmless


class SessionSaving(SessionLooks):
    """Asks for a format, for a name, and whether to replace a file that is there."""

    _saving: Saving | None = None

    @dataclass
    class SavingMoved(Message):
        """A save has come further, or to its end."""

        text: str
        tone: str

        def can_replace(self, message: Message) -> bool:
            """Only the last word counts."""
            return isinstance(message, SessionSaving.SavingMoved)

    def action_save_as(self) -> None:
        """Save the session as a file."""
        if not self._around.acquaintance.may_download:
            self.say(SWITCHED_OFF, "waiting")
        elif self._saving is not None and self._saving.is_running:
            stops = self.hint("session.stop_loading", "stops that.")
            self.say(hinted("It is being saved already.", stops, " "), "waiting")
        else:
            from hoopscope.tui.screens.session.format_picker import FormatPicker

            formats = formats_of(self.row, self._offers)
            self.app.push_screen(FormatPicker(formats), self._format_chosen)

    def stop_saving(self) -> bool:
        """Stop what is being saved; whether there was anything."""
        if self._saving is None or not self._saving.is_running:
            return False
        self._saving.stop()
        return True

    def _format_chosen(self, choice: tuple[str, bool] | None) -> None:
        if choice is None:
            return
        from hoopscope.gateway.errors import InvalidSessionId
        from hoopscope.recordings.exports import FORMATS

        try:
            name = default_name(self.row, FORMATS[choice[0]].suffix)
        except InvalidSessionId as error:
            self.say(f"✗ {error}", "failure")
            return
        self.ask("Save as", partial(self._named, choice, name), name)

    def _named(self, choice: tuple[str, bool], name: str, answer: str) -> None:
        try:
            wanted = destination(answer, name)
        except ValueError as error:
            self.say(f"✗ {error}", "failure")
            return
        if wanted.exists:
            question = f"{harmless(wanted.path.name, 30)} exists. Replace it? yes or no"
            self.ask(question, partial(self._replaced, choice, wanted))
        else:
            self._save(choice, wanted)

    def _replaced(self, choice: tuple[str, bool], wanted: Destination, answer: str) -> None:
        if answer.strip().lower() in ("yes", "y"):
            self._save(choice, wanted)
        else:
            self.say("Nothing was saved: the file that was there stays.", "muted")

    def _save(self, choice: tuple[str, bool], wanted: Destination) -> None:
        format_name, with_secrets = choice
        self._saving = Saving(
            self._around.link,
            self._opened,
            format_name,
            wanted.path,
            with_secrets=with_secrets,
            tell=self._tell_saving,
            stops=self.hint("session.stop_loading", "stops"),
        )

    def _tell_saving(self, text: str, tone: str) -> None:
        """From whatever thread."""
        self.post_message(self.SavingMoved(text, tone))

    @on(SavingMoved)
    def _show_saving(self, event: SavingMoved) -> None:
        self.say(event.text, event.tone)
