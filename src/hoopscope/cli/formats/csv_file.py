"""Sessions as CSV for spreadsheets: exact values, UTC, and no cell that is taken for a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.formats import Layout
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.outcome import outcome_of
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from typing import TypeAlias

    Value: TypeAlias = str | int | float | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What spreadsheets take for the beginning of a formula, the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")


def _moment(at: int | None) -> str:
    if at is None or at == NO_START:
        return ""
    try:
        moment = _EPOCH + timedelta(microseconds=at)
    except OverflowError:
        return ""
    return moment.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _seconds(row: SessionRow, _now: int) -> float | None:
    return None if row.end is None or row.start == NO_START else (row.end - row.start) / 1_000_000


def _field(name: str) -> Callable[[SessionRow, int], Value]:
    return lambda row, _now: getattr(row, name)


CSV_COLUMNS: dict[str, Callable[[SessionRow, int], Value]] = {
    "id": _field("id"),
    "start": lambda row, _now: _moment(row.start),
    "end": lambda row, _now: _moment(row.end),
    "seconds": _seconds,
    "user": _field("user"),
    "user_name": _field("user_name"),
    "user_id": _field("user_id"),
    "identity_type": _field("identity_type"),
    "connection": _field("connection"),
    "type": _field("type"),
    "subtype": _field("subtype"),
    "resource": _field("resource"),
    "verb": _field("verb"),
    "outcome": lambda row, now: outcome_of(row, now).outcome.value,
    "status": _field("status"),
    "exit_code": _field("exit_code"),
    "review_type": _field("review_type"),
    "review_status": _field("review_status"),
    "guardrail_hits": _field("guardrail_hits"),
    "guardrail_rule": _field("guardrail_rule"),
    "ai_risk": _field("ai_risk"),
    "masked": _field("masked"),
    "jira_key": _field("jira_key"),
    "correlation_id": _field("correlation_id"),
    "batch_id": _field("batch_id"),
    "event_size": _field("event_size"),
    "malformed": _field("malformed"),
}
"""Every column: its name and how a session, as of `now`, becomes its value."""


class CsvFile:
    """`csv`: a header and a line a session, quoted as RFC 4180 says, with plain line ends."""

    def __init__(self, layout: Layout) -> None:
        unknown = [name for name in layout.columns if name not in CSV_COLUMNS]
        if unknown:
            raise UsageFailed(
                f"There is no CSV column {unknown[0]!r}; there are {', '.join(CSV_COLUMNS)}."
            )
        self._names = layout.columns or tuple(CSV_COLUMNS)
        self._now = layout.now

    def begin(self) -> str:
        """The header."""
        return ",".join(self._names) + "\n"

    def sessions(self, rows: Sequence[SessionRow], raw: Sequence[object]) -> str:
        """A line for each."""
        values = [CSV_COLUMNS[name] for name in self._names]
        lines = [",".join([cell(value(row, self._now)) for value in values]) for row in rows]
        # A lone empty cell has to be told from no line at all.
        return "".join([(line or '""') + "\n" for line in lines])

    def end(self) -> str:
        """Nothing."""
        return ""


def cell(value: Value) -> str:
    """One cell: text made harmless and kept from being a formula; quoted where it has to be."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    if not value:
        return ""
    text = harmless(value)
    if value.lstrip()[:1] in _FORMULA or value[0] in _FORMULA:
        text = "'" + text
    if '"' in text or "," in text or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
