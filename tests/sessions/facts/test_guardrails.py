from __future__ import annotations

from typing import Any

from tests.sessions.facts.sessions import panel, said_in


def test_a_match_says_rule_direction_kind_and_what_it_found() -> None:
    assert said_in(panel("guardrail-input", "guardrails")) == [
        "Guardrails 1 match, input",
        "prod-safety · input · denied words",
        "found rm -rf",
        "words rm -rf, DROP TABLE, [red]",
    ]
    assert said_in(panel("guardrail-output", "guardrails")) == [
        "Guardrails 1 match, output",
        "prod-safety · output · pattern",
        "found 078-05-1120",
        r"pattern \b\d{3}-\d{2}-\d{4}\b",
    ]


def test_messages_and_unknown_kinds_are_shown_as_they_came() -> None:
    matches = [
        {"rule_name": "a", "direction": "server_to_client", "rule": {"type": "pii_email"}},
        {"rule_name": "b", "direction": "input", "message": "stopped\nby \x1b[31mb"},
    ]
    assert said_in(panel("guardrail-input", "guardrails", guardrails_info=matches)) == [
        "Guardrails 2 matches, input, server_to_client",
        "a · server_to_client · pii_email",
        "b · input",
        "says stopped",
        r"by \x1b[31mb",
    ]


def test_ten_thousand_matches_are_counted_not_shown() -> None:
    matches = [{"rule_name": f"rule {index}"} for index in range(10_000)]
    lines = said_in(panel("guardrail-input", "guardrails", guardrails_info=matches))
    assert lines[0] == "Guardrails 10,000 matches, no direction"
    assert lines[-1] == "… 9,988 more matches"
    assert len(lines) == 14


def test_no_match_is_none() -> None:
    nothing: list[Any] | None
    for nothing in (None, []):
        assert said_in(panel("ok-simple", "guardrails", guardrails_info=nothing)) == [
            "Guardrails none"
        ]
