"""Scripts and their outputs: templates in `scripts/*.txt`, filled in with a made-up company's data.

A file holds blocks: a line `=== tone [exit code [seconds]]`, the script, a line `---`, the output.
`‹word›` stands for a made-up value, the same one wherever the same word (a digit at its end
included) occurs in a block; a line that begins with `‹*5›` is repeated five times with values of
its own, sorted with `‹*5<›` (ascending) or `‹*5>›`.
"""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from hoopscope.demo.vocabulary import made_up

VARIANTS = 24
_MARK = re.compile(r"‹([a-z]+)\d*›")
_REPEAT = re.compile(r"‹\*(\d+)([<>]?)›")
_NUMBERS = re.compile(r"\d+")
_FALLBACK = "bash"


class Template(NamedTuple):
    script: str
    output: str
    exit_code: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """A script as somebody ran it; `script_size` counts JSON-escaped bytes, as the gateway does."""

    script: str
    script_size: int
    output: str
    exit_code: int
    seconds: float


def _parse(text: str) -> dict[str, list[Template]]:
    found: dict[str, list[Template]] = {}
    for block in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        tone, *numbers = head.split()
        script, _, output = body.partition("\n---\n")
        exit_code = int(numbers[0]) if numbers else 0
        seconds = float(numbers[1]) if len(numbers) > 1 else 0.4
        found.setdefault(tone, []).append(
            Template(script.strip("\n"), output.rstrip("\n"), exit_code, seconds)
        )
    return found


@cache
def bank(scripts: str) -> dict[str, list[Template]]:
    """All templates of a kind of script, by tone; a kind without a file gets the shell's."""
    path = Path(__file__).parent / "scripts" / f"{scripts}.txt"
    if not path.exists():
        return bank(_FALLBACK)
    return _parse(path.read_text(encoding="utf-8"))


@cache
def tone_of(scripts: str, tone: str) -> str:
    """The tone asked for, or "ok" where that kind of script has no such block."""
    return tone if tone in bank(scripts) else "ok"


def _filled(text: str, random: Random, day: date) -> str:
    values: dict[str, str] = {}

    def value(match: re.Match[str]) -> str:
        mark = match[0]
        if mark not in values:
            values[mark] = made_up(match[1], random, day)
        return values[mark]

    lines = []
    for line in text.split("\n"):
        repeat = _REPEAT.match(line)
        if repeat:
            rest = line[repeat.end() :]
            repeated = [
                _MARK.sub(lambda mark: made_up(mark[1], random, day), rest)
                for _ in range(int(repeat[1]))
            ]
            if repeat[2]:
                repeated.sort(key=_numbers, reverse=repeat[2] == ">")
            lines += repeated
        else:
            lines.append(_MARK.sub(value, line))
    return "\n".join(lines)


def _numbers(line: str) -> list[int]:
    return [int(number) for number in _NUMBERS.findall(line)]


def json_size(text: str) -> int:
    """Bytes of a text as JSON, without its quotes."""
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2


@lru_cache(maxsize=4096)
def recipe(scripts: str, tone: str, number: int, day: date) -> Recipe:
    """What number `number` of a kind of script and a tone is, always the same for the same four."""
    templates = bank(scripts)[tone_of(scripts, tone)]
    template = templates[number % len(templates)]
    random = Random(f"{scripts} {tone} {number}")
    whole = _filled(f"{template.script}\n\x00\n{template.output}", random, day)
    script, _, output = whole.partition("\n\x00\n")
    return Recipe(
        script=script,
        script_size=json_size(script),
        output=output + "\n" if output else "",
        exit_code=template.exit_code,
        seconds=template.seconds,
    )
