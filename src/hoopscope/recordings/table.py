"""Table: one result set, kept as the places where its rows are in a text."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from hoopscope.recordings.byte_source import ByteSource
from hoopscope.recordings.table_layouts import TableLayout

_SAMPLE = 1_000
"""Rows that decide about the widths and kinds of columns."""

_NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")
_EMPTY = ("", "NULL", "\\N")


@dataclass(eq=False)
class Table:
    """One result set: its titles, and where its rows are in the text; they are read when wanted."""

    source: ByteSource
    layout: TableLayout
    titles: tuple[str, ...]
    offsets: array[int] = field(default_factory=lambda: array("Q"))
    sizes: array[int] = field(default_factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self.offsets)

    def row(self, number: int) -> list[str]:
        """The cells of a row, one a title; not harmless yet. Raises IndexError."""
        content = self.source.read(self.offsets[number], self.sizes[number])
        cells = self.layout.cells(text_of(content).replace("\r\n", "\n"))
        missing = len(self.titles) - len(cells)
        return cells + [""] * missing if missing > 0 else cells[: len(self.titles)]

    def sample(self) -> list[list[str]]:
        """Some rows from all over the table, the same ones each time."""
        numbers: Iterable[int] = range(len(self))
        if len(self) > _SAMPLE:
            # Not every so-manyth row: what has a rhythm in it would be missed.
            numbers = sorted(Random(0).sample(range(len(self)), _SAMPLE))  # noqa: S311
        return [self.row(number) for number in numbers]

    def numeric(self, sample: list[list[str]] | None = None) -> list[bool]:
        """For each column whether its values are numbers."""
        rows = self.sample() if sample is None else sample
        columns = list(zip(*rows, strict=True)) or [()] * len(self.titles)
        return [
            any(is_number(cell) for cell in column)
            and all(is_number(cell) for cell in column if cell not in _EMPTY)
            for column in columns
        ]

    def order_by(self, column: int, *, descending: bool = False) -> array[int]:
        """The numbers of the rows in the order of a column; empty values come last."""
        as_number = self.numeric()[column]
        values: list[tuple[float | str, int]] = []
        empty: list[int] = []
        for number in range(len(self)):
            value = self.row(number)[column]
            if value in _EMPTY or (as_number and not is_number(value)):
                empty.append(number)
            else:
                key = float(value.replace(",", "")) if as_number else value.casefold()
                values.append((key, -number if descending else number))
        values.sort(reverse=descending)
        return array("I", [abs(number) for _, number in values] + empty)


def is_number(cell: str) -> bool:
    """Whether a cell is a number as clients print it."""
    return bool(_NUMBER.match(cell))


def text_of(content: bytes) -> str:
    """Bytes of a text; what is no UTF-8 becomes escapes."""
    return content.decode("utf-8", "backslashreplace")
