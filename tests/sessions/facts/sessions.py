"""Whole sessions to put into words."""

from __future__ import annotations

from typing import Any

from hoopscope.gateway.models.session import SessionDetail
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.facts.panel import FactsContext, Line, Panel
from hoopscope.sessions.facts.session_facts import panels_of
from tests.gateway import captures

NOW = 1_795_435_000_000_000
"""2026-11-23 11:56:40 UTC, when the recorded sessions were minutes old."""

AT_A_GLANCE = FactsContext(NOW)


def detail(name: str, **changes: Any) -> SessionDetail:
    """A recorded session, some of its fields replaced."""
    return SessionDetail.from_json(captures.value(f"detail-{name}") | changes)


def row(name: str, **changes: Any) -> SessionRow:
    return SessionRow.from_json(detail(name, **changes).raw)


def panel(name: str, panel_id: str, context: FactsContext = AT_A_GLANCE, **changes: Any) -> Panel:
    """One panel of a recorded session."""
    [found] = [p for p in panels_of(detail(name, **changes), context) if p.id == panel_id]
    return found


def words(line: Line) -> str:
    """What a line says, its spaces evened out."""
    return " ".join("".join(text for text, _ in line).split())


def said_in(found: Panel) -> list[str]:
    """What a panel says: its title and headline, then its lines."""
    return [words(((f"{found.title} ", ""), *found.headline)), *map(words, found.lines)]
