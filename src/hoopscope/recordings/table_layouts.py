"""How one row of a printed table becomes its cells: by a separator, or by columns of a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

from hoopscope.untrusted import cell_width


class TableLayout(Protocol):
    """The way in which a client program prints its rows."""

    def cells(self, text: str) -> list[str]:
        """The cells of a row, which may go over several lines."""
        ...


@dataclass(frozen=True, slots=True)
class Separated:
    """Cells with a sign between them.

    Attributes:
        sign: what stands between two cells.
        is_framed: whether it also stands before the first and after the last one.
    """

    sign: str
    is_framed: bool = False

    def cells(self, text: str) -> list[str]:
        """The cells of a row."""
        if not self.is_framed:
            return text.split(self.sign)
        return [cell.strip() for cell in text.strip().strip(self.sign).split(self.sign)]


@dataclass(frozen=True, slots=True)
class Cut:
    """Cells below the parts of a rule, by display width; a cell may hold what separates them.

    Attributes:
        spans: for each column the cell of the terminal it begins at, and the one it ends before.
        is_open: whether the last one has no end.
        has_plus: whether a value that goes on in the next line has a `+` at its end.
    """

    spans: tuple[tuple[int, int], ...]
    is_open: bool = True
    has_plus: bool = False

    def cells(self, text: str) -> list[str]:
        """The cells of a row."""
        first, *others = text.split("\n")
        if not others:
            return [cell.strip() for cell in self._parts(first)]
        values = [""] * len(self.spans)
        for line in (first, *others):
            for column, part in enumerate(self._parts(line)):
                goes_on = part.endswith("+")
                values[column] += part.removesuffix("+").strip() + ("\n" if goes_on else "")
        return values

    def goes_on(self, line: str) -> bool:
        """Whether a value of the row continues in the next line."""
        if not self.has_plus or "+" not in line:
            return False
        if line.isascii():
            return _plus_at(self.spans).match(line) is not None
        return any(
            part.endswith("+") and cell_width(part) == end - begins
            for part, (begins, end) in zip(self._parts(line), self.spans, strict=True)
        )

    def _parts(self, line: str) -> list[str]:
        if line.isascii():
            parts = [line[begins:ends] for begins, ends in self.spans]
            if self.is_open:
                parts[-1] = line[self.spans[-1][0] :]
            return parts
        return self._wide_parts(line)

    def _wide_parts(self, line: str) -> list[str]:
        parts: list[str] = []
        signs = iter(line)
        at = 0
        sign = next(signs, "")
        for column, (begins, ends) in enumerate(self.spans):
            kept: list[str] = []
            is_last = self.is_open and column == len(self.spans) - 1
            while sign and (at < ends or is_last):
                if at >= begins:
                    kept.append(sign)
                at += cell_width(sign)
                sign = next(signs, "")
            parts.append("".join(kept))
        return parts


@lru_cache(16)
def _plus_at(spans: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    """Matches a line with a `+` just before one of some columns."""
    return re.compile("|".join(f".{{{end - 1}}}\\+" for _, end in spans))


_ALIGNED = re.compile(r"-+(?:\+-+)*$")
_FIXED = re.compile(r"-+(?: +-+)+ *$")
_BOX = re.compile(r"\+[-=]+(?:\+[-=]+)*\+$")
_MARKDOWN = re.compile(r"\|(?: *:?-+:? *\|)+ *$")


def is_box_rule(line: str) -> bool:
    """Whether a line is the edge of a box, as mysql draws it."""
    return bool(_BOX.match(line))


def boxed(rule: str) -> Cut:
    """The layout below the edge of a box."""
    bars = [at for at, sign in enumerate(rule) if sign == "+"]
    return Cut(tuple((left + 1, right) for left, right in pairwise(bars)), is_open=False)


def layout_of_rule(header: str, rule: str) -> TableLayout | None:
    """The layout of a table whose second line is a rule; None where it is none."""
    if _ALIGNED.match(rule):
        bars = [at for at, sign in enumerate(rule) if sign == "+"]
        if bars or (header.startswith(" ") and cell_width(header.rstrip()) < len(rule)):
            if header.isascii() and any(header[at : at + 1] != "|" for at in bars):
                return None
            edges = [-1, *bars, len(rule)]
            return Cut(tuple((a + 1, b) for a, b in pairwise(edges)), has_plus=True)
    if _FIXED.match(rule) and header.strip():
        return Cut(tuple(found.span() for found in re.finditer("-+", rule)))
    if _MARKDOWN.match(rule) and header.startswith("|"):
        return Separated("|", is_framed=True)
    return None
