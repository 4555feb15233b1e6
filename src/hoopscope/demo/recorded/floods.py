"""Output by the megabyte: logs in blocks of one width, cheap to make one by one."""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

from functools import lru_cache
from random import Random

from hoopscope.demo.recorded.blocks import Blocks
from hoopscope.demo.recorded.tape import Recording

# what the gateway stores of one session
LIMIT = 110 * 1024 * 1024
_DIFFERENT = 97
_LINES = 40
_LEVELS = ("INFO ", "INFO ", "INFO ", "WARN ", "ERROR", "DEBUG")
_COLOURS = {"INFO ": "036", "WARN ": "033", "ERROR": "001", "DEBUG": "240"}
_STATES = ("paid     ", "pending  ", "shipped  ", "refunded ", "cancelled")
_PROMPT = b"\x1b[?2004h\x1b[32mapp@edge-01\x1b[0m:/srv/app# "
_COMMAND = b"tail -n +1 -f /var/log/app/checkout.log | ccze -A"


def _second(number: int) -> str:
    return f"2026-11-24T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"


@lru_cache(maxsize=2 * _DIFFERENT)
def _lines(number: int, coloured: bool) -> bytes:
    own = Random(number)
    lines = []
    for line in range(_LINES):
        level = own.choice(_LEVELS)
        shown = f"\x1b[38;5;{_COLOURS[level]}m{level}\x1b[0m" if coloured else level
        lines.append(
            f"   +{line * 1000 // _LINES:03} ms {shown} checkout order=TW-{own.randrange(10**6):06}"
            f" status={own.choice(_STATES)} took={own.randrange(99999):5}ms"
            f" trace={own.getrandbits(64):016x}"
        )
    end = "\r\n" if coloured else "\n"
    return (end.join(lines) + end).encode()


def log_block(number: int) -> bytes:
    """A second of a log."""
    return f"{_second(number)}Z block {number:08}\n".encode() + _lines(number % _DIFFERENT, False)


def terminal_block(number: int) -> bytes:
    """The same as a terminal shows it, with colours."""
    head = f"\x1b[1m{_second(number)}Z\x1b[0m block {number:08}\r\n".encode()
    return head + _lines(number % _DIFFERENT, True)


LOG_WIDTH = len(log_block(0))
TERMINAL_WIDTH = len(terminal_block(0))


def flooded_terminal(size: int) -> Recording:
    """A terminal that showed about `size` bytes of a log."""
    first = (("i", b"\n"), ("o", _PROMPT), ("i", _COMMAND + b"\r"), ("o", _COMMAND + b"\r\n"))
    return Blocks(terminal_block, size // TERMINAL_WIDTH, TERMINAL_WIDTH, first=first)


def large(special: str) -> Recording:
    """`truncated`: as much as the gateway stores; `large-N`: N megabytes."""
    number = special.partition("-")[2]
    return flooded_terminal(int(number) * 1_000_000 if number else LIMIT)
