"""What a replay says of itself: its time line and the line below it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

from hoopscope.recordings import markers
from hoopscope.recordings.replay import Replay
from hoopscope.tui.widgets.line import Span
from hoopscope.untrusted import cell_width

_LEVELS, _ASCII_LEVELS = " ▁▂▃▄▅▆▇", " .,:-=+*"
_PLACE, _ASCII_PLACE = "┃", "|"
_CUT, _ASCII_CUT = "┄", "~"
# What stands above what, from the least; commands stand for themselves where they are few.
_SIGNS = (
    (markers.COMMAND, ">", "muted"),
    (markers.WORD, "G", "waiting"),
    (markers.ERROR, "!", "failure"),
)
_SPARSE = 0.2


def clock(seconds: float) -> str:
    """A time of a recording: `1:23`, `2:00:01`."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def clock_from(text: str, duration: float) -> float | None:
    """The moment that was entered: `1:23`, `2:00:01`, `90`, `50%`, `+10`, as seconds.

    None for what is no moment. Relative ones are not known here.
    """
    text = text.strip()
    try:
        if text.endswith("%"):
            share = float(text[:-1])
            return duration * share / 100 if math.isfinite(share) else None
        seconds = 0.0
        for part in text.split(":"):
            seconds = seconds * 60 + float(part)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None


def sketch(replay: Replay, width: int, *, ascii_only: bool) -> list[Span]:
    """Activity over time and what is marked, in so many cells."""
    levels = _ASCII_LEVELS if ascii_only else _LEVELS
    recording, duration = replay.recording, replay.recording.duration
    amounts = replay.amounts(width)
    most = max(amounts, default=0.0)
    is_cut = bool(replay.playhead.idle) and duration / max(1, width) > replay.playhead.idle
    silent = (_ASCII_CUT if ascii_only else _CUT) if is_cut and most else " "
    cells: list[Span] = []
    for amount in amounts:
        if amount <= 0:
            cells.append((silent, "muted"))
        else:
            level = 1 + round((len(levels) - 2) * math.log1p(amount) / math.log1p(most))
            cells.append((levels[level], ""))
    for kind, sign, tone in _SIGNS:
        columns = {
            column(recording.clock(event), duration, width)
            for event in _thinned(replay.markers.of(kind), width * 4)
        }
        if kind != markers.COMMAND or len(columns) <= width * _SPARSE:
            for each in columns:
                cells[each] = (sign, tone)
    return cells


def with_place(cells: Sequence[Span], replay: Replay, *, ascii_only: bool) -> list[Span]:
    """A sketch with where the replay is."""
    shown = list(cells)
    if shown:
        at = column(replay.playhead.clock, replay.recording.duration, len(shown))
        shown[at] = (_ASCII_PLACE if ascii_only else _PLACE, "accent")
    return shown


def column(moment: float, duration: float, width: int) -> int:
    """Which of so many cells a moment is in."""
    return min(int(moment / duration * width), width - 1) if duration > 0 else 0


def state_line(
    replay: Replay, width: int, *, playing: bool, following: bool, part: str, ascii_only: bool
) -> tuple[list[Span], list[Span]]:
    """What stands at the left and at the right of the line below, which is so wide."""
    head, recording = replay.playhead, replay.recording
    moves = playing or following
    sign = (">" if moves else "=") if ascii_only else ("▶" if moves else "⏸")
    if following:
        word = "live"
    elif playing:
        word = "playing"
    else:
        word = "end" if head.is_at_end and len(recording) else "paused"
    left: list[Span] = [
        (f"{sign} {word} ", "accent" if moves else ""),
        (f"{clock(head.clock)} / {clock(recording.duration)}", "strong"),
    ]
    if head.speed != 1:
        left.append((f"  {'x' if ascii_only else '×'}{head.speed:g}", ""))
    if head.cut >= 1:
        left.append((f"  {clock(head.cut)} of silence cut", "muted"))
    elif not head.idle:
        left.append(("  with all silence", "muted"))
    if replay.found is not None:
        left.append((f"  {_found(replay)}", ""))
    right: list[Span] = []
    if replay.columns:
        by = "x" if ascii_only else "×"
        right.append((f"{replay.columns}{by}{replay.rows} {replay.certainty}{part} ", "muted"))
    if not replay.is_indexed:
        share = replay.indexed / max(1, len(recording))
        right.insert(0, (f"reading {share:.0%}  ", "muted"))
    right.insert(0, (f"event {head.event} of {len(recording)}  ", "muted"))
    # What matters least goes first where there is no room.
    room = width - 1 - sum(cell_width(text) for text, _ in left)
    while right and sum(cell_width(text) for text, _ in right) > room:
        right.pop(0)
    return left, right


def _found(replay: Replay) -> str:
    found = replay.found
    if not found:
        return "not found"
    place = bisect_left(found, replay.playhead.event)
    is_here = place and found[place - 1] == replay.playhead.event - 1
    return f"{place if is_here else '-'} of {len(found)}{'' if replay.found_whole else '+'} found"


def _thinned(events: Sequence[int], most: int) -> Sequence[int]:
    """Some of many events, evenly."""
    return events if len(events) <= most else events[:: len(events) // max(1, most) + 1]
