"""Record: one thing that happened in a session, as a person reads it."""

from __future__ import annotations

from typing import NamedTuple

from hoopscope.recordings.marked_text import NOTHING, MarkedText

Field = tuple[str, MarkedText]
"""The name of something, and what it is."""

BEGINS, INSIDE, ENDS = "begins", "inside", "ends"
TEXT, HEX = "text", "hex"
"""How a body is shown that is not in its record."""


class Record(NamedTuple):
    """What a decoder made of one event, or of several, or of a part of one.

    moment: seconds since recording began, of the first event.
    direction: the kind of its events: `i` from the client, `o` from the server, `e` the gateway.
    first, last: the numbers of the events that it was made of; others may lie between.
    kind: a word or two: "statement", "request", "keys", "output", "tool call", "note" …
    title: one line, which may be hostile and have any length.
    fields: what is known about it besides.
    body: the text of it, "" where the title says it all.
    reference: "" for a body that is here; else it is what the events from `first` to `last` hold in
        this direction, of any size: as TEXT without terminal escapes, or as HEX.
    has_secrets: whether a body by reference holds something that is to be masked.
    tone: "", "failure", "blocked", "waiting" or "notice".
    language: of the body, as pygments names it; "" for none.
    block: BEGINS, INSIDE or ENDS of what belongs together, such as a transaction; "" for neither.
    """

    moment: float
    direction: str
    first: int
    last: int
    kind: str
    title: MarkedText
    fields: tuple[Field, ...] = ()
    body: MarkedText = NOTHING
    reference: str = ""
    has_secrets: bool = False
    tone: str = ""
    language: str = ""
    block: str = ""

    @property
    def is_masked(self) -> bool:
        """Whether anything of it is a secret."""
        return (
            self.has_secrets
            or bool(self.title.secrets or self.body.secrets)
            or any(text.secrets for _, text in self.fields)
        )
