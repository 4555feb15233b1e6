"""A session as plain lines, for a pipe or a terminal without a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.sessions.facts.panel import WHOLE, FactsContext, Line, Panel
from hoopscope.sessions.facts.session_facts import panels_of

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import SessionDetail


def text_of(detail: SessionDetail, *, now: int, utc: bool, ascii_only: bool = False) -> list[str]:
    """Everything about a session, harmless for any terminal, nothing cut, nothing wrapped.

    `now` is in microseconds since 1970 UTC. Panels stand apart by an empty line, those with
    nothing in them last, a line each. With `ascii_only` our own signs are ASCII.
    """
    lines: list[str] = []
    for panel in panels_of(detail, FactsContext(now, utc, WHOLE)):
        if lines and not panel.is_empty:
            lines.append("")
        lines += lines_of(panel)
        if panel.is_empty and len(lines) > 1 and lines[-2].startswith("  "):
            lines.insert(-1, "")
    return [(in_ascii(line) if ascii_only else line).rstrip() for line in lines]


def lines_of(panel: Panel) -> list[str]:
    """One panel: its title and headline, then its lines."""
    return [_title(panel), *(f"  {_plain(line)}" for line in panel.lines)]


def _title(panel: Panel) -> str:
    return "  ".join(part for part in (panel.title, _plain(panel.headline)) if part)


def _plain(line: Line) -> str:
    return "".join(text for text, _ in line)
