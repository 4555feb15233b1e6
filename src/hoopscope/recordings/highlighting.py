"""Syntax highlighting of the lines in sight, in a few calm tones; by pygments."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, TypeAlias

Tone: TypeAlias = tuple[int, int, str]
"""(first sign, sign after the last, "keyword", "string", "number", "comment" or "name")."""

LONGEST_LINE = 2_000
"""Signs of a line from which on it stays plain."""

_LONGEST = 100_000
_LONGEST_TIME = 0.15
"""Seconds after which the rest of the lines stays plain."""

_LANGUAGES = {
    "postgres": "postgresql",
    "mysql": "mysql",
    "mssql": "tsql",
    "oracledb": "sql",
    "mongodb": "javascript",
    "dynamodb": "json",
    "cloudwatch": "",
    "bash": "bash",
    "python": "python",
    "node": "javascript",
    "nodejs": "javascript",
    "ruby-on-rails": "ruby",
    "rails-console": "ruby",
    "rails": "ruby",
    "clojure": "clojure",
    "django": "python",
    "elixir": "elixir",
    "kubernetes": "bash",
    "kubernetes-eks": "bash",
    "ssh": "bash",
    "aws-ecs": "bash",
    "aws-ssm": "bash",
    "mcp": "json",
    "mcpproxy": "json",
}
_BY_TYPE = {"database": "sql", "command-line": "bash", "custom": "bash", "application": "bash"}


def language_of(connection_type: str | None, subtype: str | None) -> str:
    """The language that scripts on a connection are written in, "" where it cannot be told."""
    known = _LANGUAGES.get((subtype or "").strip().lower())
    return _BY_TYPE.get((connection_type or "").strip().lower(), "") if known is None else known


class Highlighter:
    """Tells the tones of lines in one language.

    Args:
        language: a name or alias that pygments knows; any other leaves everything plain.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._lexer: Any = None
        self._signs_a_second = 0.0

    def is_quick(self, signs: int, seconds: float = 0.004) -> bool:
        """Whether so many signs will surely be done in so little time."""
        return not self.language or signs < self._signs_a_second * seconds

    def tones(self, lines: Sequence[str]) -> list[list[Tone]]:
        """The tones of each line; lines that follow on each other, without their line breaks."""
        kept = ["" if len(line) > LONGEST_LINE else line for line in lines]
        found: list[list[Tone]] = [[] for _ in lines]
        if sum(map(len, kept)) > _LONGEST or not self._load():
            return found
        begins = list(accumulate((len(line) + 1 for line in kept), initial=0))
        started = time.perf_counter()
        at = 0
        for at, kind, text in self._lexer.get_tokens_unprocessed("\n".join(kept)):
            tone = _tone(kind)
            if not tone or text == ".":  # which some lexers take for a number
                continue
            line = bisect_right(begins, at) - 1
            for part in text.split("\n"):
                if part and line < len(kept):
                    _add(found[line], at - begins[line], len(part), tone)
                at += len(part) + 1
                line += 1
            if time.perf_counter() - started > _LONGEST_TIME:
                break
        self._signs_a_second = max(1, at) / max(1e-6, time.perf_counter() - started)
        return found

    def _load(self) -> bool:
        if self._lexer is None and self.language:
            from pygments.lexers import get_lexer_by_name
            from pygments.util import ClassNotFound

            try:
                self._lexer = get_lexer_by_name(self.language, stripnl=False, ensurenl=False)
            except ClassNotFound:
                self.language = ""
        return self._lexer is not None


def _add(tones: list[Tone], first: int, size: int, tone: str) -> None:
    """Add a tone; neighbours of the same tone are one: fewer changes of style."""
    if tones and tones[-1][1:] == (first, tone):
        first, size = tones[-1][0], first + size - tones[-1][0]
        tones.pop()
    tones.append((first, first + size, tone))


_TONES = (
    ("Token.Keyword", "keyword"),
    ("Token.Operator.Word", "keyword"),
    ("Token.Literal.String", "string"),
    ("Token.Literal.Date", "string"),
    ("Token.Literal.Number", "number"),
    ("Token.Comment", "comment"),
    ("Token.Name.Function", "name"),
    ("Token.Name.Class", "name"),
    ("Token.Name.Tag", "name"),
    ("Token.Name.Decorator", "name"),
)
_known: dict[Any, str] = {}


def _tone(kind: Any) -> str:
    tone = _known.get(kind)
    if tone is None:
        name = str(kind)
        tones = (tone for begin, tone in _TONES if name == begin or name.startswith(begin + "."))
        tone = _known[kind] = next(tones, "")
    return tone
