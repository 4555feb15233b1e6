"""Filters by the words that the options of the command line and views in a settings file share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hoopscope.sessions.filters import WITHOUT_REVIEW, Filters
from hoopscope.sessions.identity import Identity
from hoopscope.sessions.view_keys import identity_word

_IDENTITIES = {identity_word(identity.value): identity.value for identity in Identity}


def filters_of_words(values: Mapping[str, Any]) -> Filters:
    """The filters of values by their words (`view_keys.FILTER_KEYS`), checked before.

    Raises:
        KeyError: an identity has no such word.
    """
    return Filters(
        user=values.get("user", ""),
        user_id=values.get("user_id", ""),
        connection=values.get("connection", "") or values.get("connection_contains", ""),
        connection_contains="connection" not in values,
        type=values.get("type", "") or values.get("type_contains", ""),
        type_contains="type" not in values,
        review=WITHOUT_REVIEW if values.get("without_review") else values.get("review_status", ""),
        approver=values.get("approver", ""),
        correlation_id=values.get("correlation_id", ""),
        batch_id=values.get("batch_id", ""),
        jira=",".join(values.get("jira", ())),
        start=values.get("since", ""),
        end=values.get("until", ""),
        outcomes=values.get("outcome", ()),
        guardrail_hits=values.get("guardrail_hits", False),
        identities=tuple(_IDENTITIES[word] for word in values.get("identity", ())),
        verbs=values.get("verb", ()),
        subtypes=values.get("subtype", ()),
        took=values.get("took", ""),
        text=values.get("text", ""),
    )
