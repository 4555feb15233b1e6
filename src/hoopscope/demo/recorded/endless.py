"""What sessions that have not ended do: minute after minute, each made when it is looked at."""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

from functools import lru_cache
from random import Random

from hoopscope.demo.recorded.catalogue import Key, kind_of
from hoopscope.demo.recorded.execs import specials
from hoopscope.demo.recorded.tape import SECOND, Event, Tape
from hoopscope.demo.templates import recipe

MINUTE = 60 * SECOND
_BUSY_MINUTES = 90


@lru_cache(maxsize=512)
def minute(key: Key, seed: str, number: int) -> tuple[Event, ...]:
    """The events of a session's minute, in seconds from its beginning.

    Whoever is connected for long does less.
    """
    random = Random(f"{seed} {number}")
    tape = Tape(random)
    if key.verb == "exec":
        _progress(tape, key, number)
        return tuple(tape.events(MINUTE))
    kind = kind_of(key.scripts)
    if kind is None or (number > _BUSY_MINUTES and number % 10):
        return ()
    if number == 0:
        kind.begin(tape, key)
    act = random.randrange(64)
    while tape.seconds < 35:
        tape.rest(1, 6)
        kind.act(tape, key, act)
        act += 1
    return tuple(tape.events(MINUTE * 19 // 20))


def _progress(tape: Tape, key: Key, number: int) -> None:
    """A long script: a line for each batch, a bar now and then, some warnings."""
    if number == 0:
        special = specials().get(key.special)
        made = recipe(key.scripts, key.tone, key.number, key.day)
        tape.i(special.script if special else made.script)
    batch = 1 + number * 28
    while tape.seconds < 56:
        tape.wait(0.5, 3.2)
        rows = tape.random.randrange(880, 1000)
        tape.o(f"batch {batch:4}: {rows} orders migrated, {1000 - rows} unchanged\n")
        if batch % 9 == 0:
            tape.o(f"\x1b[33mWARN\x1b[0m order TW-{rows * 731:06} has no customer\n")
        batch += 1
