"""RecordBrowser: a table of records, and below it everything about the one under the cursor."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from hoopscope.recordings.record import Record
from hoopscope.recordings.record_log import RecordLog
from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.sessions.facts.quantities import amount, number
from hoopscope.tui.key_names import hints_of
from hoopscope.tui.widgets.record_inspector import RecordInspector
from hoopscope.tui.widgets.record_lines import byte_lines, record_lines, secret_count
from hoopscope.tui.widgets.record_rows import RecordRows, clock_time, since_start
from hoopscope.tui.widgets.row_source import NoRows
from hoopscope.tui.widgets.session_table import VirtualTable
from hoopscope.untrusted import harmless

_WITH_RECORD = 12
"""Rows of the view from which on there is room for the record under the cursor."""


@dataclass
class RecordsMoved(Message):
    """The cursor of a view stands on another record, or there are more of them."""

    view: RecordBrowser

    def can_replace(self, message: Message) -> bool:
        """Only the last place counts."""
        return isinstance(message, RecordsMoved)


class _Decoded(Message):
    """There are more records; posted from the thread that decodes."""

    def can_replace(self, message: Message) -> bool:
        """Bursts coalesce."""
        return isinstance(message, _Decoded)


class RecordBrowser(Vertical, can_focus=True):
    """Shows a log of records while it grows, with or without what is secret in them.

    Args:
        utc: whether times of the clock are shown in UTC, or in the operator's own zone.
        ascii_only: draw only signs that any terminal has.
    """

    DEFAULT_CSS = """
    RecordBrowser {
        width: 1fr;
        height: 1fr;
        & > VirtualTable { height: 3fr; }
        & > RecordInspector { height: 2fr; min-height: 6; }
        &.-low > RecordInspector { display: none; }
    }
    """

    def __init__(
        self, *, utc: bool = True, ascii_only: bool = False, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._utc = utc
        self._ascii_only = ascii_only
        self._table = VirtualTable(ascii_only=ascii_only)
        self._inspector = RecordInspector(ascii_only=ascii_only)
        self._records: RecordLog | None = None
        self._rows: RecordRows | None = None
        self._shown: tuple[int, bool, bool] | None = None
        self._as_bytes = False

    @property
    def table(self) -> VirtualTable:
        """The table."""
        return self._table

    @property
    def inspector(self) -> RecordInspector:
        """What shows the record under the cursor."""
        return self._inspector

    @property
    def records(self) -> RecordLog | None:
        """The records that are shown."""
        return self._records

    @property
    def rows(self) -> RecordRows | None:
        """The rows that are shown."""
        return self._rows

    @property
    def utc(self) -> bool:
        """Whether times of the clock are in UTC."""
        return self._utc

    @utc.setter
    def utc(self, utc: bool) -> None:
        self._utc = utc
        if self._rows is not None:
            self._rows.utc = utc
            self.look_anew()

    @property
    def place(self) -> str:
        """Where the cursor is, in words; "" where nothing is shown."""
        rows, log = self._rows, self._records
        if rows is None or log is None:
            return ""
        if not len(rows):
            return "no events" if log.is_complete else "decoding …"
        words = f"record {number(self._table.cursor_row + 1)} of {number(len(rows))}"
        if rows.kind:
            words += f", only {harmless(rows.kind, 20)}"
        if not log.is_complete:
            words += ", more to come"
        if rows.is_revealed:
            words += ", secrets shown"
        return words

    def compose(self) -> ComposeResult:
        """Table and inspector."""
        yield self._table
        yield self._inspector

    def show(self, log: RecordLog, *, start: int | None = None) -> None:
        """Show the records of a log from the first on, secrets masked. The log is started here.

        Args:
            start: when recording began, in microseconds since 1970 UTC; None for not known.
        """
        self._records = log
        self._shown = None
        self._rows = RecordRows(log, start=start, ascii_only=self._ascii_only)
        self._rows.utc = self._utc
        self._table.set_source(self._rows, self._rows.columns)
        if not log.is_started:
            log.start(self._tell)
        self._take_in()

    def clear(self) -> None:
        """Show nothing any more; the log is its owner's to close."""
        self._records = self._rows = self._shown = None
        self._as_bytes = False
        self._table.set_source(NoRows())
        self._table.status_line = ""
        self._inspector.show("", ())

    def grew(self) -> None:
        """The recording has more events, or became complete."""
        if self._records is not None:
            self._records.grow()

    def on_focus(self) -> None:
        """The table takes the keys."""
        self._table.focus()

    def on_resize(self) -> None:
        """In a low view there is room for the table only."""
        self.set_class(self.size.height < _WITH_RECORD, "-low")

    def _tell(self) -> None:
        """In the thread that decodes."""
        self.post_message(_Decoded())

    @on(_Decoded)
    def _decoded(self) -> None:
        self._take_in()

    def _take_in(self) -> None:
        rows, log = self._rows, self._records
        if rows is None or log is None:
            return
        if rows.take_in():
            self._table.rows_appended()
        status = self._status(log)
        self._table.status_line = in_ascii(status) if self._ascii_only else status
        self._inspect()
        self.post_message(RecordsMoved(self))

    def _status(self, log: RecordLog) -> str:
        if log.failure:
            return log.failure
        if not log.is_complete:
            so_far = f"{amount(log.events_decoded, 'event')} so far"
            is_behind = log.events_decoded < len(log.recording)
            return f"decoding … {so_far}" if is_behind else f"{so_far}, more to come"
        if not len(log):
            return f"Nothing was recorded. {log.kind.facts.stored}"
        return log.kind.facts.stored

    @on(VirtualTable.RowHighlighted)
    def _highlighted(self, event: VirtualTable.RowHighlighted) -> None:
        event.stop()
        self._inspect()
        self.post_message(RecordsMoved(self))

    def current(self) -> tuple[int, Record] | None:
        """The record under the cursor, with its number; None in an empty table."""
        key = self._table.cursor_key
        if not key or self._records is None:
            return None
        try:
            return int(key), self._records.record(int(key))
        except IndexError:
            return None

    def _inspect(self, keep_place: bool = False) -> None:
        """Show the record under the cursor, if that is another one or looks otherwise."""
        rows, log = self._rows, self._records
        key = self._table.cursor_key
        if rows is None or log is None or not key:
            return
        shown = (int(key), rows.is_revealed, self._as_bytes)
        if shown == self._shown:
            return
        found = self.current()
        if found is None:
            return
        self._shown = shown
        at, record = found
        make = byte_lines if self._as_bytes else record_lines
        lines = list(make(log, at, record, revealed=rows.is_revealed))
        self._inspector.show(self._heading(rows, log, record), lines, keep_place=keep_place)

    def _heading(self, rows: RecordRows, log: RecordLog, record: Record) -> str:
        who = {"i": "from the client", "o": "from the server", "e": "from the gateway"}
        events = f"event {number(record.first + 1)}"
        if record.last != record.first:
            events = f"events {number(record.first + 1)}–{number(record.last + 1)}"
        words = [harmless(record.kind, 20), who.get(record.direction, ""), self._when(rows, record)]
        words.append(events)
        secrets = secret_count(log, record)
        if secrets and not rows.is_revealed:
            words.append(
                hints_of(self)("events.reveal_secrets", f"shows {amount(secrets, 'secret')}")
            )
        return " · ".join(word for word in words if word)

    def _when(self, rows: RecordRows, record: Record) -> str:
        if rows.start is None:
            return since_start(record.moment)
        moment = clock_time(rows.start, record.moment, utc=self._utc)
        return f"{moment:%Y-%m-%d %H:%M:%S}"

    @property
    def shows_bytes(self) -> bool:
        """Whether the bytes that a record was made of are shown, and not the record."""
        return self._as_bytes

    def show_bytes(self, as_bytes: bool) -> None:
        """Show the bytes that records were made of, or what was made of them."""
        self._as_bytes = as_bytes
        self._inspect()

    def show_only(self, kind: str) -> None:
        """Show the records of one kind, "" for all, from the first on."""
        if self._rows is not None:
            self._rows.kind = kind
            self._rows.take_in()
            self._table.set_source(self._rows, self._rows.columns)
            self._table.source_changed(keep_key=False)
            self._shown = None
            self._inspect()
            self.post_message(RecordsMoved(self))

    def go_to_record(self, number: int) -> None:
        """Put the cursor on a record, or on the next one that is shown."""
        if self._rows is not None:
            self._table.move_cursor(self._rows.index_near(number), centre=True)

    def look_anew(self) -> None:
        """The same records look otherwise now."""
        if self._rows is not None:
            self._table.set_columns(self._rows.columns)
        self._shown = None
        self._inspect(keep_place=True)
        self.post_message(RecordsMoved(self))
