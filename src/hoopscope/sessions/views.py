"""Views: names for what one often looks at: filters, columns and how wide they are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from hoopscope.sessions.filters import Filters


class View(NamedTuple):
    """A name for filters and a look of the table.

    filters: dates in them stay the phrases that they are, and are understood when it is opened.
    columns: ids of `sessions.columns`, in order; empty leaves the choice to the width.
    widths: cells of columns that are to have so many, by id.
    """

    name: str
    filters: Filters = Filters()
    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = MappingProxyType({})


EVERYTHING = View("everything")
BUILT_IN: tuple[View, ...] = (
    EVERYTHING,
    View("running", Filters(outcomes=("running",))),
    View("waiting for review", Filters(review="PENDING")),
    View("rejected", Filters(review="REJECTED")),
    View("failed", Filters(outcomes=("failed",))),
    View("guardrail hits", Filters(guardrail_hits=True)),
    View("machines", Filters(identities=("machine",))),
)
"""Those that are always there; keys 1 to 7 open them where the settings say nothing else."""
