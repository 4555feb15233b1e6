"""What a virtual table says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from hoopscope.tui.widgets.session_table import VirtualTable


class TableMessage(Message, namespace="virtual_table"):
    """Something about a table."""

    def __init__(self, table: VirtualTable) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> VirtualTable:
        """The table."""
        return self.table


class RowHighlighted(TableMessage, namespace="virtual_table"):
    """The cursor came to stand on another row, or its row came to stand elsewhere.

    In a table that became empty the row is 0 and the key "".
    """

    def __init__(self, table: VirtualTable, row: int, key: str) -> None:
        super().__init__(table)
        self.row = row
        self.key = key


class RowSelected(TableMessage, namespace="virtual_table"):
    """The row of the cursor was chosen, by enter or a double click."""

    def __init__(self, table: VirtualTable, row: int, key: str) -> None:
        super().__init__(table)
        self.row = row
        self.key = key


class ViewportChanged(TableMessage, namespace="virtual_table"):
    """Other rows are in sight: `count` places from index `first` on, rows or not."""

    def __init__(self, table: VirtualTable, first: int, count: int) -> None:
        super().__init__(table)
        self.first = first
        self.count = count

    def can_replace(self, message: Message) -> bool:
        """Only the last view counts."""
        return isinstance(message, ViewportChanged)
