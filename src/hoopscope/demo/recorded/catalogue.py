"""Which recording a session has: the same key, the same events."""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib import import_module
from random import Random
from typing import NamedTuple, Protocol

from hoopscope.demo.recorded.execs import exec_recording, special_exec
from hoopscope.demo.recorded.floods import large
from hoopscope.demo.recorded.tape import Recording, Tape
from hoopscope.demo.templates import recipe

VARIANTS = 12
EVERYTHING = "everything"  # a special one: all that a kind knows to do
_MOST_ACTS = 12
_KINDS = {
    "postgres": "postgres",
    "mysql": "statements",
    "mssql": "statements",
    "oracle": "statements",
    "mongodb": "mongodb",
    "tcp": "tcp",
    "ssh": "ssh",
    "http": "http",
    "grafana": "http",
    "kibana": "http",
    "kubernetes": "http",
    "claude": "http",
    "mcp": "mcp",
    "rdp": "rdp",
    "python": "repl",
    "node": "repl",
    "rails": "repl",
    "redis": "repl",
}
_NOTHING = ("ssm",)


class Key(NamedTuple):
    """What decides on a recording.

    `special` names one of its own kind; `notice` is an output in place of the script's own;
    `redact`: its personal data was masked.
    """

    scripts: str
    verb: str
    tone: str
    number: int
    day: date
    special: str = ""
    notice: str = ""
    redact: bool = False


class Kind(Protocol):
    """A module that plays one kind of connect: how it begins, what is done, how it ends."""

    def begin(self, tape: Tape, key: Key) -> None: ...

    def act(self, tape: Tape, key: Key, number: int) -> None:
        """Something that somebody does; any number does something."""

    def end(self, tape: Tape, key: Key) -> None: ...


def kind_of(scripts: str) -> Kind | None:
    """The module that plays a kind of connection; None for one that records nothing."""
    if scripts in _NOTHING:
        return None
    found: Kind = import_module(f"hoopscope.demo.recorded.{_KINDS.get(scripts, 'shell')}")
    return found


def recording(key: Key) -> Recording | None:
    """What was recorded; None for nothing at all."""
    if key.verb == "exec":
        return _exec(key)
    return _connect(key.scripts, key.number % VARIANTS, key.day, key.special)


@lru_cache(maxsize=4096)
def _exec(key: Key) -> Recording:
    if key.special:
        return special_exec(key.special)
    made = recipe(key.scripts, key.tone, key.number, key.day)
    return exec_recording(made, notice=key.notice, redact=key.redact)


@lru_cache(maxsize=512)
def _connect(scripts: str, number: int, day: date, special: str) -> Recording | None:
    if special not in ("", EVERYTHING):
        return large(special)
    kind = kind_of(scripts)
    if kind is None:
        return None
    key = Key(scripts, "connect", "ok", number, day)
    tape = Tape(Random(f"{scripts} {number}"))
    kind.begin(tape, key)
    first, acts = tape.random.randrange(64), 3 + tape.random.randrange(6)
    if special == EVERYTHING:
        first, acts = 0, _MOST_ACTS
    for act in range(first, first + acts):
        tape.rest()
        kind.act(tape, key, act)
    kind.end(tape, key)
    return tape


def forget() -> None:
    """Make every recording anew, for tests."""
    _exec.cache_clear()
    _connect.cache_clear()
