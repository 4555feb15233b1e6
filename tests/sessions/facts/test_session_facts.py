from __future__ import annotations

import pytest

from hoopscope.gateway.models.session import SessionDetail
from hoopscope.sessions.facts.panel import FactsContext, Panel, PanelState
from hoopscope.sessions.facts.session_facts import panels_of, panels_of_row
from tests.gateway import captures
from tests.sessions.facts.sessions import AT_A_GLANCE, NOW, detail, panel, row, said_in


def order(panels: list[Panel]) -> list[str]:
    return [found.id for found in panels if found.state is not PanelState.NONE]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("ok-simple", ["summary", "script"]),
        ("fail-exit3", ["summary", "script", "data"]),
        ("review-pending", ["summary", "review"]),
        ("guardrail-input", ["summary", "guardrails"]),
        ("ai-high-block", ["summary", "analysis"]),
        ("credential-live", ["summary", "links"]),
        ("exec-killed", ["summary", "script", "data"]),
    ],
)
def test_what_explains_the_outcome_comes_first(name: str, first: list[str]) -> None:
    assert order(panels_of(detail(name), AT_A_GLANCE))[: len(first)] == first


def test_what_is_not_there_comes_last_as_a_title_line() -> None:
    panels = panels_of(detail("ok-simple"), AT_A_GLANCE)
    nothing = [found for found in panels if found.state is PanelState.NONE]
    assert panels[-len(nothing) :] == nothing
    assert [found.title for found in nothing] == [
        "Review",
        "Guardrails",
        "AI analysis",
        "Belongs to",
        "Metadata",
        "Other fields",
    ]
    assert all(found.is_empty for found in nothing)


def test_every_recorded_session_has_every_panel() -> None:
    for name in captures.details():
        raw = captures.value(name)
        panels = panels_of(SessionDetail.from_json(raw), AT_A_GLANCE)
        assert len({found.id for found in panels}) == len(panels) == 11, name
        assert panels[0].lines[0][-1][0] == raw["id"]
        # These gateways are known: there is nothing that this version could not place.
        assert panels[-1].id == "other", name
        assert panels[-1].state is PanelState.NONE


def test_a_row_tells_none_from_not_loaded_from_not_allowed() -> None:
    listed = row("review-two-groups-partial")
    for state, word in (
        (PanelState.NOT_LOADED, "not loaded yet"),
        (PanelState.FORBIDDEN, "not allowed to see"),
        (PanelState.FAILED, "could not be loaded"),
    ):
        said = [said_in(found)[0] for found in panels_of_row(listed, AT_A_GLANCE, state)]
        assert f"Review … waiting: 1 of 2 · the rest {word}" in said
        assert f"Script {word}" in said
        assert f"AI analysis {word}" in said
        assert "Guardrails none" in said


def test_row_and_detail_have_the_same_panels_and_summary() -> None:
    for name in ("guardrail-input", "credential-live", "live"):
        listed = panels_of_row(row(name), AT_A_GLANCE)
        whole = panels_of(detail(name), AT_A_GLANCE)
        assert {found.id for found in listed} == {found.id for found in whole}
        assert listed[0] == whole[0]


def test_a_summary_says_what_became_of_it_when_and_where() -> None:
    assert said_in(panel("fail-exit3", "summary")) == [
        "✗ exit 3 after 72.4 ms · exec on bash-prod (custom) · bruno@acme.example",
        "2026-11-23 11:46:36.162057 → 11:46:36.234474 UTC · 4bc71f30-9baf-417e-b5f3-d07f2821617c",
    ]


def test_a_summary_of_what_has_not_ended_says_for_how_long() -> None:
    lines = said_in(panel("review-pending", "summary", FactsContext(NOW)))
    assert lines[0].startswith("… waiting for 7 minutes and ")
    assert "→ no end" in lines[1]
    assert lines[2] == "It waits for a review."


def test_odd_times_are_shown_all_the_same() -> None:
    odd = panel("ok-simple", "summary", start_date=None, end_date="9999-12-31T23:59:59Z")
    lines = said_in(odd)
    assert lines[1].startswith("no start → 9999-12-31 23:59:59 UTC")
    backwards = said_in(panel("ok-simple", "summary", start_date="2027-01-01T00:00:00Z"))
    assert " after -" in backwards[0]


def test_what_cannot_be_read_is_said_and_shown_as_it_came() -> None:
    session = detail("ok-simple", exit_code="zero", metadata=[1, "\x1b"])
    panels = {found.id: said_in(found) for found in panels_of(session, AT_A_GLANCE)}
    assert panels["summary"][0].startswith("! unreadable")
    assert "exit_code" in panels["summary"][2]
    assert panels["other"] == [
        "Other fields 2 fields that this version does not know",
        "exit_code zero",
        r"metadata [1, \x1b]",
    ]
