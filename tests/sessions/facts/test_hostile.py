"""Whatever a gateway sends, no panel fails and every piece of it is harmless."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoopscope.gateway.models.session import SessionDetail
from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.facts.panel import TONES, FactsContext, Panel, PanelState
from hoopscope.sessions.facts.session_facts import panels_of, panels_of_row
from hoopscope.sessions.facts.text import text_of
from hoopscope.untrusted import harmless
from tests.gateway import captures
from tests.sessions.facts.sessions import NOW

HOSTILE = st.text(st.characters(), max_size=40) | st.sampled_from(
    ["\x1b[2J\x1b]8;;x\x07", "[red]x[/]", "\u202eabc\u2069", "a\r\nb\tc\x9b1m", "\U000e0041 \ud800"]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**4000, max_value=10**4001)
    | st.floats()
    | HOSTILE
    | st.sampled_from(["2026-11-23T11:46:36Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9Z"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(HOSTILE, inner, max_size=4),
    max_leaves=12,
)
TEMPLATES = [
    captures.value(f"detail-{name}")
    for name in (
        "ai-agentic-medium",
        "guardrail-output",
        "jit-revoked",
        "review-time-window",
        "sql-multi-labels-metadata",
        "credential-revoked",
    )
]


def bent(value: Any, draw: Any, chance: int = 3) -> Any:
    """A value of the same shape, some of it replaced by anything at all."""
    if draw(st.integers(0, 9)) < chance:
        return draw(HOSTILE) if isinstance(value, str) and draw(st.booleans()) else draw(ANYTHING)
    if isinstance(value, dict):
        changed = {key: bent(item, draw, chance) for key, item in value.items()}
        return changed | draw(st.dictionaries(HOSTILE, ANYTHING, max_size=1))
    if isinstance(value, list):
        return [bent(item, draw, chance) for item in value]
    return value


@st.composite
def sessions(draw: Any) -> dict[str, Any]:
    template: dict[str, Any] = draw(st.sampled_from(TEMPLATES))
    changed = {key: bent(item, draw, 2) for key, item in template.items()}
    others: dict[str, Any] = draw(st.dictionaries(HOSTILE, ANYTHING, max_size=3))
    return changed | others | {"id": draw(HOSTILE)}


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(sessions(), st.booleans())
def test_no_session_breaks_a_panel_or_gets_through_raw(raw: dict[str, Any], utc: bool) -> None:
    detail = SessionDetail.from_json(raw)
    for panel in panels_of(detail, FactsContext(NOW, utc)):
        check(panel)
    for panel in panels_of_row(SessionRow.from_json(raw), FactsContext(NOW), PanelState.FAILED):
        check(panel)
    for line in text_of(detail, now=NOW, utc=utc):
        assert harmless(line) == line


def check(panel: Panel) -> None:
    for line in (panel.headline, *panel.lines):
        for text, tone in line:
            assert harmless(text) == text
            assert tone in TONES


@pytest.mark.parametrize(
    "changes",
    [
        {"script": {"data": "\u202ea\n" * 1_000_000}},
        {"metadata": {"\u202e" * 500_000: ["\x1b" * 500_000] * 3}},
        {"guardrails_info": [{"matched_words": ["\x1b" * 500] * 10_000}] * 12},
        {"ai_analysis": {"steps": [{"tool_output": ["\x1b" * 100] * 10_000}] * 12}},
        {"labels": {str(index): "x" * 100 for index in range(10_000)}},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_glance_stays_small_whatever_the_session_holds(changes: dict[str, Any]) -> None:
    detail = SessionDetail.from_json(captures.value("detail-ok-simple") | changes)
    panels = panels_of(detail, FactsContext(NOW))
    assert sum(len(panel.lines) for panel in panels) < 120
    cells = [len(text) for panel in panels for line in panel.lines for text, _ in line]
    assert max(cells) <= 600
    assert sum(cells) < 20_000


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template["id"][:8])
def test_numbers_too_long_to_be_written_out_break_nothing(template: dict[str, Any]) -> None:
    for huge in (10**5000, [10**5000], {"in": -(10**5000)}):
        for raw in islice(with_each_value_replaced(template, huge), 1, None):
            detail = SessionDetail.from_json(raw | {"id": "x"})
            assert text_of(detail, now=NOW, utc=True)


def with_each_value_replaced(value: Any, by: Any) -> Iterator[Any]:
    yield by
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            for changed in with_each_value_replaced(item, by):
                whole = value.copy()
                whole[key] = changed
                yield whole
