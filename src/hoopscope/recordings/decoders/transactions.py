"""Transactions: which statements belong to one, as far as a stream of statements tells."""

from __future__ import annotations

import re

from hoopscope.recordings.marked_text import MarkedText
from hoopscope.recordings.record import BEGINS, ENDS, INSIDE, Field

_COMMENT = re.compile(r"--[^\n]*\n|/\*.*?\*/", re.DOTALL)
_BEGIN = re.compile(r"(?:begin\b(?!\s+try)|start\s+transaction\b)", re.IGNORECASE)
_COMMIT = re.compile(r"(?:commit|end)\b(?!\s+(?:prepared|try))", re.IGNORECASE)
_ROLLBACK = re.compile(
    r"(?:rollback|abort)\b(?!\s+(?:prepared|to\b|work\s+to\b|tran\w*\s+to\b))", re.IGNORECASE
)
_ENDS_WITHIN = re.compile(r";\s{0,20}(?:commit|rollback|end)\b", re.IGNORECASE)
_LOOKED_AT = 300


class Transactions:
    """Numbers transactions and the statements in them.

    Connections that were recorded into one stream cannot be told apart: with more than one open,
    `is_guess` is to be set, and the fields say so.
    """

    def __init__(self) -> None:
        self.is_guess = False
        self._count = 0
        self._statements: int | None = None

    def see(self, statement: str) -> tuple[str, str, tuple[Field, ...]]:
        """The word for a statement, its block, and the fields that place it in its transaction."""
        head = _without_comments(statement[:_LOOKED_AT])
        if self._statements is None:
            if not _BEGIN.match(head) or _ENDS_WITHIN.search(statement):
                return "statement", "", ()
            self._count += 1
            self._statements = 0
            return "begin", BEGINS, self._place("begins")
        if _COMMIT.match(head):
            return "commit", ENDS, self._end("committed")
        if _ROLLBACK.match(head):
            return "rollback", ENDS, self._end("rolled back")
        self._statements += 1
        return "statement", INSIDE, self._place(f"statement {self._statements}")

    def _end(self, how: str) -> tuple[Field, ...]:
        statements, self._statements = self._statements, None
        return self._place(f"{how} after {statements} statement{'s' * (statements != 1)}")

    def _place(self, what: str) -> tuple[Field, ...]:
        guess = " (a guess: several connections are open)" if self.is_guess else ""
        return (("transaction", MarkedText(f"{self._count}, {what}{guess}")),)


def _without_comments(statement: str) -> str:
    """A statement from where it begins."""
    statement = statement.lstrip()
    while found := _COMMENT.match(statement):
        statement = statement[found.end() :].lstrip()
    return statement
