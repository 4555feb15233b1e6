"""What there is to pick from in the filter sidebar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from hoopscope.sessions.filters import WITHOUT_REVIEW, Person
from hoopscope.sessions.identity import Identity
from hoopscope.sessions.outcome import Outcome
from hoopscope.tui.widgets.option_search import Option

HOW = (Option("has"), Option("is"))
GUARDRAILS = (Option("", "any"), Option("hits", "guardrails"))
OUTCOMES = tuple(Option(outcome) for outcome in Outcome)
VERBS = (Option("exec"), Option("connect"))
IDENTITIES = (
    Option(Identity.PERSON, "people"),
    Option(Identity.MACHINE, "machines"),
    Option(Identity.API_KEY, "API keys"),
)
REVIEWS = (
    Option("", "any"),
    Option("PENDING", "pending"),
    Option("APPROVED", "approved"),
    Option("REJECTED", "rejected"),
    Option("REVOKED", "revoked"),
    Option("PROCESSING", "processing"),
    Option("EXECUTED", "executed"),
    Option("UNKNOWN", "unknown"),
    Option(WITHOUT_REVIEW, "without one"),
)
KNOWN_TYPES = ("application", "command-line", "custom", "database", "httpproxy")


class NamedConnection(Protocol):
    """A connection, as much of it as a picker shows."""

    @property
    def name(self) -> str | None:
        """What sessions name it by."""

    @property
    def type(self) -> str | None:
        """Its type, `database`."""

    @property
    def subtype(self) -> str | None:
        """Its subtype, `postgres`."""


def person_options(people: Iterable[Person], *, by_address: bool) -> list[Option]:
    """People, shown by e-mail with the name beside it; each means an id, or an e-mail."""
    found = []
    for person in people:
        value = (person.email if by_address else person.id) or ""
        if value:
            found.append(
                Option(value, label=person.email or person.name or value, hint=person.name or "")
            )
    return sorted(found, key=lambda option: option.title)


def connection_options(connections: Iterable[NamedConnection]) -> list[Option]:
    """Connections by name, with the kind of each beside it."""
    return sorted(
        (
            Option(connection.name, hint=connection.subtype or connection.type or "")
            for connection in connections
            if connection.name
        ),
        key=lambda option: option.value,
    )


def type_options(types: Iterable[str]) -> list[Option]:
    """Types that are known to occur, and those given."""
    return [Option(name) for name in sorted({*KNOWN_TYPES, *types} - {""})]


TYPES = type_options(())
