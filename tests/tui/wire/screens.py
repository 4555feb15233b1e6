"""Screens of emulators, as they look to somebody: what nobody can see makes no difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from hoopscope.recordings.emulator import (
    BLINK,
    INVERSE,
    STRUCK,
    UNDERLINED,
    Emulator,
    Run,
    open_emulator,
)
from hoopscope.recordings.pyte_emulator import PyteEmulator

EMULATORS: dict[str, Callable[[int, int], Emulator]] = {
    "pyte": PyteEmulator,
    "the best there is": open_emulator,
}
_SEEN_ON_BLANKS = INVERSE | UNDERLINED | STRUCK | BLINK


class Look(NamedTuple):
    """All cells of a screen, a row after the other, and where the cursor is."""

    rows: list[list[Run]]
    cursor: tuple[int, int]


def look(emulator: Emulator) -> Look:
    """What an emulator shows. Blanks without anything drawn on them have no foreground."""
    cursor = emulator.cursor()
    rows = [_row(tuple(runs)) for runs in emulator.rows()]
    return Look(rows, (cursor.row, cursor.column))


@lru_cache(10_000)
def _row(runs: tuple[Run, ...]) -> list[Run]:
    return [cell for run in runs for cell in _cells(run)]


def _cells(run: Run) -> Iterator[Run]:
    for sign in run.text:
        if sign == " " and not run.attributes & _SEEN_ON_BLANKS:
            yield Run(" ", background=run.background)
        else:
            yield run._replace(text=sign)
