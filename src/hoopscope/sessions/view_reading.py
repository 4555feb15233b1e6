"""Views as they stand in a settings file, read: nothing here knows of files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, NamedTuple

from hoopscope.sessions.columns import BY_ID
from hoopscope.sessions.filter_words import filters_of_words
from hoopscope.sessions.filters import Filters, InvalidFilter, to_local_filter, to_query
from hoopscope.sessions.view_keys import (
    EXCLUSIVE,
    FILTER_KEYS,
    KEY_NAMES,
    OTHER_WORDS,
    WIDTHS,
    ViewKey,
)
from hoopscope.sessions.views import NUMBERS, View
from hoopscope.untrusted import harmless

LONGEST_NAME = 60
"""Characters in the name of a view, at most."""

_KEYS = {key.name: key for key in FILTER_KEYS}


class ViewProblem(NamedTuple):
    """What is wrong with a view: `key` names the key of its table, "" the view as a whole.

    `reason` goes on from the key's name: "has to be true or false". With `is_left_out` the view
    cannot be used.
    """

    view: str
    key: str
    reason: str
    is_left_out: bool = True


class InvalidView(ValueError):
    """A table that is no view: `key` names what in it, "" the whole."""

    def __init__(self, key: str, reason: str) -> None:
        self.key = key
        self.reason = reason
        super().__init__(f"{key} {reason}".strip())


def read_views(
    tables: Mapping[str, Any], *, dates: Callable[[View], None] | None = None
) -> tuple[list[View], list[ViewProblem]]:
    """The views that can be used, in their order, and what is wrong with the others.

    Args:
        dates: tries the dates of a view, which are left for later otherwise; see `try_dates`.
    """
    views: list[View] = []
    problems: list[ViewProblem] = []
    for name, table in tables.items():
        try:
            view = read_view(name, table)
            if dates is not None:
                dates(view)
        except InvalidView as error:
            problems.append(ViewProblem(name, error.key, error.reason))
            continue
        taken = next(
            (other for other in views if view.number and other.number == view.number), None
        )
        if taken is not None:
            reason = f"is the one of {harmless(taken.name)} already"
            problems.append(ViewProblem(name, "key", reason, is_left_out=False))
            view = view._replace(number=0)
        views.append(view)
    return views, problems


def read_view(name: str, table: object) -> View:
    """The view that a table of the settings file stands for. Dates are left for later.

    Raises:
        InvalidView: it is none; names the key and says what is wrong.
    """
    if not name.strip() or name != name.strip() or len(name) > LONGEST_NAME:
        raise InvalidView("", f"has to be a name of at most {LONGEST_NAME} characters")
    if not isinstance(table, Mapping):
        raise InvalidView("", "has to be a table")
    for key in table:
        if key not in KEY_NAMES:
            raise InvalidView(key, "is nothing that a view has" + _meant(key, KEY_NAMES))
    for one, other in EXCLUSIVE:
        if one in table and other in table:
            raise InvalidView(other, f"stands beside {one}; give one of the two")
    filters = filters_of_words(
        {name: _value(_KEYS[name], table[name]) for name in table if name in _KEYS}
    )
    _check(filters, table)
    return View(
        name,
        filters,
        columns=_columns(table.get("columns", ())),
        widths=_widths(table.get("widths", {})),
        number=_number(table["key"]) if "key" in table else 0,
    )


def try_dates(view: View, *, utc: bool) -> None:
    """Try to understand the dates of a view as of now, which may take a large library.

    Raises:
        InvalidView: one is not understood, or the first is later than the last.
    """
    filters = view.filters
    try:
        to_query(Filters(start=filters.start, end=filters.end), now=datetime.now(UTC), utc=utc)
    except InvalidFilter as error:
        raise InvalidView(key_of(error.field), error.reason) from error


def _value(key: ViewKey, value: object) -> Any:
    if key.kind == "flag":
        if not isinstance(value, bool):
            raise InvalidView(key.name, "has to be true or false")
        return value
    if key.kind == "text":
        text = _text(key.name, value)
        if key.choices and text not in key.choices:
            _refuse_slip(key, text)
        return text
    words = _words(key.name, value)
    for word in words:
        if key.choices and word not in key.choices:
            there_are = f"; there are {', '.join(key.choices)}"
            meant = _meant(word, key.choices) or there_are
            raise InvalidView(key.name, f"has to be some of those that there are{meant}")
    return words


def _refuse_slip(key: ViewKey, text: str) -> None:
    """A gateway may know more than this version; what is nearly one that it knows is none."""
    capitals = text.upper()
    if capitals in key.choices:
        raise InvalidView(key.name, f"has to be written in capitals: {capitals}")
    if meant := _meant(capitals, key.choices, cutoff=0.75):
        raise InvalidView(key.name, f"is no {key.name.replace('_', ' ')}{meant}")


def _check(filters: Filters, table: Mapping[str, Any]) -> None:
    """Whether it can be asked for, except for its dates: those may take a large library to read."""
    try:
        to_query(filters.replace(start="", end=""), now=datetime.now(UTC), utc=True)
        to_local_filter(filters)
    except InvalidFilter as error:
        raise InvalidView(key_of(error.field, table), error.reason) from error


def key_of(field: str, table: Collection[str] = ()) -> str:
    """The key that stands for a field of `Filters`; of several the one that a table has."""
    names = [key.name for key in FILTER_KEYS if key.field == field]
    return next((name for name in names if name in table), names[0] if names else field)


def _columns(value: object) -> tuple[str, ...]:
    columns = _words("columns", value) if value != () else ()
    for number, column in enumerate(columns):
        _check_column("columns", column)
        if column in columns[:number]:
            raise InvalidView("columns", f"has {column} twice")
    return columns


def _widths(value: object) -> dict[str, int]:
    if not isinstance(value, Mapping):
        raise InvalidView("widths", "has to be a table of columns and cells: { who = 24 }")
    for column, width in value.items():
        _check_column("widths", column)
        if isinstance(width, bool) or not isinstance(width, int) or width not in WIDTHS:
            least, most = WIDTHS[0], WIDTHS[-1]
            raise InvalidView("widths", f"of {column} has to be a number from {least} to {most}")
    return dict(value)


def _check_column(key: str, column: str) -> None:
    if column not in BY_ID:
        there_are = f"; there are {', '.join(BY_ID)}"
        meant = _meant(column, BY_ID) or there_are
        raise InvalidView(key, f"has a column that there is not{meant}")


def _number(value: object) -> int:
    number = int(value) if isinstance(value, str) and value in map(str, NUMBERS) else value
    if isinstance(number, bool) or not isinstance(number, int) or number not in NUMBERS:
        raise InvalidView("key", f"has to be a number from {NUMBERS[0]} to {NUMBERS[-1]}")
    return number


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise InvalidView(key, "has to be text")
    if not value.strip():
        raise InvalidView(key, "is empty; leave it out to see all sessions")
    return value


def _words(key: str, value: object) -> tuple[str, ...]:
    """An array of texts, or one text with commas between."""
    if isinstance(value, str):
        words = [word.strip() for word in value.split(",")]
    elif isinstance(value, list | tuple) and all(isinstance(word, str) for word in value):
        words = list(value)
    else:
        raise InvalidView(key, "has to be an array of texts")
    if not words or not all(word.strip() for word in words):
        raise InvalidView(key, "is empty; leave it out to see all sessions")
    return tuple(words)


def _meant(word: str, words: Collection[str], cutoff: float = 0.6) -> str:
    """`; did you mean …?`, or "" where nothing is close."""
    if words is KEY_NAMES and word in OTHER_WORDS:
        return f"; did you mean {OTHER_WORDS[word]}?"
    close = get_close_matches(word, words, 1, cutoff)
    return f"; did you mean {close[0]}?" if close else ""
