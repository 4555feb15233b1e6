"""EventsView: what happened in a session, record by record, with the keys to work with it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.worker import get_current_worker

from hoopscope.recordings.record_search import RecordSearch
from hoopscope.recordings.record_texts import hex_source_of, source_of, whole_text
from hoopscope.recordings.search_pattern import PatternTooSlow, SearchPattern
from hoopscope.sessions.facts.quantities import number
from hoopscope.tui.key_names import hinted, hints_of
from hoopscope.tui.widgets.record_browser import RecordBrowser
from hoopscope.tui.widgets.requests import (
    AGAIN,
    AnswerWanted,
    CopyWanted,
    ReadingWanted,
    SentenceWanted,
)
from hoopscope.tui.widgets.session_table import VirtualTable
from hoopscope.untrusted import harmless


class EventsView(RecordBrowser):
    """Reveals, finds, filters, copies and opens records."""

    BINDING_GROUP_TITLE = "Events"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "find", id="events.find"),
        Binding("n", "find_next(1)", "next match", show=False, id="events.find_next"),
        Binding("N", "find_next(-1)", "previous match", show=False, id="events.find_previous"),
        Binding("v", "reveal", "show secrets", id="events.reveal_secrets"),
        Binding("x", "show_bytes", "bytes", id="events.show_bytes"),
        Binding("f", "ask_kind", "only …", id="events.choose_kind"),
        Binding("g", "ask_place", "go to", show=False, id="events.go_to_record"),
        Binding("T", "toggle_times", "times", show=False, id="events.toggle_times"),
        Binding("y", "copy", "copy", show=False, id="events.copy_record"),
        Binding("J", "scroll_record(1)", "record down", show=False, id="events.scroll_record_down"),
        Binding("K", "scroll_record(-1)", "record up", show=False, id="events.scroll_record_up"),
    ]

    def __init__(
        self, *, utc: bool = True, ascii_only: bool = False, id: str | None = None
    ) -> None:
        super().__init__(utc=utc, ascii_only=ascii_only, id=id)
        self._pattern: SearchPattern | None = None

    @on(VirtualTable.RowSelected)
    def _selected(self, event: VirtualTable.RowSelected) -> None:
        event.stop()
        found = self.current()
        if found is None or self._records is None or self._rows is None:
            return
        at, record = found
        revealed = self._rows.is_revealed
        title = f"{record.kind}: {record.title.shown(revealed)[:200]}"
        if self.shows_bytes:
            source = hex_source_of(self._records, at, record, revealed)
            self.post_message(ReadingWanted(title, source))
        else:
            source = source_of(self._records, at, record, revealed)
            self.post_message(ReadingWanted(title, source, record.language))

    def action_reveal(self) -> None:
        """Show what is masked, or mask it again."""
        rows = self._rows
        if rows is None:
            return
        rows.is_revealed = not rows.is_revealed
        self.look_anew()
        masks = hints_of(self)("events.reveal_secrets", "masks them.")
        said = (
            hinted("Secrets are shown.", masks, " ") if rows.is_revealed else "Secrets are masked."
        )
        self.post_message(SentenceWanted(said, "waiting" if rows.is_revealed else "muted"))

    def action_show_bytes(self) -> None:
        """Show the bytes that records were made of, or what was made of them."""
        self.show_bytes(not self.shows_bytes)

    def action_toggle_times(self) -> None:
        """Say times by the clock, or since the start."""
        rows = self._rows
        if rows is None:
            return
        if rows.start is None:
            self.post_message(SentenceWanted("When the recording began is not known."))
            return
        rows.is_absolute = not rows.is_absolute
        self.look_anew()

    def action_copy(self) -> None:
        """Copy the record under the cursor, without its secrets unless they are shown."""
        found = self.current()
        if found is None or self._records is None or self._rows is None:
            self.post_message(SentenceWanted("There is no record to copy."))
            return
        text = whole_text(self._records, found[1]).shown(self._rows.is_revealed)
        self.post_message(CopyWanted(text, "the record"))

    def action_scroll_record(self, lines: int) -> None:
        """Move in the inspector, whatever has the focus."""
        self.inspector.action_scroll_lines(lines)

    def action_ask_kind(self) -> None:
        """Ask which kind of records to show."""
        if self._records is None:
            return
        kinds = ", ".join(f"{harmless(word, 20)} {number(n)}" for word, n in self._records.kinds())
        self.post_message(AnswerWanted(f"only ({kinds or 'nothing yet'}; empty: all)", self._only))

    def action_ask_place(self) -> None:
        """Ask for a record to go to."""
        self.post_message(AnswerWanted("record, or a moment such as 1:30", self._go_to, AGAIN))

    def _only(self, answer: str) -> None:
        """Show the records of one kind, the cursor as near to where it was as can be."""
        log, rows = self._records, self._rows
        if log is None or rows is None:
            return
        word = answer.strip().lower()
        kinds = [kind for kind, _ in log.kinds()]
        kind = next((kind for kind in kinds if word and kind.lower().startswith(word)), "")
        if word and not kind:
            self.post_message(SentenceWanted(f"There is no {harmless(word, 40)} here."))
            return
        found = self.current()
        self.show_only(kind)
        if found is not None:
            self.go_to_record(found[0])

    def _go_to(self, answer: str) -> None:
        """To a record by its number, or to the first one from a moment on."""
        rows, log = self._rows, self._records
        text = answer.replace(",", "").strip()
        if rows is None or log is None or not text:
            return
        if text == AGAIN:
            self.table.move_cursor(0)
            return
        parts = text.split(":")
        if not all(part.replace(".", "", 1).isdecimal() and part.isascii() for part in parts):
            self.post_message(SentenceWanted("A record is a number, a moment such as 1:30."))
        elif len(parts) == 1 and "." not in text:
            self.table.move_cursor(int(text[:12]) - 1, centre=True)
        else:
            seconds = 0.0
            for part in parts[:3]:
                seconds = seconds * 60 + float(part[:12])
            self.go_to_record(log.number_at(log.recording.number_at(seconds)))

    def action_find(self) -> None:
        """Ask for something to look for in all records."""
        self.post_message(AnswerWanted("find", self._find))

    def action_find_next(self, step: int) -> None:
        """To the next or previous record in which it is found."""
        if self._pattern is None:
            self.post_message(SentenceWanted("Nothing was looked for yet: / asks for it."))
        else:
            self._search(step, self.table.cursor_row + step)

    def _find(self, answer: str) -> None:
        if not answer:
            return
        self._pattern = SearchPattern(answer)
        self._search(1, self.table.cursor_row)

    def _search(self, step: int, row: int) -> None:
        """Look through the records in a thread, from a row on."""
        rows, log, pattern = self._rows, self._records, self._pattern
        if rows is None or log is None or pattern is None:
            return
        if not 0 <= row < len(rows):
            self._found(None, step)
            return
        numbers = rows.numbers
        search = RecordSearch(log, pattern, revealed=rows.is_revealed, numbers=numbers)
        start = rows.number_of(row)

        def look() -> None:
            worker = get_current_worker()
            try:
                found = search.find(start, step, lambda: not worker.is_cancelled)
                slow = False
            except PatternTooSlow:
                found, slow = None, True
            if not worker.is_cancelled:
                self.app.call_from_thread(self._found, found, step, slow=slow)

        self.run_worker(look, thread=True, exclusive=True, group="find", exit_on_error=False)

    def _found(self, found: int | None, step: int, *, slow: bool = False) -> None:
        wanted = harmless(self._pattern.text, 40) if self._pattern else ""
        if slow:
            self.post_message(SentenceWanted(f"{wanted} took too long: look for less."))
        elif found is None:
            where = "below" if step > 0 else "above"
            self.post_message(SentenceWanted(f"No {wanted} {where}."))
        else:
            self.go_to_record(found)
            self.post_message(SentenceWanted(""))
