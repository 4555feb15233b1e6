from __future__ import annotations

import pytest

from hoopscope.sessions.facts.panel import Panel, nothing
from hoopscope.sessions.facts.session_facts import panels_of
from hoopscope.tui.widgets.panels.layout import TWO_COLUMNS_FROM, lay_out
from hoopscope.untrusted import cell_width
from tests.gateway import captures
from tests.sessions.facts.sessions import AT_A_GLANCE, detail


def panel(title: str, *lines: str) -> Panel:
    return Panel(title, title, lines=tuple(((line, ""),) for line in lines))


SUMMARY = Panel("summary", "", headline=(("✓ ok", ""),))


def shown(panels: list[Panel], width: int) -> list[str]:
    return ["".join(text for text, _ in row).rstrip() for row in lay_out(panels, width)]


def test_one_column_keeps_the_order() -> None:
    assert shown([SUMMARY, panel("A", "a1", "a2"), panel("B", "b1"), nothing("C", "C")], 40) == [
        " ✓ ok",
        "",
        " A",
        "   a1",
        "   a2",
        "",
        " B",
        "   b1",
        "",
        " C  none",
    ]


def test_two_columns_fill_the_shorter_one_and_put_what_comes_first_on_top() -> None:
    panels = [
        SUMMARY,
        panel("A", "a1", "a2"),
        panel("B", "b1"),
        panel("C", "c1"),
        nothing("D", "D"),
    ]
    rows = shown(panels, 90)
    left, right = [row[:45].strip() for row in rows], [row[45:] for row in rows]
    assert left == ["✓ ok", "", "A", "a1", "a2", "", "D  none"]
    assert right == ["", "", "  B", "    b1", "", "  C", "    c1"]


def test_title_lines_stand_close_together() -> None:
    assert shown([nothing("A", "A"), nothing("B", "B", "not loaded yet")], 40) == [
        " A  none",
        " B  not loaded yet",
    ]


@pytest.mark.parametrize("width", [1, 2, 10, 24, 80, TWO_COLUMNS_FROM, 120, 200])
def test_no_row_is_wider_than_the_pane(width: int) -> None:
    for name in ("ai-agentic-medium", "jit-revoked", "hostile-bidi", "sql-multi-labels-metadata"):
        for row in lay_out(panels_of(detail(name), AT_A_GLANCE), width):
            if width > 2:  # a wide character has no place in one cell
                assert sum(cell_width(text) for text, _ in row) <= width


def test_every_recorded_session_loses_no_word_in_columns() -> None:
    for name in captures.details():
        panels = panels_of(detail(name.removeprefix("detail-")), AT_A_GLANCE)
        one, two = (sorted("".join(shown(panels, width)).replace(" ", "")) for width in (80, 120))
        assert one == two
