"""Tables out of what SQL clients print: separated by tabs or pipes, aligned, in boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hoopscope.recordings.byte_source import ByteSource
from hoopscope.recordings.table import Table, text_of
from hoopscope.recordings.table_layouts import (
    Cut,
    Separated,
    TableLayout,
    boxed,
    is_box_rule,
    layout_of_rule,
)

LARGEST = 64_000_000
"""Bytes of a text up to which tables are looked for in it."""

_GOES_ON = 8
"""Lines that a value may go over within a row of separated values."""

_FOOTER = re.compile(r"\((\d+) rows?(?: affected)?\)$")
_STATUS = re.compile(
    r"(?:SELECT|INSERT|UPDATE|DELETE|MERGE|COPY|MOVE|FETCH) \d|[A-Z]+(?: [A-Z]+){0,3}$"
    r"|\d+ rows? (?:in set|affected|selected)|Query OK|Time: |Empty set|mysql: \[Warning\]"
)


@dataclass
class Tables:
    """The tables found in a text.

    Attributes:
        found: in the order of the text.
        others: lines with something that is in no table.
        lines: all lines with something.
        is_odd: whether a footer speaks of other rows than there are.
    """

    found: list[Table] = field(default_factory=list)
    others: int = 0
    lines: int = 0
    is_odd: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the text is tables and hardly anything else."""
        return bool(self.found) and not self.is_odd and self.others <= max(2, self.lines // 20)


def find_tables(source: ByteSource) -> Tables:
    """All tables of a text, several result sets after each other; none in a very large one."""
    if source.size() > LARGEST:
        return Tables()
    return _Finder(source).find()


class _Finder:
    """Goes through the lines once, with the next few known."""

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._lines = _lines_of(source)
        self._ahead: list[tuple[int, str, int]] = []
        self._tables = Tables()
        self._loose: list[tuple[int, str, int]] = []  # lines in no table since the last one

    def find(self) -> Tables:
        """All tables."""
        while (line := self._peek(0)) is not None:
            if not (self._ruled() or self._boxed() or self._separated()):
                self._take()
                self._single(line)
        self._let_go(len(self._loose))
        return self._tables

    def _ruled(self) -> bool:
        """A header, a rule below it, rows until an empty line or a footer."""
        header, rule = self._text(0), self._text(1)
        if not rule.lstrip("|").startswith(("-", " -", ":-", " :-")) or not header.strip():
            return False
        layout = layout_of_rule(header, rule)
        if layout is None:
            return False
        self._begin(2)
        table = self._table(layout, header)
        is_cut = isinstance(layout, Cut)
        while (line := self._peek(0)) is not None:
            offset, text, size = line
            if not text.strip() or (text[0] == "(" and _FOOTER.match(text)):
                break
            if not is_cut and not text.startswith("|"):
                break
            self._take()
            while isinstance(layout, Cut) and layout.goes_on(text):
                more = self._peek(0)
                if more is None or not more[1].strip():
                    break
                self._take()
                text, size = more[1], more[0] + more[2] - offset
            table.offsets.append(offset)
            table.sizes.append(size)
        self._end(table)
        return True

    def _boxed(self) -> bool:
        rule = self._text(0)
        if not is_box_rule(rule) or not is_box_rule(self._text(2)):
            return False
        header = self._text(1)
        self._begin(3)
        table = self._table(boxed(rule), header)
        while (line := self._peek(0)) is not None and line[1].startswith("|"):
            self._take()
            table.offsets.append(line[0])
            table.sizes.append(line[2])
        if is_box_rule(self._text(0)):
            self._begin(1)
        self._end(table)
        return True

    def _separated(self) -> bool:
        """Lines with the same number of separators, a header first."""
        header = self._text(0)
        sign = "\t" if "\t" in header else "|"
        count = header.count(sign)
        if not count:
            return False
        has_rule = not self._text(1).strip("-" + sign) and "-" in self._text(1)
        at_least = 1 if sign == "\t" or has_rule else 2
        has_none = _footer_of(self._text(1)) == 0
        if not has_none and any(
            self._text(number).count(sign) != count and _footer_of(self._text(number)) != number - 1
            for number in range(1, at_least + 1)
        ):
            return False
        self._begin(2 if has_rule else 1)
        table = self._table(Separated(sign), header)
        while (line := self._peek(0)) is not None:
            offset, text, size = line
            if text.count(sign) != count:
                if not len(table) or not self._is_continued(sign, count):
                    break
                table.sizes[-1] = offset + size - table.offsets[-1]
            else:
                table.offsets.append(offset)
                table.sizes.append(size)
            self._take()
        self._end(table)
        return True

    def _single(self, line: tuple[int, str, int]) -> None:
        """A footer below lines without separators: it says how many are the rows of one column."""
        count = -1 if "affected" in line[1] else _footer_of(line[1])
        if not 0 <= count < len(self._loose):
            self._loose.append(line)
            self._tables.is_odd |= count >= 0
            return
        rows = self._loose[len(self._loose) - count :]
        header = self._loose[len(self._loose) - count - 1]
        self._let_go(len(self._loose) - count - 1)
        self._tables.lines += count + 1
        table = Table(self._source, Separated("\n"), (header[1].strip(),))
        for offset, _, size in rows:
            table.offsets.append(offset)
            table.sizes.append(size)
        self._tables.found.append(table)

    def _is_continued(self, sign: str, count: int) -> bool:
        """Whether what comes belongs to the value before: rows of the table follow soon."""
        text = self._text(0)
        if not text.strip() or sign in text or _FOOTER.match(text) or _STATUS.match(text):
            return False
        ahead = (self._text(number) for number in range(1, _GOES_ON))
        return any(line.count(sign) == count for line in ahead)

    def _table(self, layout: TableLayout, header: str) -> Table:
        return Table(self._source, layout, tuple(cell.strip() for cell in layout.cells(header)))

    def _begin(self, lines: int) -> None:
        """Take the lines that a table begins with."""
        self._let_go(len(self._loose))
        for _ in range(lines):
            self._take()
        self._tables.lines += lines

    def _end(self, table: Table) -> None:
        self._tables.lines += len(table)
        footer = _footer_of(self._text(0))
        if footer not in (-1, len(table)) and isinstance(table.layout, Separated):
            # Values with line breaks in them, which nothing tells from rows.
            self._tables.others += len(table) + 1
            self._tables.is_odd = True
            return
        self._tables.found.append(table)
        if footer >= 0:
            self._take()

    def _let_go(self, count: int) -> None:
        """So many loose lines belong to no table."""
        for _, text, _ in self._loose[:count]:
            if text.strip() and not _STATUS.match(text) and not _FOOTER.match(text):
                self._tables.others += 1
                self._tables.lines += 1
        self._loose.clear()

    def _peek(self, number: int) -> tuple[int, str, int] | None:
        ahead = self._ahead
        while len(ahead) <= number:
            line = next(self._lines, None)
            if line is None:
                return None
            ahead.append(line)
        return ahead[number]

    def _text(self, number: int) -> str:
        line = self._peek(number)
        return line[1] if line is not None else ""

    def _take(self) -> None:
        if self._peek(0) is not None:
            self._ahead.pop(0)


def _footer_of(text: str) -> int:
    """How many rows a footer speaks of; -1 for what is none."""
    footer = _FOOTER.match(text)
    return int(footer[1][:9]) if footer else -1


def _lines_of(source: ByteSource) -> Iterator[tuple[int, str, int]]:
    """Offset, text and size in bytes of each line, without its line break."""
    at, rest, size = 0, b"", 0
    while content := source.read(at + len(rest), 1_048_576):
        content = rest + content
        *lines, rest = content.split(b"\n")
        for line in lines:
            size = len(line)
            yield at, text_of(line.removesuffix(b"\r")), size - line.endswith(b"\r")
            at += size + 1
    if rest:
        yield at, text_of(rest.removesuffix(b"\r")), len(rest)
