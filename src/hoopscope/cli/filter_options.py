"""The filters as options, alike for the browser and for `list`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.sections import option

if TYPE_CHECKING:
    from hoopscope.sessions.filters import Filters, InvalidFilter

F = TypeVar("F", bound=Callable[..., Any])

ASKED = "Filters (the gateway's)"
HERE = "Filters (applied here, to what the gateway gives)"

OUTCOMES = (
    "succeeded, failed, blocked, stopped, running, waiting, approved, usable, ready, credential,"
    " rejected, revoked, withdrawn, expired, not-run, no-end, ended, unknown, unreadable"
)
IDENTITIES = ("person", "machine", "api-key")
VERBS = ("exec", "connect")
_SEVERAL = ("user", "connection", "type")

_FLAG_OF_FIELD = {
    "start": "--since",
    "end": "--until",
    "review": "--review-status",
    "outcomes": "--outcome",
    "identities": "--identity",
    "verbs": "--verb",
    "subtypes": "--subtype",
}


def filter_options(command: F) -> F:
    """All filters; their values come as keyword arguments, for `filters_from`."""
    for each in reversed(_OPTIONS):
        command = each(command)
    return command


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the keyword arguments that were given."""
    return {name: value for name, value in values.items() if value not in (None, False, ())}


def filters_from(values: Mapping[str, Any]) -> Filters:
    """The filters of the keyword arguments that were given, as far as `Filters` has them.

    Raises:
        UsageFailed: two of them contradict each other, or one is empty.
    """
    from hoopscope.sessions.filter_words import filters_of_words

    _check(values)
    outcomes = tuple(
        part.strip() for value in values.get("outcome", ()) for part in value.split(",")
    )
    words = {**values, "outcome": outcomes, **{name: _only(values, name) for name in _SEVERAL}}
    return filters_of_words(words).replace(
        connection_contains="connection_contains" in values,
        type_contains="type_contains" in values,
    )


def several(values: Mapping[str, Any]) -> dict[str, Any]:
    """Of which fields more than one value is wanted: fields of `LocalFilter`.

    They are filtered here, for the gateway takes one.
    """
    return {
        name + "s": frozenset(values[name]) for name in _SEVERAL if len(values.get(name, ())) > 1
    }


def in_terms_of_options(error: InvalidFilter) -> UsageFailed:
    """What is wrong with a filter, said of the option that gave it."""
    return UsageFailed(f"{_FLAG_OF_FIELD.get(error.field) or _flag(error.field)}: {error.reason}.")


def _check(values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        texts = value if isinstance(value, tuple) else (value,)
        if any(isinstance(text, str) and not text.strip() for text in texts):
            raise UsageFailed(f"{_flag(name)} is empty; leave it out to see all sessions.")
    for one, other in (
        ("connection", "connection_contains"),
        ("type", "type_contains"),
        ("review_status", "without_review"),
    ):
        if one in values and other in values:
            raise UsageFailed(f"{_flag(one)} and {_flag(other)} exclude each other.")


def _only(values: Mapping[str, Any], name: str) -> str:
    several = values.get(name, ())
    return several[0] if len(several) == 1 else ""


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _completing(words: Callable[[], Sequence[str]]) -> Callable[..., list[CompletionItem]]:
    def complete(
        ctx: click.Context, parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return [CompletionItem(word) for word in words() if word.startswith(incomplete)]

    return complete


def _review_statuses() -> Sequence[str]:
    from hoopscope.gateway.query import REVIEW_STATUSES

    return REVIEW_STATUSES


_OPTIONS = [
    option(ASKED, "--since", metavar="WHEN", help="Started then or later: see Dates."),
    option(ASKED, "--until", metavar="WHEN", help="Started then or earlier."),
    option(
        ASKED,
        "--user",
        metavar="WHO",
        multiple=True,
        help="A subject id, or an e-mail or name to look up.",
    ),
    option(ASKED, "--connection", metavar="NAME", multiple=True, help="The connection, exactly."),
    option(ASKED, "--connection-contains", metavar="TEXT", help="Part of the connection's name."),
    option(
        ASKED,
        "--type",
        metavar="TYPE",
        multiple=True,
        help="The connection's type: database, application, …",
    ),
    option(ASKED, "--type-contains", metavar="TEXT", help="Part of the connection's type."),
    option(
        ASKED,
        "--approver",
        metavar="EMAIL",
        help="Somebody whose groups may decide about the session.",
    ),
    option(
        ASKED,
        "--review-status",
        metavar="STATUS",
        help="PENDING, APPROVED, REJECTED, REVOKED, PROCESSING, EXECUTED or UNKNOWN.",
        shell_complete=_completing(_review_statuses),
    ),
    option(ASKED, "--without-review", is_flag=True, help="Only sessions without a review."),
    option(ASKED, "--correlation-id", metavar="ID", help="Sessions of one workflow."),
    option(ASKED, "--batch-id", metavar="ID", help="Sessions of one batch."),
    option(
        ASKED, "--jira", metavar="KEY", multiple=True, help="A Jira issue's key; more than one may."
    ),
    option(
        HERE,
        "--outcome",
        metavar="OUTCOME",
        multiple=True,
        help=f"What became of the session, one or several: {OUTCOMES}.",
        shell_complete=_completing(lambda: OUTCOMES.split(", ")),
    ),
    option(HERE, "--guardrail-hits", is_flag=True, help="Only where a guardrail matched."),
    option(
        HERE,
        "--identity",
        type=click.Choice(IDENTITIES),
        multiple=True,
        help="Who it was: a person, a machine, an API key.",
    ),
    option(HERE, "--verb", type=click.Choice(VERBS), multiple=True, help="How it was used."),
    option(HERE, "--text", metavar="TEXT", help="Text anywhere in a row."),
    option(
        HERE,
        "--subtype",
        metavar="NAME",
        multiple=True,
        help="The connection's subtype, one or several: postgres, mysql, …",
    ),
    option(HERE, "--took", metavar="TIME", help="How long it took: 30s, '< 2m', 5m-1h."),
]
