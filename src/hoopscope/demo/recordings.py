"""What a session recorded: events as triples of seconds, kind and base64."""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

import json
import re
from base64 import b64encode
from datetime import date
from functools import lru_cache
from random import Random
from typing import NamedTuple

from hoopscope.demo.templates import Recipe, recipe

Event = tuple[float, str, bytes]
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


def _lasting(events: list[tuple[str, bytes]], random: Random, pause: float) -> list[Event]:
    moment, found = 0.0, []
    for kind, payload in events:
        moment += random.uniform(0.004, pause)
        found.append((round(moment, 9), kind, payload))
    return found


def _exec(made: Recipe, output: str, closing: str, random: Random) -> list[Event]:
    lines = output.splitlines(keepends=True)
    step = max(1, len(lines) // 3)
    parts = ["".join(lines[at : at + step]) for at in range(0, len(lines), step)]
    events = [("i", made.script.encode())] + [("o", part.encode()) for part in parts]
    if closing:
        events.append(("e", closing.encode()))
    return _lasting(events, random, max(0.01, made.seconds / (len(events) + 1)))


def _terminal(made: list[Recipe], closing: str, random: Random) -> list[Event]:
    prompt = b"\x1b[?2004h\x1b[32mapp@shop-01\x1b[0m:/srv/app# "
    events = [("i", b"\n"), ("o", prompt)]
    for one in made:
        for line in one.script.split("\n"):
            events += [("i", line.encode() + b"\r"), ("o", line.encode() + b"\r\n\x1b[?2004l\r")]
        events += [("o", one.output.replace("\n", "\r\n").encode()), ("o", prompt)]
    if closing:
        events.append(("e", closing.encode()))
    return _lasting(events, random, 1.6)


def _postgres(made: list[Recipe], random: Random) -> list[Event]:
    startup = (
        b"\x00\x03\x00\x00user\x00noop\x00database\x00shop\x00application_name\x00psql\x00\x00"
    )
    events = [
        ("i", b"\x00\x00\x00\x08\x04\xd2\x16\x2f"),
        ("i", (len(startup) + 4).to_bytes(4, "big") + startup),
    ]
    for one in made:
        text = one.script.encode() + b"\0"
        events.append(("i", b"Q" + (len(text) + 4).to_bytes(4, "big") + text))
    events.append(("i", b"X\x00\x00\x00\x04"))
    return _lasting(events, random, 6)


class Recorded(NamedTuple):
    """What decides on a recording: the same one, the same events.

    `closing` is the gateway's last message, `notice` an output in place of the script's own;
    `ran` is false where only the closing message was recorded.
    """

    scripts: str
    verb: str
    tone: str
    number: int
    day: date
    closing: str = ""
    notice: str = ""
    redact: bool = False
    ran: bool = True


@lru_cache(maxsize=2048)
def recording(what: Recorded) -> tuple[Event, ...]:
    """Events of a session that has ended."""
    random = Random(f"{what.scripts} {what.verb} {what.number}")
    if not what.ran:
        return tuple(_lasting([("e", what.closing.encode())], random, 20))
    made = recipe(what.scripts, what.tone, what.number, what.day)
    if what.verb == "exec":
        output = what.notice or (masked(made.output) if what.redact else made.output)
        return tuple(_exec(made, output, what.closing, random))
    if what.scripts in ("ssm", "rdp"):
        return ()
    numbers = range(what.number, what.number + 7 * (1 + what.number % 5), 7)
    several = [recipe(what.scripts, what.tone, number, what.day) for number in numbers]
    if what.scripts == "postgres":
        return tuple(_postgres(several, random))
    if what.scripts in ("mysql", "mssql", "mongodb", "oracle"):
        return tuple(_lasting([("i", one.script.encode()) for one in several], random, 8))
    if what.scripts in ("http", "claude", "mcp", "tcp"):
        both: list[tuple[str, bytes]] = []
        for one in several:
            both.append(("i", one.script.replace("\n", "\r\n").encode()))
            if what.scripts != "tcp":
                both.append(("o", one.output.replace("\n", "\r\n").encode()))
        return tuple(_lasting(both, random, 3))
    return tuple(_terminal(several, what.closing, random))


def triples(events: tuple[Event, ...]) -> list[list[float | str]]:
    """As the gateway stores them."""
    return [[moment, kind, b64encode(payload).decode()] for moment, kind, payload in events]


@lru_cache(maxsize=16384)
def recording_size(what: Recorded) -> int:
    return stored_size(recording(what))


def stored_size(events: tuple[Event, ...]) -> int:
    """Bytes of a stream as it is stored."""
    return len(json.dumps(triples(events), separators=(",", ":")))
