"""The filters in force, on one line above the table."""

from __future__ import annotations

from hoopscope.sessions.filters import Filters, active_filters
from hoopscope.tui.widgets.line import Line, Span


class FilterLine(Line):
    """`failed outcome=failed user=bruno`; not there while nothing is filtered.

    The name of a view stands before what it filters by. At the right stands what `note` says,
    such as how much was looked through.
    """

    DEFAULT_CSS = """
    FilterLine {
        display: none;
        &.-active { display: block; }
    }
    """

    def show_filters(self, filters: Filters, note: str = "", *, view: str = "") -> None:
        """Show these filters; `note` and `view` have to be harmless."""
        spans: list[Span] = [(f" {view} ", "accent")] if view else []
        for label, text in active_filters(filters):
            spans += [(f" {label}", "muted"), (text, "")]
        self.set_class(bool(spans or note), "-active")
        self.show(spans, [(note, "muted")] if note else [])
