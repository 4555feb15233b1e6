"""Personal data in outputs: what is found, and what stands there instead."""

from __future__ import annotations

import re

_MASKED = (
    ("EMAIL_ADDRESS", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("PHONE_NUMBER", re.compile(r"\+\d{3} \d{3} \d{3} \d{3}")),
    ("CREDIT_CARD", re.compile(r"\b(?:\d{4}[ -]){3}\d{4}\b")),
    ("US_SSN", re.compile(r"\b\d{3}-\d{2}-\d{4}\b")),
    ("AWS_ACCESS_KEY", re.compile(r"\bAKIA[A-Z2-7]{16}\b")),
)


def detected(output: str) -> tuple[dict[str, int], int]:
    """What data masking finds in an output: counts by type, and how many bytes that is."""
    counts, size = {}, 0
    for name, pattern in _MASKED:
        found = pattern.findall(output)
        if found:
            counts[name] = len(found)
            size += sum(len(text) for text in found)
    return counts, size


def masked(output: str) -> str:
    for name, pattern in _MASKED:
        output = pattern.sub(f"[{name}]", output)
    return output
