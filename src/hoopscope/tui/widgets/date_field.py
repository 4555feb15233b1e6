"""A field for a date, with what it was understood as."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from textual import on, work
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from hoopscope.tui.widgets.field_input import FieldInput

PAUSE = 0.25
"""Seconds without a key after which a date is read."""


class DateField(FieldInput):
    """An input that says how its text is understood; read in a thread, since a phrase takes long.

    Args:
        clock: the time that phrases count from, aware.
        end: whether a day means its end rather than its beginning.
    """

    @dataclass
    class Understood(Message):
        """A text was read: `note` says as what, or what is wrong with it."""

        field: DateField
        text: str
        note: str
        problem: bool

        @property
        def control(self) -> DateField:
            """The field."""
            return self.field

    def __init__(self, label: str, *, clock: Callable[[], datetime], end: bool = False) -> None:
        super().__init__(label, inline=True)
        self._clock = clock
        self._end = end
        self._utc = True
        self._timer: Timer | None = None

    def set_utc(self, utc: bool) -> None:
        """Read and say dates in UTC, or in the machine's own zone."""
        if utc != self._utc:
            self._utc = utc
            self.read_again()

    def set_text(self, text: str) -> None:
        """Show a text without saying that it changed."""
        super().set_text(text)
        self.read_again()

    def read_again(self) -> None:
        """Read the text now; a message tells what it was understood as."""
        self._stop_waiting()
        if self.value.strip():
            self._read(self.value, self._utc)
        else:
            self.post_message(self.Understood(self, self.value, "", False))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._stop_waiting()
        if self.value.strip():
            self._timer = self.set_timer(PAUSE, self.read_again)
        else:
            self.read_again()

    def _stop_waiting(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    @work(thread=True, group="date")
    def _read(self, text: str, utc: bool) -> None:
        from hoopscope.sessions.dates import describe_moment, parse_end, parse_moment

        parse = parse_end if self._end else parse_moment
        try:
            moment = parse(text, now=self._clock(), utc=utc)
        except ValueError as error:
            self.post_message(self.Understood(self, text, str(error), True))
        else:
            note = f"= {describe_moment(moment, utc=utc)}"
            self.post_message(self.Understood(self, text, note, False))
