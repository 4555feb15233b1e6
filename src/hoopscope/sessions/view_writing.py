"""A view as it stands in a settings file: plain values, for whoever writes the file."""

from __future__ import annotations

from typing import Any

from hoopscope.sessions.filters import WITHOUT_REVIEW
from hoopscope.sessions.view_keys import FILTER_KEYS, identity_word
from hoopscope.sessions.views import View


def view_table(view: View) -> dict[str, Any]:
    """The table that `view_reading.read_view` reads as this view; the name is not in it."""
    filters = view.filters
    values: dict[str, Any] = {
        **{key.name: getattr(filters, key.field) for key in FILTER_KEYS},
        "jira": filters.jira.replace(",", " ").split(),
        "identity": [identity_word(identity) for identity in filters.identities],
        "review_status": "" if filters.review == WITHOUT_REVIEW else filters.review,
        "without_review": filters.review == WITHOUT_REVIEW,
        "connection": "" if filters.connection_contains else filters.connection,
        "connection_contains": filters.connection if filters.connection_contains else "",
        "type": "" if filters.type_contains else filters.type,
        "type_contains": filters.type if filters.type_contains else "",
        "columns": view.columns,
        "widths": dict(view.widths),
        "key": view.number,
    }
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if (value.strip() if isinstance(value, str) else value)
    }
