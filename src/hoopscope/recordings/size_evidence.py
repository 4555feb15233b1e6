"""What tells of a terminal's size in what went into it and what came out.

Programs give it away: they ask for it, they set a scroll region, they fill lines to the edge.
"""

from __future__ import annotations

import re
from collections import Counter

from hoopscope.untrusted import cell_width

_LARGEST_ROW, _LARGEST_COLUMN = 500, 1000
_FAR = re.compile(rb"\x1b\[[79]\d{2,};[79]\d{2,}H")
"""A program goes where no terminal ends, to ask where it came to."""

_REPORTS = (
    re.compile(rb"\x1b\[8;(\d{1,4});(\d{1,4})t"),
    re.compile(rb"\x1b\[48;(\d{1,4});(\d{1,4});"),
)
_POSITION = re.compile(rb"\x1b\[(\d{1,4});(\d{1,4})R")
_STTY = (
    re.compile(rb"rows (\d{1,4}); columns (\d{1,4});"),
    re.compile(rb"stty size\s*[\r\n]+(?:\x1b[\[0-9;?]*[a-z])*\r?(\d{1,4}) (\d{1,4})\r?\n"),
)

_REGION = re.compile(rb"\x1b\[\d{0,4};(\d{1,4})r")
_FOOTER = re.compile(rb"\x1b7\x1b\[(\d{1,4});0f")
"""Debian's package tools keep the last row for a progress bar."""

_ROW = re.compile(rb"\x1b\[(\d{1,4})(?:;\d{0,4}[Hf]|[Hfd])")
_COLUMN = re.compile(rb"\x1b\[(?:\d{0,4};(\d{1,4})[Hf]|(\d{1,4})G)")
_HOME = re.compile(rb"\x1b\[(?:1;1)?H")
_ADDRESSED = re.compile(rb"\x1b\[\d*;?\d*[Hf]")

_PROMPT_MARK = re.compile(rb"(?:[%#]|\xe2\x8f\x8e)(?:\x1b\[[0-9;]*m)*( {19,})\r(?:[ \x1b\r])")
_FILLED = b" " * 19 + b"\r"
"""zsh and fish fill a line before each prompt; without that there is no need to look closer."""

_RULER = re.compile(rb"\x1b\[\d+;(\d+)H\d+,\d+(?:-\d+)?(?: +|\x1b\[\d+C)(?:All|Top|Bot|\d+%)")
_RULER_WIDTH = 17
"""vim's ruler begins so many columns before the last one."""

_BAR = re.compile(
    rb"\x1b\[(?:[0-9;]*;)?(?:7|4[0-7]|10[0-7])m(?:\r\n)?([^\x1b\r\n]{20,})(?:\x1b|\r)"
)
_PADDED = re.compile(rb" {10}| $")
_CORNER = re.compile(rb"\x1b\[(\d{1,4});(\d{2,4})H")
_AT_THE_RIGHT = re.compile(rb"\x1b\[1;(\d{2,4})H([^\x1b\r\n]{8,80})")
_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-Z\\^-~])"
)
_WRAPPED = re.compile(rb"(?:^|\n)\r?([^\r\n\b]{40,}) \r(?=[^\r\n\x1b])")
_MAY_WRAP = re.compile(rb" \r[^\r\n\x1b]")
"""readline goes to the next line by printing a blank there, and a carriage return."""


def told(typed: bytes, printed: bytes) -> tuple[int, int] | None:
    """Columns and rows that the terminal or a program said."""
    for pattern in _REPORTS:
        if found := pattern.findall(typed):
            return int(found[-1][1]), int(found[-1][0])
    if _FAR.search(printed) and (found := _POSITION.findall(typed)):
        rows = max(int(row) for row, _ in found)
        return max(int(column) for _, column in found), rows
    for pattern in _STTY:
        if found := pattern.findall(printed):
            return int(found[-1][1]), int(found[-1][0])
    return None


def rows(printed: bytes) -> int | None:
    """How many rows what was printed speaks for."""
    if footers := _numbers(_FOOTER, printed, _LARGEST_ROW):
        return max(footers)
    found = Counter(_numbers(_ROW, printed, _LARGEST_ROW))
    addressed = max(found, default=0)
    regions = _numbers(_REGION, printed, _LARGEST_ROW)
    if largest := max(regions, default=0) or _framed(printed):
        # What is addressed a little beyond is a mistake of some program: `top` makes it, once.
        is_mistake = addressed <= largest + 2 and (regions or found[addressed] < 3)
        return largest if is_mistake else addressed
    return addressed if addressed > 10 else None


def columns(printed: bytes) -> tuple[int | None, int]:
    """How many columns what was printed speaks for, and how many there are at least."""
    least = max(_numbers(_COLUMN, printed, _LARGEST_COLUMN), default=0)
    votes: Counter[int] = Counter()
    for blanks in _PROMPT_MARK.findall(printed) if _FILLED in printed else ():
        votes[len(blanks) + 1] += 20
    for column in _numbers(_RULER, printed, _LARGEST_COLUMN):
        votes[column + _RULER_WIDTH] += 10
    bars = Counter(_width(bar) for bar in _BAR.findall(printed) if _PADDED.search(bar))
    for width, count in bars.items():
        votes[width] += 4 if count > 1 else 1
    corners = {(int(row), int(column)) for row, column in _CORNER.findall(printed)}
    if corners and (max(corners)[1] == least == max(column for _, column in corners)):
        votes[least] += 3
    ends = Counter(int(at) + _width(text) - 1 for at, text in _AT_THE_RIGHT.findall(printed))
    if ends and ends[max(ends)] > 1:
        votes[max(ends)] += 3
    for width, count in _frame_widths(printed).items():
        votes[width] += 3 if count > 2 else 0
    for line in _WRAPPED.findall(printed) if _MAY_WRAP.search(printed) else ():
        votes[_width(_SEQUENCE.sub(b"", line))] += 3
    likely = [(weight, width) for width, weight in votes.items() if width >= least and weight > 2]
    return (max(likely)[1] if likely else None), least


def _framed(printed: bytes) -> int:
    """Rows of screens that are painted from the top, line by line, and not otherwise addressed."""
    counts: Counter[int] = Counter()
    for frame in _frames(printed):
        last = _SEQUENCE.sub(b"", frame.rsplit(b"\n", 1)[-1]).strip()
        counts[frame.count(b"\n") + bool(last)] += 1
    repeated = [count for count, times in counts.items() if times > 1 and count > 4]
    return max(repeated, default=0)


def _frame_widths(printed: bytes) -> Counter[int]:
    """The widest lines of such screens: programs cut them at the edge."""
    widths: Counter[int] = Counter()
    for frame in _frames(printed):
        lines = _SEQUENCE.sub(b"", frame).split(b"\n")
        found = Counter(_width(line.rstrip(b"\r")) for line in lines)
        if found and found[max(found)] > 1:
            widths[max(found)] += found[max(found)]
    return widths


def _frames(printed: bytes) -> list[bytes]:
    parts = _HOME.split(printed)[1:-1]
    return [part for part in parts if 200 < len(part) < 60_000 and not _ADDRESSED.search(part)]


def _width(line: bytes) -> int:
    text = line.decode("utf-8", "replace")
    return len(text) if text.isascii() else cell_width(text)


def _numbers(pattern: re.Pattern[bytes], content: bytes, largest: int) -> list[int]:
    found = (
        match if isinstance(match, bytes) else b"".join(match) for match in pattern.findall(content)
    )
    return [number for number in map(int, found) if 0 < number < largest]
