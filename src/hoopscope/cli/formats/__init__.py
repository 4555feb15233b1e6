"""The formats that `hoopscope list` writes, a module a format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow

FORMATS = ("table", "json", "jsonl", "csv")


class Layout(NamedTuple):
    """How texts for people are written.

    columns: ids of the columns wanted, empty for the usual ones.
    width: terminal cells to fit into, 0 for no limit.
    widths: cells of columns that are to have so many, by id.
    now: microseconds since 1970 UTC, fixed for the whole list.
    """

    columns: tuple[str, ...] = ()
    width: int = 0
    now: int = 0
    utc: bool = False
    ascii: bool = False
    widths: Mapping[str, int] = MappingProxyType({})


class Writer(Protocol):
    """Turns sessions into text, as they come."""

    def begin(self) -> str:
        """What stands before the first session."""
        ...

    def sessions(self, rows: Sequence[SessionRow], raw: Sequence[object]) -> str:
        """Some sessions: their rows, and the JSON values that these came from."""
        ...

    def end(self) -> str:
        """What stands after the last one."""
        ...


def writer_for(name: str, layout: Layout) -> Writer:
    """The writer of a format. Raises UsageFailed for columns that it does not have."""
    if name == "jsonl":
        from hoopscope.cli.formats.json_lines import JsonLines

        return JsonLines()
    if name == "json":
        from hoopscope.cli.formats.json_lines import JsonArray

        return JsonArray()
    if name == "csv":
        from hoopscope.cli.formats.csv_file import CsvFile

        return CsvFile(layout)
    from hoopscope.cli.formats.table import Table

    return Table(layout)
