"""The list's parameters → SQL, with the gateway's meaning of each, traps and messages included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from hoopscope.demo.access import Caller
from hoopscope.demo.connections import connections
from hoopscope.demo.like import like
from hoopscope.demo.people import everybody
from hoopscope.demo.plans import review_group_sets
from hoopscope.demo.scenarios import REVIEW_STATUSES
from hoopscope.demo.times import second_of

MOST_ROWS = 100
MOST_OFFSET = 10_000
_COUNTS = ("exact", "none", "capped")
_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)


class Refused(Exception):
    """A request that the gateway answers with an error: status and message.

    `with_status`: the body names the status too, as those about downloads do.
    """

    def __init__(self, status: int, message: str, *, with_status: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict[str, object] = {"message": message}
        if with_status:
            self.body["status"] = status


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list request asks of the database; `count` is capped, exact or none."""

    where: str
    values: tuple[Any, ...]
    limit: int
    offset: int
    count: str


def parameters(query: bytes) -> dict[str, bytes]:
    """A query string as the gateway reads it.

    Of a repeated parameter the first one counts; what is not well escaped is as if it were not
    there.
    """
    found: dict[str, bytes] = {}
    for pair in query.split(b"&"):
        if b";" in pair or re.search(rb"%(?![0-9A-Fa-f]{2})", pair):
            continue
        name, _, value = pair.replace(b"+", b" ").partition(b"=")
        found.setdefault(unquote_to_bytes(name).decode("utf-8", "replace"), unquote_to_bytes(value))
    return found


def listing(query: bytes, caller: Caller, now: int, *, old: bool = False) -> Listing:
    """What a query string asks for; `now` in microseconds since 1970.

    Raises:
        Refused: 422 with the gateway's sentence, or 500 for what its database refuses.
    """
    given = parameters(query)
    limit, offset = _limit(given, old), _offset(given, old)
    count = "exact" if old else _count(given)
    conditions: list[str] = []
    values: list[Any] = []
    _dates(given, now, conditions, values)
    named = ("user", "connection", "type", "review.status", "review.approver")
    conditions += [_names(name, _text(given[name])) for name in named if name in given]
    for name, column in (("correlation_id", "correlation"), ("batch_id", "batch")):
        if name in given and (given[name] or name == "batch_id"):
            conditions.append(f"{column} = ?")
            values.append(_text(given[name]))
    if "jira_issue_key" in given:
        keys = [part.strip().upper() for part in _text(given["jira_issue_key"]).split(",")]
        conditions.append(f"jira in ({', '.join('?' * len(keys))})")
        values += keys
    if not caller.person.sees_everything:
        conditions.append(_own(caller))
    return Listing(" and ".join(conditions) or "1", tuple(values), limit, offset, count)


def _text(value: bytes) -> str:
    """A filter's text; the gateway's database refuses NUL and what is not UTF-8."""
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Refused(500, "failed listing sessions (v2)")
    return text


def _option(name: str, problem: str) -> Refused:
    return Refused(422, f'failed listing sessions, invalid "{name}" option: {problem}')


def _number(name: str, value: bytes) -> int:
    text = value.decode("utf-8", "replace")
    if not _NUMBER.fullmatch(text) or not -(2**63) <= int(text) < 2**63:
        raise _option(name, f'"{text}" is not a number')
    return int(text)


def _limit(given: dict[str, bytes], old: bool) -> int:
    if "limit" not in given:
        return 20
    try:
        number = _number("limit", given["limit"])
        if number < 1:
            raise _option("limit", f"must be at least 1, got {number}")
    except Refused:
        if old:
            return 20
        raise
    return min(number, MOST_ROWS)


def _offset(given: dict[str, bytes], old: bool) -> int:
    if "offset" not in given:
        return 0
    try:
        number = _number("offset", given["offset"])
        if number < 0:
            raise _option("offset", f"must not be negative, got {number}")
    except Refused:
        if old:
            return 0
        raise
    if number > MOST_OFFSET and not old:
        raise _option(
            "offset",
            f"must not be greater than {MOST_OFFSET}, got {number}; narrow the result set with"
            " a filter instead of paginating deeper",
        )
    return number


def _count(given: dict[str, bytes]) -> str:
    text = given.get("count", b"capped").decode("utf-8", "replace")
    if text not in _COUNTS:
        raise _option(
            "count", f'invalid count value "{text}", expected one of [{" ".join(_COUNTS)}]'
        )
    return text


def _dates(given: dict[str, bytes], now: int, conditions: list[str], values: list[Any]) -> None:
    """An end alone is ignored; a start alone ends now; both are inclusive."""
    found = {}
    for name in ("start_date", "end_date"):
        if name in given:
            try:
                found[name] = second_of(given[name].decode("utf-8", "replace"))
            except ValueError:
                raise _option(name, "start_date or end_date in wrong format") from None
    if "start_date" in found:
        conditions.append("start between ? and ?")
        values += [found["start_date"], found.get("end_date", now // 1_000_000 * 1_000_000)]


def _names(name: str, pattern: str) -> str:
    """A condition on positions in the demo's own lists, decided here on some dozens of names."""
    if name == "review.approver":
        groups: set[str] = set()
        for person in everybody():
            if person.kind == "person" and person.email == pattern:
                groups |= set(person.groups)
        return _one_of("review_groups", _sets_with(groups))
    if name == "review.status" and not pattern:
        return "review is null"
    matches = like(pattern)
    if matches is None:
        raise Refused(500, "failed listing sessions (v2)")
    if name == "review.status":
        statuses = enumerate(REVIEW_STATUSES)
        return _one_of("review", [place for place, text in statuses if matches(text)])
    if name == "user":
        people = enumerate(everybody())
        return _one_of("person", [place for place, person in people if matches(person.id)])
    found = [
        place
        for place, connection in enumerate(connections())
        if matches(connection.name if name == "connection" else connection.type)
    ]
    return _one_of("connection", found)


def _sets_with(groups: set[str]) -> list[int]:
    return [place for place, those in enumerate(review_group_sets()) if groups & set(those)]


def _one_of(column: str, positions: list[int]) -> str:
    """The plus keeps SQLite from an index when it would have to sort what it finds there."""
    if not positions:
        return "0"
    if len(positions) == 1:
        return f"{column} = {positions[0]}"
    return f"+{column} in ({', '.join(map(str, positions))})"


def _own(caller: Caller) -> str:
    """What people without a role see: their own, and what their groups may review."""
    reviewable = _one_of("review_groups", _sets_with(set(caller.person.groups)))
    return f"(+person = {caller.position} or {reviewable})"
