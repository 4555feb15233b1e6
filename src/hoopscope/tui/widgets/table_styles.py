"""How a virtual table takes its styles from the theme: as few as it can."""

from __future__ import annotations

from rich.style import Style
from textual.widget import Widget

from hoopscope.tui.widgets.lean_style import lean
from hoopscope.tui.widgets.row_painter import RowStyles

TONES = ("running", "waiting", "notice", "blocked", "failure")
"""What a cell can be coloured for; every other tone has no colour."""

_HEADER = Style(bold=True)
_LOOKS_LIKE = {"blocked": "waiting"}

TABLE_CLASSES = {
    "virtual-table--cursor",
    "virtual-table--status",
    *(f"virtual-table--{tone}" for tone in TONES if tone not in _LOOKS_LIKE),
}

TABLE_CSS = """
VirtualTable {
    overflow: hidden hidden;
    scrollbar-size: 0 0;
    background: $background;
    color: $foreground;

    & > .virtual-table--status {
        color: $text-muted;
    }
    & > .virtual-table--cursor {
        background: $block-cursor-blurred-background;
        color: $block-cursor-blurred-foreground;
        text-style: $block-cursor-blurred-text-style;
    }
    &:focus > .virtual-table--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: $block-cursor-text-style;
    }
    & > .virtual-table--running {
        color: $text-primary;
    }
    & > .virtual-table--waiting {
        color: $text-warning;
    }
    & > .virtual-table--notice {
        color: $text-secondary;
    }
    & > .virtual-table--failure {
        color: $text-error;
    }
}
"""


def styles_of(table: Widget) -> RowStyles:
    """The styles of a table, as its theme has them now."""

    def part(name: str) -> Style:
        return lean(table.get_component_rich_style(f"virtual-table--{name}", partial=True))

    base = lean(table.rich_style)
    return RowStyles(
        base=base,
        header=base + _HEADER,
        cursor=base + part("cursor"),
        status=base + part("status"),
        tones={tone: part(_LOOKS_LIKE.get(tone, tone)) for tone in TONES},
    )
