"""How a session stands, in words: the lines of its screen, without any widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.sessions.facts.quantities import size
from hoopscope.sessions.facts.summary import TONE_OF_OUTCOME
from hoopscope.sessions.identity import name_of
from hoopscope.sessions.outcome import outcome_of
from hoopscope.tui.key_names import Hint, hinted
from hoopscope.tui.standing import MICROSECONDS, clock
from hoopscope.tui.stream_load import LoadPhase, StreamLoad
from hoopscope.tui.viewer_words import (
    cells,
    first_that_fits,
    gateway_name,
    out_of_the_ordinary,
    who,
)
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.recordings.following.snapshot import LiveSnapshot
    from hoopscope.tui.opened_session import Load
    from hoopscope.tui.standing import Viewer

Span = tuple[str, str]

ROOMY = 100
"""Columns from which lines say things at length."""

_TONES_OF_LINE = {"success": "", "running": "accent", "notice": "", "label": "muted"}
_SHORT_ID = 8


def session_title(
    row: SessionRow, now: int, viewer: Viewer, *, utc: bool, width: int, ascii_only: bool
) -> tuple[list[Span], list[Span]]:
    """The top line: gateway; what became of the session, where, who; then, as there is room, who
    looks, when it was, and its id."""
    narrow = width < ROOMY
    outcome = outcome_of(row, now)
    sign = outcome.ascii_sign if ascii_only else outcome.sign
    tone = TONE_OF_OUTCOME[outcome.tone]
    kind = row.subtype or row.type
    where = harmless(row.connection or "no connection", 40)
    if not narrow:
        where = f"{harmless(row.verb or 'session', 12)} on {where}"
        where += f" ({harmless(kind, 20)})" if kind else ""
    between = " - " if ascii_only else " · "
    left: list[Span] = [
        gateway_name(viewer),
        (f" {sign} {outcome.text}", _TONES_OF_LINE.get(tone, tone)),
        (f"{between}{where}", "strong"),
        (f"{between}{harmless(name_of(row), 40) or 'nobody named'}", ""),
    ]
    return left, first_that_fits(_ends(row, viewer, utc), width - cells(left) - 1)


def _ends(row: SessionRow, viewer: Viewer, utc: bool) -> list[list[Span]]:
    """What the top line can end with, at length first."""
    exact = clock(row.start, utc)
    clipped = clock(row.start, utc, "%m-%d %H:%M")
    whole, begun = harmless(row.id, 40), harmless(row.id[:_SHORT_ID], 40)
    long, short = who(viewer, short=False), who(viewer, short=True)
    ends = [
        (long, exact, whole),
        (long, exact, begun),
        (short, exact, begun),
        (short, clipped, begun),
        (short, begun),
        (short,),
    ]
    warned = [("  ", ""), *out_of_the_ordinary(viewer)]
    return [[*warned, ("  ".join(filter(None, end)) + " ", "muted")] for end in ends]


def load_words(load: Load | None, hint: Hint, *, utc: bool = True) -> list[Span]:
    """How a load stands: how much is here of how much, how fast it comes, what stops it."""
    if load is None or load.phase is LoadPhase.COMPLETE:
        return []
    if not isinstance(load, StreamLoad) and load.is_running:
        return live_words(load.snapshot, utc=utc)
    received = size(load.received)
    if load.phase is LoadPhase.STOPPED:
        return [
            (hinted(f"stopped after {received}", hint("session.reload", "loads all")), "waiting")
        ]
    if load.phase is LoadPhase.FAILED:
        return [
            (
                hinted(f"✗ broke off after {received}", hint("session.reload", "tries again")),
                "failure",
            )
        ]
    of = f" of about {size(load.expected)}" if load.expected > load.received else ""
    if not load.received:
        return [(f"asking for {size(load.expected)} …" if load.expected else "asking …", "muted")]
    how = f"{received}{of} · {size(int(load.rate))}/s"
    return [(hinted(how, hint("session.stop_loading", "stops")), "muted")]


def live_words(snapshot: LiveSnapshot | None, *, utc: bool) -> list[Span]:
    """How an open session is followed, and how long the gaps are that cannot be closed yet."""
    if snapshot is None:
        return [("asking …", "muted")]
    since = clock(int(snapshot.since * MICROSECONDS), utc, "%H:%M:%S")
    match snapshot.state.value:
        case "live":
            spans: list[Span] = [("● live", "accent")]
        case "lost":
            spans = [(f"✗ lost since {since}, tried again", "failure")]
        case "stored only":
            spans = [("followed by what is stored, once a minute", "waiting")]
        case _:
            spans = [("connecting …", "muted")]
    if snapshot.gaps:
        lengths = [gap.length for gap in snapshot.gaps if gap.length is not None]
        open_gap = "" if len(lengths) == len(snapshot.gaps) else "+"
        seconds = f"{sum(lengths):,.0f} s{open_gap}" if lengths else "not stored yet"
        many = "gap" if len(snapshot.gaps) == 1 else f"{len(snapshot.gaps):,} gaps"
        spans.append((f" · {many}: {seconds}", "waiting"))
    return spans


def place_in_list(index: int | None, loaded: int) -> str:
    """Where the session is in the list that it was opened from."""
    return "" if index is None else f"row {index + 1:,} of {loaded:,} loaded"


def in_signs(spans: Sequence[Span], *, ascii_only: bool) -> list[Span]:
    """The same, with signs that any terminal has where that is asked for."""
    return [(in_ascii(text), tone) for text, tone in spans] if ascii_only else list(spans)
