"""The fields of the filter sidebar, and how they and `Filters` become each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from textual.widget import Widget

from hoopscope.sessions.filters import Filters
from hoopscope.tui.widgets.action_line import ActionLine
from hoopscope.tui.widgets.choice_field import ChoiceField
from hoopscope.tui.widgets.date_field import DateField
from hoopscope.tui.widgets.field_input import FieldInput
from hoopscope.tui.widgets.filter_options import (
    GUARDRAILS,
    HOW,
    IDENTITIES,
    OUTCOMES,
    REVIEWS,
    TYPES,
    VERBS,
)
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.option_search import Option
from hoopscope.tui.widgets.pick_field import PickField
from hoopscope.tui.widgets.signs import Signs

RANGES = ("1h", "24h", "7d", "30d")
CLEAR = "clear all"


class FilterFields:
    """One widget a filter, named as the fields of `Filters` are."""

    def __init__(self, clock: Callable[[], datetime], signs: Signs) -> None:
        self.user = PickField("User", first_is_meant=True, placeholder="any", signs=signs)
        self.connection_contains = ChoiceField("Connection", HOW, signs=signs)
        self.connection = PickField(placeholder="any", signs=signs)
        self.type_contains = ChoiceField("Type", HOW, signs=signs)
        self.type = PickField(placeholder="any", signs=signs)
        self.type.set_options(TYPES)
        self.review = ChoiceField("Review", REVIEWS, signs=signs)
        self.approver = PickField("Approver", first_is_meant=True, placeholder="any", signs=signs)
        self.start = DateField("From", clock=clock)
        self.end = DateField("To", clock=clock, end=True)
        self.correlation_id = FieldInput("Workflow", inline=True)
        self.batch_id = FieldInput("Batch", inline=True)
        self.jira = FieldInput("Jira", inline=True)
        self.outcomes = ChoiceField("Outcome", OUTCOMES, several=True, signs=signs)
        self.guardrail_hits = ChoiceField("Hits", GUARDRAILS, signs=signs)
        self.identities = ChoiceField("Who", IDENTITIES, several=True, signs=signs)
        self.verbs = ChoiceField("Verb", VERBS, several=True, signs=signs)
        self.subtypes = FieldInput("Kind", inline=True)
        self._given_subtypes: tuple[str, ...] = ()
        self.took = FieldInput("Took", inline=True)
        self.text = FieldInput("Text", inline=True)
        self._heading = Line([(f" {signs.rule * 2} filtered here {signs.rule * 7}", "muted")])

    def in_order(self, clear: str = CLEAR) -> Iterator[Widget]:
        """What the gateway filters by, then what is looked for here, then the action `clear`."""
        yield self.user
        yield self.connection_contains
        yield self.connection
        yield self.type_contains
        yield self.type
        yield self.review
        yield self.approver
        yield self.start
        yield self.end
        yield ActionLine(RANGES)
        yield self.correlation_id
        yield self.batch_id
        yield self.jira
        yield self._heading
        yield self.outcomes
        yield self.guardrail_hits
        yield self.identities
        yield self.verbs
        yield self.subtypes
        yield self.took
        yield self.text
        yield ActionLine([clear])

    def field(self, name: str) -> Widget | None:
        """The widget of a field of `Filters`."""
        found = getattr(self, "user" if name == "user_id" else name, None)
        return found if isinstance(found, Widget) else None

    def read(self) -> Filters:
        """What the fields say now, entered or not."""
        person = self.user.picked
        return Filters(
            user=person.title if person else self.user.meaning,
            user_id=person.value if person else "",
            connection=self.connection.meaning,
            connection_contains=self.connection_contains.value == "has",
            type=self.type.meaning,
            type_contains=self.type_contains.value == "has",
            review=self.review.value,
            approver=self.approver.meaning,
            correlation_id=self.correlation_id.meaning,
            batch_id=self.batch_id.meaning,
            jira=self.jira.meaning,
            start=self.start.meaning,
            end=self.end.meaning,
            outcomes=self.outcomes.values,
            guardrail_hits=bool(self.guardrail_hits.value),
            identities=self.identities.values,
            verbs=self.verbs.values,
            subtypes=self._subtypes_meant(),
            took=self.took.meaning,
            text=self.text.meaning,
        )

    def show(self, filters: Filters) -> None:
        """Show these filters, without a message of any field."""
        if filters.user_id:
            self.user.set_choice(Option(filters.user_id, filters.user))
        else:
            self.user.set_text(filters.user)
        self.connection_contains.set_values(["has" if filters.connection_contains else "is"])
        self.type_contains.set_values(["has" if filters.type_contains else "is"])
        self.review.set_values([filters.review])
        self.guardrail_hits.set_values(["hits" if filters.guardrail_hits else ""])
        for choice in ("outcomes", "identities", "verbs"):
            getattr(self, choice).set_values(getattr(filters, choice))
        for text in ("connection", "type", "approver", "start", "end"):
            getattr(self, text).set_text(getattr(filters, text))
        self._given_subtypes = filters.subtypes
        self.subtypes.set_text(", ".join(filters.subtypes))
        for text in ("correlation_id", "batch_id", "jira", "took", "text"):
            getattr(self, text).set_text(getattr(filters, text))

    def _subtypes_meant(self) -> tuple[str, ...]:
        """Those that were given, which may hold commas and spaces themselves, or those typed."""
        text = self.subtypes.meaning
        if text == ", ".join(self._given_subtypes):
            return self._given_subtypes
        return tuple(text.replace(",", " ").split())
