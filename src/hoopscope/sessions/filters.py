"""The filters as an operator typed and picked them, and what is asked of the gateway for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from hoopscope.gateway.query import InvalidQuery, SessionQuery
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.sessions.local_filter import LocalFilter

WITHOUT_REVIEW = "none"
"""The value of `Filters.review` that asks for sessions without a review."""

_FIELD_OF_QUERY = {
    "review_status": "review",
    "without_review": "review",
    "jira_issue_keys": "jira",
}


class Person(Protocol):
    """Somebody whom the gateway knows, as much of them as a filter needs."""

    @property
    def id(self) -> str | None:
        """The subject id, which the `user` filter wants."""

    @property
    def name(self) -> str | None:
        """What they are called."""

    @property
    def email(self) -> str | None:
        """The address, which the `review.approver` filter wants."""


class InvalidFilter(ValueError):
    """A filter that cannot be right. `field` names the field of Filters, `reason` says why."""

    def __init__(self, field: str, reason: str) -> None:
        self.field = field
        self.reason = reason
        super().__init__(f"{field}: {reason}")


class ActiveFilter(NamedTuple):
    """One filter in force: `label` ends in `=` (is) or `~` (has), `text` is harmless."""

    label: str
    text: str


class Filters(NamedTuple):
    """What the operator typed or picked; "" (or nothing) does not filter.

    The gateway filters by:
        user: a name, an e-mail or a subject id; user_id: the subject id of a person picked.
        connection, type: a name, or a part of one with `…_contains`.
        review: a review status, or WITHOUT_REVIEW.
        approver: a name or an e-mail.
        correlation_id, batch_id: exact. jira: keys, with commas or spaces between them.
        start, end: dates as `sessions.dates` reads them.
    Filtered here, over the rows that it gave:
        outcomes: values of `sessions.outcome.Outcome`; guardrail_hits: only sessions with some.
        identities: values of `sessions.identity.Identity`; verbs: "exec", "connect".
        subtypes: any of several; took: how long, as `sessions.durations` reads it.
        text: anywhere in a row.
    """

    user: str = ""
    user_id: str = ""
    connection: str = ""
    connection_contains: bool = True
    type: str = ""
    type_contains: bool = True
    review: str = ""
    approver: str = ""
    correlation_id: str = ""
    batch_id: str = ""
    jira: str = ""
    start: str = ""
    end: str = ""
    outcomes: tuple[str, ...] = ()
    guardrail_hits: bool = False
    identities: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    took: str = ""
    text: str = ""

    def replace(self, **changes: Any) -> Filters:
        """The same filters with some changed."""
        return self._replace(**changes)

    @property
    def is_active(self) -> bool:
        """Whether they leave any session out, at the gateway or here."""
        return self.essence != Filters()

    @property
    def names_somebody(self) -> bool:
        """Whether somebody is named who may have to be looked up: as a user that is not picked."""
        approver = self.approver.strip()
        return bool(self.user.strip() and not self.user_id) or bool(
            approver and "@" not in approver
        )

    @property
    def essence(self) -> Filters:
        """The same without what has no effect: how to look for a text that is not there."""
        return self._replace(
            connection_contains=self.connection_contains or not self.connection,
            type_contains=self.type_contains or not self.type,
        )


def to_query(
    filters: Filters, *, now: datetime, utc: bool, people: Iterable[Person] = ()
) -> SessionQuery:
    """What to ask the gateway for; `people` are those it knows, none where it may not tell.

    A phrase as a date makes this take some hundred milliseconds the first time (see
    `sessions.dates`): call it off the event loop.

    Raises:
        InvalidFilter: a filter that cannot be right, named by its field.
    """
    people = tuple(people)
    user = filters.user_id or _subject(filters.user.strip(), people)
    approver = _address(filters.approver.strip(), people)
    connection, type_ = filters.connection.strip(), filters.type.strip()
    start = _date("start", filters.start, now, utc)
    end = _date("end", filters.end, now, utc)
    without_review = filters.review == WITHOUT_REVIEW
    try:
        return SessionQuery(
            user=user or None,
            connection=connection or None,
            connection_contains=bool(connection) and filters.connection_contains,
            type=type_ or None,
            type_contains=bool(type_) and filters.type_contains,
            approver=approver or None,
            review_status=None if without_review else filters.review.strip() or None,
            without_review=without_review,
            correlation_id=filters.correlation_id.strip() or None,
            batch_id=filters.batch_id.strip() or None,
            jira_issue_keys=tuple(filters.jira.replace(",", " ").split()),
            start=start,
            end=end,
        )
    except InvalidQuery as error:
        raise InvalidFilter(_FIELD_OF_QUERY.get(error.field, error.field), error.reason) from error


def to_local_filter(filters: Filters) -> LocalFilter | None:
    """What is filtered here because the gateway cannot; None when nothing is.

    Raises:
        InvalidFilter: an outcome that there is not, a time that is not understood.
    """
    from hoopscope.sessions.local_filter import LocalFilter
    from hoopscope.sessions.outcome import Outcome

    for value in filters.outcomes:
        if value not in {outcome.value for outcome in Outcome}:
            raise InvalidFilter("outcomes", f"there is no outcome {harmless(value, 20)}")
    shortest, longest = _took(filters.took)
    local = LocalFilter(
        outcomes=frozenset(filters.outcomes),
        guardrail_hits=filters.guardrail_hits,
        identities=frozenset(filters.identities),
        verbs=frozenset(filters.verbs),
        subtypes=frozenset(filters.subtypes),
        shortest=shortest,
        longest=longest,
        text=filters.text.strip(),
    )
    return None if local.is_empty else local


def active_filters(filters: Filters) -> list[ActiveFilter]:
    """The filters in force, in the order of the sidebar, for one line: `user=bruno conn~prod`."""

    def sign(contains: bool) -> str:
        return "~" if contains else "="

    shown = [
        ("user=", filters.user or filters.user_id),
        (f"conn{sign(filters.connection_contains)}", filters.connection),
        (f"type{sign(filters.type_contains)}", filters.type),
        ("review=", filters.review),
        ("approver=", filters.approver),
        ("from=", filters.start),
        ("to=", filters.end),
        ("workflow=", filters.correlation_id),
        ("batch=", filters.batch_id),
        ("jira=", filters.jira),
        ("outcome=", ",".join(filters.outcomes)),
        ("guardrails=", "hits" if filters.guardrail_hits else ""),
        ("who=", ",".join(filters.identities)),
        ("verb=", ",".join(filters.verbs)),
        ("kind=", ",".join(filters.subtypes)),
        ("took=", filters.took),
        ("text~", filters.text),
    ]
    return [ActiveFilter(label, harmless(text)) for label, text in shown if text.strip()]


def _date(field: str, text: str, now: datetime, utc: bool) -> datetime | None:
    if not text.strip():
        return None
    # Most queries have no date, and the first one is asked before anything is painted.
    from hoopscope.sessions.dates import parse_end, parse_moment

    parse = parse_end if field == "end" else parse_moment
    try:
        return parse(text, now=now, utc=utc)
    except ValueError as error:
        raise InvalidFilter(field, str(error)) from error


def _took(text: str) -> tuple[float | None, float | None]:
    if not text.strip():
        return None, None
    from hoopscope.sessions.durations import parse_took

    try:
        return parse_took(text)
    except ValueError as error:
        raise InvalidFilter("took", str(error)) from error


def _subject(text: str, people: tuple[Person, ...]) -> str:
    """The subject id behind a name or an e-mail; what nobody has is taken as a subject id."""
    person = _person("user", text, people)
    return text if person is None else person.id or text


def _address(text: str, people: tuple[Person, ...]) -> str:
    person = _person("approver", text, people)
    return text if person is None else person.email or text


def _person(field: str, text: str, people: tuple[Person, ...]) -> Person | None:
    """Who has this id, e-mail or name; failing that, the only one in whose it occurs."""
    if not text or any(person.id == text for person in people):
        return next((person for person in people if text and person.id == text), None)
    wanted = text.casefold()
    named = [p for p in people if wanted in ((p.email or "").casefold(), (p.name or "").casefold())]
    found = named or [
        person
        for person in people
        if wanted in (person.email or "").casefold() or wanted in (person.name or "").casefold()
    ]
    if len(found) > 1:
        some = ", ".join(harmless(person.email or person.name, 30) for person in found[:3])
        more = ", …" if len(found) > 3 else ""
        raise InvalidFilter(field, f"{len(found)} people fit: {some}{more}")
    return found[0] if found else None
