"""SessionQuery: which sessions, typed, and what of it goes on the wire.

Source: observed gateway behaviour, which says more than the public reference does.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as replaced
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, get_args

Count = Literal["capped", "exact", "none"]

REVIEW_STATUSES = (
    "PENDING",
    "APPROVED",
    "REJECTED",
    "REVOKED",
    "PROCESSING",
    "EXECUTED",
    "UNKNOWN",
)
MAX_LIMIT = 100
MAX_OFFSET = 10_000
# Far above any real name, far below what a proxy takes as a request line.
MAX_TEXT = 1_000
# An end without a start is ignored by the gateway, so a start goes with it.
FLOOR = "1970-01-01T00:00:00Z"

_TEXTS = (
    "user",
    "connection",
    "type",
    "approver",
    "review_status",
    "correlation_id",
    "batch_id",
)


class InvalidQuery(ValueError):
    """A query that cannot be right. `field` names the field of SessionQuery, `reason` says why."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field} {reason}")


@dataclass(frozen=True, slots=True)
class SessionQuery:
    """The filters of a list of sessions. What is None (or False, or empty) does not filter.

    user: subject id (the key's id for API keys), exact and case-sensitive.
    connection, type: exact, or anywhere within the name with `…_contains`; `type` is the
        connection's type (`database`), not its subtype (`postgres`).
    approver: e-mail of somebody whose groups may review the session.
    review_status: one of REVIEW_STATUSES or a value that this version does not know.
    without_review: only sessions that have no review.
    start, end: aware; the start of a session lies between them, both included. The gateway
        knows whole seconds only: `start` is cut to its second, `end` is rounded up to the next
        whole one, so that nothing asked for is lost.
    limit: 1 to 100 sessions; offset: 0 to 10,000.

    Raises InvalidQuery on construction, so that a query that exists can be sent.
    """

    user: str | None = None
    connection: str | None = None
    connection_contains: bool = False
    type: str | None = None
    type_contains: bool = False
    approver: str | None = None
    review_status: str | None = None
    without_review: bool = False
    correlation_id: str | None = None
    batch_id: str | None = None
    jira_issue_keys: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None
    limit: int | None = None
    offset: int | None = None
    count: Count | None = None

    def __post_init__(self) -> None:
        for name in _TEXTS:
            value = getattr(self, name)
            if value is not None:
                _check_text(name, value)
        if isinstance(self.jira_issue_keys, str):
            raise InvalidQuery("jira_issue_keys", "must be a list of keys")
        for key in self.jira_issue_keys:
            _check_text("jira_issue_keys", key)
            if "," in key:
                raise InvalidQuery("jira_issue_keys", "must not have a comma inside a key")
            if key != key.strip():
                raise InvalidQuery("jira_issue_keys", "must not have spaces around a key")
        self._check_review()
        self._check_dates()
        _check_number("limit", self.limit, 1, MAX_LIMIT)
        _check_number("offset", self.offset, 0, MAX_OFFSET)
        if self.count is not None and self.count not in get_args(Count):
            raise InvalidQuery("count", "must be capped, exact or none")

    def _check_review(self) -> None:
        status = self.review_status
        if status is None:
            return
        if self.without_review:
            raise InvalidQuery("review_status", "cannot be asked for where there is no review")
        if status not in REVIEW_STATUSES and status.upper() in REVIEW_STATUSES:
            raise InvalidQuery("review_status", f"must be written in capitals: {status.upper()}")

    def _check_dates(self) -> None:
        start = None if self.start is None else _wire("start", self.start, round_up=False)
        end = None if self.end is None else _wire("end", self.end, round_up=True)
        if start and end and self.start > self.end:  # type: ignore[operator]
            raise InvalidQuery("start", f"is after the end ({start} and {end})")

    def parameters(self) -> list[tuple[str, str]]:
        """The query parameters, in the order of the reference, unescaped for the URL.

        The gateway compares user, connection, type and review status by an SQL `LIKE` with live
        wildcards, so those in a value are escaped with a backslash.
        """
        found: list[tuple[str, str]] = []

        def add(name: str, value: str | None) -> None:
            if value is not None:
                found.append((name, value))

        add("user", _pattern(self.user))
        add("connection", _pattern(self.connection, within=self.connection_contains))
        add("type", _pattern(self.type, within=self.type_contains))
        add("review.approver", self.approver)
        add("review.status", "" if self.without_review else _pattern(self.review_status))
        add("correlation_id", self.correlation_id)
        add("batch_id", self.batch_id)
        add("jira_issue_key", ",".join(self.jira_issue_keys) or None)
        if self.start is not None:
            add("start_date", _wire("start", self.start, round_up=False))
        elif self.end is not None:
            add("start_date", FLOOR)
        if self.end is not None:
            add("end_date", _wire("end", self.end, round_up=True))
        add("limit", None if self.limit is None else str(self.limit))
        add("offset", None if self.offset is None else str(self.offset))
        add("count", self.count)
        return found

    def replace(self, **changes: Any) -> SessionQuery:
        """The same query with some fields changed. Raises InvalidQuery as the constructor does."""
        return replaced(self, **changes)


def _check_text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise InvalidQuery(name, "must be text")
    if not value:
        raise InvalidQuery(name, "must not be empty")
    if len(value) > MAX_TEXT:
        raise InvalidQuery(name, f"must not be longer than {MAX_TEXT} characters")
    if "\0" in value:
        raise InvalidQuery(name, "must not hold a NUL character")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise InvalidQuery(name, "holds a character that is no valid Unicode") from None


def _check_number(name: str, value: object, lowest: int, highest: int) -> None:
    if value is None:
        return
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidQuery(name, "must be a whole number")
    if not lowest <= value <= highest:
        raise InvalidQuery(name, f"must be from {lowest} to {highest}")


def _pattern(value: str | None, *, within: bool = False) -> str | None:
    if value is None:
        return None
    literal = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{literal}%" if within else literal


def _wire(name: str, moment: datetime, *, round_up: bool) -> str:
    if not isinstance(moment, datetime) or moment.utcoffset() is None:
        raise InvalidQuery(name, "must be a moment with a time zone")
    try:
        utc = moment.astimezone(UTC).replace(tzinfo=None)
        if round_up and utc.microsecond:
            utc += timedelta(seconds=1)
    except OverflowError:
        raise InvalidQuery(name, "is outside the years 1 to 9999") from None
    return utc.isoformat(timespec="microseconds")[:19] + "Z"
