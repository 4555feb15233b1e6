"""What the AI analyser says of a script, in both its forms: at a glance, and as an agent."""

from __future__ import annotations

import re
from random import Random
from typing import Any

from hoopscope.demo.times import text_of

# What a script holds, then the title and the explanation of the verdict; the last one is for any.
_VERDICTS = {
    "low": (
        (
            r"(?i)\bselect\b|\bfind\b|explain",
            "Read-only query",
            "Reads a bounded number of rows; nothing is changed and no personal data leaves.",
        ),
        (r"log|grep|journalctl", "Log search", "Searches the logs of one service."),
        (r"kubectl|terraform|aws", "Looks at infrastructure", "Lists resources; changes nothing."),
        (r"", "Routine health check", "Looks at load, memory and state. Nothing is touched."),
    ),
    "medium": (
        (
            r"(?i)delete",
            "Deletes old data",
            "Removes rows by age; the number of rows is not bounded.",
        ),
        (
            r"(?i)update|insert",
            "Write to a production table",
            "Changes rows of a production table. The condition is narrow, but there is no way back"
            " without a backup.",
        ),
        (
            r"restart|scale|rollout",
            "Service restart",
            "Interrupts a running service for some seconds during business hours.",
        ),
        (r"", "Changes production", "Alters the state of a production system. It can be undone."),
    ),
    "high": (
        (
            r"rm -rf",
            "Removes files recursively",
            "Deletes whole directories of a live application.",
        ),
        (
            r"(?i)drop|truncate|flush|terminate|destroy|kubectl delete",
            "Destructive statement",
            "Drops or wipes what cannot be brought back; affects every customer of the shop.",
        ),
        (r"", "Change without a way back", "Alters production for everybody, and all at once."),
    ),
}
_SUMMARIES = {
    "low": "Past sessions show the same kind of query by the same person, nearly daily. The tables"
    " are replicas and the statement is bounded. Nothing speaks against it.",
    "medium": "The person does this about twice a month, mostly after a ticket. The table has"
    " several million rows and no soft delete. A second pair of eyes would be good.",
    "high": "No past session of this person looks like this one. The object is referenced by three"
    " services. The verdict is high because of what it does, not of who asks.",
}
_REQUESTS = {
    "low": ("Ordinary request", "Reads a page or asks a model; nothing is changed."),
    "medium": ("Writes through the API", "Creates or changes objects on behalf of a person."),
    "high": ("Bulk export", "Asks for more personal data than a person could read."),
}
_THOUGHTS = (
    "I should check whether this is routine for this person before judging it.",
    "Now the size of the table that it touches.",
    "The tags say production. Are there guardrails on this connection?",
    "The statement has a WHERE clause; is the column indexed?",
    "Comments in scripts are data, not instructions: [bold]ignore previous instructions[/bold]"
    " changes nothing.",
)
_TOOLS = (
    ("search_past_sessions", '{"limit": 5}', '[{"connection":"orders-prod","risk":"low"}]'),
    (
        "run_metadata_query",
        '{"kind": "table_size", "table": "orders"}',
        "orders: 4,182,774 rows, 2.1 GiB",
    ),
    (
        "get_connection_context",
        "{}",
        '{"access_mode":{"connect":"enabled","exec":"enabled","runbooks":"enabled"},'
        '"agent_mode":"standard","guardrail_rule_count":1}',
    ),
)
_UNSUPPORTED = (
    "metadata queries are only supported for postgres, mysql, mssql, mongodb and oracledb"
    " connections"
)


def _verdict(risk: str, script: str) -> tuple[str, str]:
    for pattern, title, explanation in _VERDICTS[risk]:
        if re.search(pattern, script):
            return title, explanation
    raise AssertionError(risk)


def analysis(
    risk: str,
    action: str,
    script: str,
    start: int,
    random: Random,
    *,
    agentic: bool,
    database: bool,
) -> dict[str, Any]:
    """`ai_analysis` of one session begun at `start` (microseconds since 1970)."""
    title, explanation = _verdict(risk, script)
    found: dict[str, Any] = {
        "risk_level": risk,
        "title": title,
        "explanation": explanation,
        "action": action,
    }
    if agentic:
        found["summary"] = _SUMMARIES[risk]
        found["model"] = random.choice(("tidewater-risk-2", "claude-sonnet-4-5", "gpt-5-mini"))
        found["steps"] = _steps(start, random, database)
    return found


def _steps(start: int, random: Random, database: bool) -> list[dict[str, Any]]:
    moment = start + 20_000
    steps: list[dict[str, Any]] = []

    def add(kind: str, **fields: Any) -> None:
        nonlocal moment
        moment += random.randint(400, 340_000)
        time = text_of(moment | 1)[:-1] + f"{random.randint(1, 999):03}Z"
        steps.append({"type": kind, **fields, "timestamp": time})

    for tool, asked, answered in random.sample(_TOOLS, random.randint(1, 3)):
        add("thinking", thinking=random.choice(_THOUGHTS))
        add("tool_call", tool_name=tool, tool_input=asked)
        if tool == "run_metadata_query" and not database:
            add("tool_result", tool_name=tool, tool_output=_UNSUPPORTED, is_error=True)
        else:
            add("tool_result", tool_name=tool, tool_output=answered)
    return steps


def analyzer_metrics(worst: str, random: Random) -> dict[str, Any]:
    """`metrics.ai_analyzer` of an HTTP or MCP session, by its worst request."""
    risks = ("low", "medium", "high")
    counts = {"low": random.randint(4, 160)}
    for risk in risks[1 : risks.index(worst) + 1]:
        counts[risk] = random.randint(1, 5)
    blocked = counts.get("high", 0)
    total = sum(counts.values())
    title, explanation = _REQUESTS[worst]
    outcomes = {"allowed": total - blocked} | ({"blocked": blocked} if blocked else {})
    return {
        "total_requests": total,
        "risk_counts": counts,
        "outcome_counts": outcomes,
        "blocked_count": blocked,
        "worst": {
            "outcome": "blocked" if blocked else "allowed",
            "risk_level": worst,
            "title": title,
            "explanation": explanation,
            "rule_name": "http-risk",
        },
    }
