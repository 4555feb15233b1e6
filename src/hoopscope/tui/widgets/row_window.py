"""The rows in sight, kept: one question to their source a step, whatever is drawn."""

from __future__ import annotations

from hoopscope.tui.widgets.row_source import RowSource, TableRow


class RowWindow:
    """Remembers the rows around the place that was looked at last.

    Args:
        source: where rows come from.
    """

    def __init__(self, source: RowSource) -> None:
        self._source = source
        self._rows: dict[int, TableRow] = {}

    def look_at(self, first: int, count: int) -> list[TableRow | None]:
        """The rows from `first` on; None where the source has none (any more).

        What is not remembered is asked for at once, in one call.
        """
        known = self._rows
        missing = [index for index in range(first, first + count) if index not in known]
        if missing:
            start = missing[0]
            asked = missing[-1] + 1 - start
            known.update(enumerate(self._source.rows(start, asked), start))
            if len(known) > 4 * count:
                kept = range(first - count, first + 2 * count)
                self._rows = known = {index: known[index] for index in kept if index in known}
        return [known.get(index) for index in range(first, first + count)]

    def row(self, index: int) -> TableRow | None:
        """One row, which may be out of sight; it is not remembered."""
        known = self._rows.get(index)
        if known is None and index >= 0:
            known = next(iter(self._source.rows(index, 1)), None)
        return known

    def forget(self, first: int = 0, count: int | None = None) -> None:
        """Forget `count` rows from `first` on, or all that follow."""
        if count is None and first == 0:
            self._rows.clear()
            return
        end = float("inf") if count is None else first + count
        for index in [index for index in self._rows if first <= index < end]:
            del self._rows[index]
