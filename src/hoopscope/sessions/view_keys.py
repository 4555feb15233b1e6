"""The keys that a view has in the settings file: the words of the command line's filters."""

from __future__ import annotations

from typing import Literal, NamedTuple

from hoopscope.gateway.query import REVIEW_STATUSES
from hoopscope.sessions.identity import Identity
from hoopscope.sessions.outcome import Outcome


class ViewKey(NamedTuple):
    """One filter of a view.

    field: what it is in `Filters`.
    kind: a text; `true`; or several words, in an array or in one text with commas between.
    choices: the words that there are, None where any may be; with `open` they are the usual ones.
    """

    name: str
    field: str
    kind: Literal["text", "flag", "words"]
    help: str
    choices: tuple[str, ...] = ()
    open: bool = False


def identity_word(value: str) -> str:
    """A value of `Identity` as the command line has it: `API key` is `api-key`."""
    return value.lower().replace(" ", "-")


FILTER_KEYS: tuple[ViewKey, ...] = (
    ViewKey(
        "since",
        "start",
        "text",
        "Started then or later: a date, or a phrase: last 24 hours.",
    ),
    ViewKey("until", "end", "text", "Started then or earlier."),
    ViewKey("user", "user", "text", "A name or an e-mail to look up, or a subject id."),
    ViewKey(
        "user_id",
        "user_id",
        "text",
        "The subject id of that user, so that nobody has to be looked up.",
    ),
    ViewKey("connection", "connection", "text", "The connection, exactly."),
    ViewKey("connection_contains", "connection", "text", "Part of the connection's name."),
    ViewKey("type", "type", "text", "The connection's type: database, application, …"),
    ViewKey("type_contains", "type", "text", "Part of the connection's type."),
    ViewKey("approver", "approver", "text", "Somebody whose groups may decide about the session."),
    ViewKey(
        "review_status", "review", "text", "How the review stands.", REVIEW_STATUSES, open=True
    ),
    ViewKey("without_review", "review", "flag", "Only sessions without a review."),
    ViewKey("correlation_id", "correlation_id", "text", "Sessions of one workflow."),
    ViewKey("batch_id", "batch_id", "text", "Sessions of one batch."),
    ViewKey("jira", "jira", "words", "Keys of Jira issues."),
    ViewKey(
        "outcome",
        "outcomes",
        "words",
        "What became of the session.",
        tuple(outcome.value for outcome in Outcome),
    ),
    ViewKey("guardrail_hits", "guardrail_hits", "flag", "Only where a guardrail matched."),
    ViewKey(
        "identity",
        "identities",
        "words",
        "Who it was.",
        tuple(identity_word(identity.value) for identity in Identity),
    ),
    ViewKey("verb", "verbs", "words", "How it was used.", ("exec", "connect")),
    ViewKey("text", "text", "text", "Text anywhere in a row."),
    ViewKey("subtype", "subtypes", "words", "The connection's subtype: postgres, mysql, …"),
    ViewKey("took", "took", "text", "How long it took: 30s, < 2m, 5m-1h."),
)
"""Every filter, with the name of the option that gives it (`--since`) where there is one."""

LOOK_KEYS = ("columns", "widths", "key")
KEY_NAMES = (*(key.name for key in FILTER_KEYS), *LOOK_KEYS)

OTHER_WORDS = {
    "from": "since",
    "start": "since",
    "to": "until",
    "end": "until",
    "who": "user",
    "review": "review_status",
    "status": "outcome",
    "workflow": "correlation_id",
    "correlation": "correlation_id",
    "batch": "batch_id",
    "kind": "subtype",
    "guardrails": "guardrail_hits",
    "duration": "took",
    "number": "key",
}
"""What somebody might call a key that has another name."""

WIDTHS = range(1, 201)
"""Cells that a column can be given."""


EXCLUSIVE = (
    ("connection", "connection_contains"),
    ("type", "type_contains"),
    ("review_status", "without_review"),
)
"""The pairs of keys of which a view can have one."""
