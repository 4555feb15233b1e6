"""Views: names for what one often looks at: filters, columns and how wide they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from hoopscope.sessions.filters import Filters

NUMBERS = range(1, 10)
"""The numbers that views can have, each a key of the browser."""


class View(NamedTuple):
    """A name for filters and a look of the table.

    filters: dates in them stay the phrases that they are, and are understood when it is opened.
    columns: ids of `sessions.columns`, in order; empty leaves the choice to the width.
    widths: cells of columns that are to have so many, by id.
    number: the key that is to open it, one of NUMBERS; 0 leaves that to the others.
    """

    name: str
    filters: Filters = Filters()
    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = MappingProxyType({})
    number: int = 0

    def has_look_of(self, other: View) -> bool:
        """Whether both show the same columns in the same widths."""
        return self.columns == other.columns and self.widths == other.widths


EVERYTHING = View("everything")
BUILT_IN: tuple[View, ...] = (
    EVERYTHING,
    # What is open for longer than a session can last is not running.
    View("running", Filters(outcomes=("running",), start="48h")),
    # Withdrawn ones are PENDING for ever; the gateway narrows, the outcome tells them apart.
    View("waiting for review", Filters(review="PENDING", outcomes=("waiting",))),
    View("rejected", Filters(review="REJECTED")),
    View("failed", Filters(outcomes=("failed",))),
    View("guardrail hits", Filters(guardrail_hits=True)),
    View("machines", Filters(identities=("machine",))),
)
"""Those that are always there; keys 1 to 7 open them where the settings say nothing else."""


class ViewList:
    """The views there are: those built in, then one's own, in their order.

    One's own takes the place of a built-in one of the same name, and its number. A number that
    one's own asks for is taken from the built-in one that would have it; what asks for none gets
    the lowest that is left, or none.
    """

    def __init__(self, own: Iterable[View] = ()) -> None:
        own = tuple(own)
        instead = {view.name.casefold(): view for view in own}
        built_in = [instead.pop(view.name.casefold(), view) for view in BUILT_IN]
        self._views = (*built_in, *instead.values())
        self._numbers: dict[str, int] = {}
        for view in own:
            if view.number and view.number not in self._numbers.values():
                self._numbers[view.name] = view.number
        for number, view in enumerate(built_in, 1):
            if not view.number:
                self._number(view, (number,))
        for view in own:
            if view.name not in self._numbers:
                self._number(view, NUMBERS)

    def __iter__(self) -> Iterator[View]:
        return iter(self._views)

    def __len__(self) -> int:
        return len(self._views)

    @property
    def everything(self) -> View:
        """What there is without any choice."""
        return self._views[0]

    @property
    def names(self) -> list[str]:
        """What they are called."""
        return [view.name for view in self._views]

    def named(self, name: str) -> View | None:
        """The view of that name, in capitals or not; None where there is none."""
        wanted = name.strip().casefold()
        fit = [view for view in self._views if view.name.casefold() == wanted]
        return next((view for view in fit if view.name == name), fit[0] if fit else None)

    def at(self, number: int) -> View | None:
        """The view that a number opens."""
        return next((view for view in self._views if self.number_of(view) == number), None)

    def number_of(self, view: View) -> int:
        """The number that opens a view, 0 where none does."""
        return self._numbers.get(view.name, 0)

    def _number(self, view: View, wanted: Iterable[int]) -> None:
        taken = set(self._numbers.values())
        number = next((number for number in wanted if number not in taken), 0)
        if number:
            self._numbers[view.name] = number
