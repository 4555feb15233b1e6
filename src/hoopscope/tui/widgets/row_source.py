"""What a virtual table shows: columns, rows, and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, Protocol, TypeAlias


class TableColumn(NamedTuple):
    """A column as it is drawn; `width` is in terminal cells."""

    title: str
    width: int
    align: Literal["left", "right"] = "left"


class TableRow(NamedTuple):
    """A row as it is drawn.

    `key` names it for ever, wherever it stands. `cells`, one a column, are harmless already; they
    are padded or cut to their columns. `accent` is the one cell that is coloured, and its tone.
    `mark` is a sign of one cell at the left.
    """

    key: str
    cells: tuple[str, ...]
    accent: tuple[int, str] | None = None
    mark: str = ""


class RowSource(Protocol):
    """Rows by index, of which there may be millions; only those in sight are asked for."""

    def __len__(self) -> int: ...

    def rows(self, first: int, count: int) -> Sequence[TableRow]:
        """At most `count` rows from index `first` on; fewer where there are fewer."""
        ...

    def index_of(self, key: str) -> int | None:
        """Where the row of that key stands now."""
        ...


class NoRows:
    """A source without rows."""

    def __len__(self) -> int:
        return 0

    def rows(self, first: int, count: int) -> Sequence[TableRow]:
        """None."""
        return ()

    def index_of(self, key: str) -> int | None:
        """Nowhere."""
        return None


Columns: TypeAlias = Sequence[TableColumn] | Callable[[int], Sequence[TableColumn]]
"""Columns, or what makes them for a room of so many cells (gaps included)."""
