"""The company's guardrails, and what they found in a script or its output."""

from __future__ import annotations

import re
from typing import Any

_WORDS = [
    "DROP TABLE",
    "TRUNCATE",
    "rm -rf",
    "shutdown",
    "FLUSHALL",
    "kubectl delete",
    "dropDatabase",
]
_PATTERNS = (
    ("no-cards-or-ids", r"\b\d{3}-\d{2}-\d{4}\b", "Looks like a social security number"),
    ("no-cards-or-ids", r"\b(?:\d{4}[ -]){3}\d{4}\b", "Looks like a card number"),
    ("no-cloud-keys", r"\bAKIA[A-Z2-7]{16}\b", ""),
    ("no-customer-contacts", r"[a-z0-9.]+@mail\.example", "Ask [bold]support[/bold] for an export"),
)


def matches_in_script(script: str) -> list[dict[str, Any]]:
    """What the deny list finds; something is always found, as the script was blocked for it."""
    found = [word for word in _WORDS if word in script] or ["rm -rf"]
    rule = {"type": "deny_words_list", "words": _WORDS}
    return [
        {
            "rule_name": "prod-safety",
            "rule": rule,
            "direction": "input",
            "matched_words": found,
            "message": "Destructive statements need a migration. Ask the DBA team first.",
        }
    ]


def matches_in_output(output: str) -> list[dict[str, Any]]:
    """What the patterns find; an output that none matches gets a made-up personal name."""
    found = []
    for name, pattern, message in _PATTERNS:
        words = list(dict.fromkeys(re.findall(pattern, output)))
        if words:
            match = {
                "rule_name": name,
                "rule": {"type": "pattern_match", "pattern_regex": pattern},
                "direction": "output",
                "matched_words": words,
            }
            found.append(match | ({"message": message} if message else {}))
    if not found:
        found.append(
            {
                "rule_name": "no-personal-data",
                "rule": {"type": "pii_redact"},
                "direction": "output",
                "matched_words": ["PERSON"],
            }
        )
    return found
