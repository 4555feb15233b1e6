"""Where panels go: the summary across, the others below it in one column or two."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from hoopscope.sessions.facts.panel import Line, Panel, PanelState
from hoopscope.tui.widgets.panels.wrapping import wrap
from hoopscope.untrusted import cell_width

TWO_COLUMNS_FROM = 88
"""Cells from which on two columns are easier to read than one."""

_MARGIN = 1
_GAP = 3
_INDENT = "  "
_BLANK: Line = ()


def lay_out(panels: Sequence[Panel], width: int, *, in_one_column: bool = False) -> list[Line]:
    """The rows of all panels, in the order given; none is wider than `width` cells.

    In two columns, where there is room for them, each panel goes to the one that is shorter so
    far, so that what comes first in the order stands on top.
    """
    inner = max(1, width - 2 * _MARGIN)
    across = [row for panel in panels if not panel.title for row in _rows(panel, inner)]
    titled = [panel for panel in panels if panel.title]
    if across and titled:
        across.append(_BLANK)
    if width < TWO_COLUMNS_FROM or in_one_column:
        rows = across + _column(titled, inner)
    else:
        rows = across + _two_columns(titled, inner)
    margin = (" " * _MARGIN, "")
    return [(margin, *row) if row else row for row in rows]


def _two_columns(panels: Sequence[Panel], width: int) -> list[Line]:
    left_width = (width - _GAP + 1) // 2
    right_width = width - _GAP - left_width
    left: list[Line] = []
    right: list[Line] = []
    for panel in panels:
        if len(left) <= len(right):
            _add(left, panel, left_width)
        else:
            _add(right, panel, right_width)
    return [
        _beside(one, other, left_width + _GAP)
        for one, other in zip_longest(left, right, fillvalue=_BLANK)
    ]


def _beside(left: Line, right: Line, width: int) -> Line:
    if not right:
        return left
    used = sum(cell_width(text) for text, _ in left)
    return (*left, (" " * (width - used), ""), *right)


def _column(panels: Sequence[Panel], width: int) -> list[Line]:
    column: list[Line] = []
    for panel in panels:
        _add(column, panel, width)
    return column


def _add(column: list[Line], panel: Panel, width: int) -> None:
    """Below what is there, apart by a blank row unless both are title lines only."""
    rows = _rows(panel, width)
    if column and (len(rows) > 1 or column[-1][0][0].startswith(_INDENT)):
        column.append(_BLANK)
    column += rows


def _rows(panel: Panel, width: int) -> list[Line]:
    if not panel.title:
        return [row for line in (panel.headline, *panel.lines) for row in wrap(line, width)]
    # What is not there should not call for attention.
    tone = "label" if panel.state is PanelState.NONE else "title"
    title = ((f"{panel.title}  ", tone), *panel.headline)
    rows = wrap(title, width)
    for line in panel.lines:
        rows += [((_INDENT, ""), *row) for row in wrap(line, width - len(_INDENT))]
    return rows
