from __future__ import annotations

from hoopscope.sessions.facts.panel import WHOLE, FactsContext
from tests.gateway import captures
from tests.sessions.facts.sessions import NOW, panel, said_in


def test_risk_action_and_reasons_come_first() -> None:
    assert said_in(panel("ai-high-block", "analysis")) == [
        "AI analysis HIGH · ⊘ blocked",
        "Destructive table drop",
        "Drops or wipes data that cannot be brought back; affects every customer of the shop.",
    ]


def test_an_agent_shows_its_steps_and_their_errors() -> None:
    lines = said_in(panel("ai-agentic-medium", "analysis"))
    assert lines[0] == "AI analysis MEDIUM · allowed"
    assert "model acme-risk-1" in lines
    assert "steps 9, 1 error" in lines
    assert 'called search_past_sessions {"limit": 5}' in lines
    assert [line for line in lines if line.startswith("answer ✗ error run_metadata_query")]
    assert [line for line in lines if line.endswith(r"\x1b[31mred?\x1b[0m")]


def test_the_whole_cuts_no_step() -> None:
    analysis = captures.value("detail-ai-agentic-medium")["ai_analysis"]
    glance = "\n".join(said_in(panel("ai-agentic-medium", "analysis")))
    whole = "\n".join(
        said_in(panel("ai-agentic-medium", "analysis", FactsContext(NOW, limits=WHOLE)))
    )
    for step in analysis["steps"]:
        assert step.get("tool_output", "") in whole
    assert len(glance) < len(whole)


def test_steps_without_text_or_with_json_for_text_are_shown() -> None:
    steps = [
        {"type": "tool_call", "tool_name": "look", "tool_input": {"at": ["\u202e", 1]}},
        {"type": "pondering"},
        {},
    ]
    lines = said_in(panel("ai-high-block", "analysis", ai_analysis={"steps": steps}))
    assert lines[0] == "AI analysis no risk level"
    assert lines[2:] == [r'called look {"at": ["\u202e", 1]}', "pondering", "no type"]


def test_judgements_of_single_requests_are_counted() -> None:
    metrics = {
        "ai_analyzer": {
            "total_requests": 120,
            "blocked_count": 2,
            "risk_counts": {"low": 100, "high": 20},
            "outcome_counts": {"allowed": 118},
            "worst": {"risk_level": "high", "outcome": "blocked", "title": "Wipes a bucket"},
        }
    }
    assert said_in(panel("ok-simple", "analysis", metrics=metrics)) == [
        "AI analysis HIGH · blocked",
        "judged 120 requests · 2 blocked",
        "risks low 100, high 20",
        "outcomes allowed 118",
        "worst HIGH · blocked",
        "Wipes a bucket",
    ]


def test_no_analysis_is_none() -> None:
    assert said_in(panel("ok-simple", "analysis")) == ["AI analysis none"]
