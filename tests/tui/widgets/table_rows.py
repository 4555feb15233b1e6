"""A row source for tests that computes its rows and notes what it was asked for."""

from hoopscope.tui.widgets.row_source import TableColumn, TableRow

COLUMNS = [TableColumn("NAME", 12), TableColumn("STATE", 8), TableColumn("SIZE", 6, "right")]


class ComputedRows:
    """`length` rows, made by index; row `i` is the key `k<i - shift>`."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.shift = 0
        self.asked: list[tuple[int, int]] = []
        self.changed: dict[int, str] = {}

    def __len__(self) -> int:
        return self.length

    def rows(self, first: int, count: int) -> list[TableRow]:
        self.asked.append((first, count))
        return [self.row(index) for index in range(first, min(first + count, self.length))]

    def row(self, index: int) -> TableRow:
        number = index - self.shift
        name = f"名前 {number}" if number % 7 == 3 else f"row {number}"
        state = self.changed.get(number, "done")
        accent = (1, "failure") if state != "done" else None
        return TableRow(f"k{number}", (name, state, str(number % 1000)), accent)

    def index_of(self, key: str) -> int | None:
        index = int(key[1:]) + self.shift
        return index if 0 <= index < self.length else None

    def insert_above(self, count: int) -> None:
        self.length += count
        self.shift += count
