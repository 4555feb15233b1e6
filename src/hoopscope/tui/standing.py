"""How things stand, in words: the lines above and below the table, without any widget."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.feed_state import FeedPhase, FeedState
from hoopscope.tui.key_names import Hint, hinted
from hoopscope.tui.viewer_words import (
    cells,
    first_that_fits,
    gateway_name,
    out_of_the_ordinary,
    who,
)
from hoopscope.untrusted import cell_width, harmless

Span = tuple[str, str]
MICROSECONDS = 1_000_000

ROOMY = 100
"""Columns from which the title says things at length."""


class Viewer(NamedTuple):
    """Who looks, and at which gateway. All texts as they came, not yet harmless.

    signed_out: the gateway does not accept the credential any more.
    host: what the gateway is called where it has no profile.
    profile: the gateway's name in the settings file, "" where it has none there.
    has_accent: it has a colour that it is known by.
    """

    host: str
    user: str = ""
    role: str = ""
    skip_tls_verify: bool = False
    signed_out: bool = False
    profile: str = ""
    has_accent: bool = False
    read_only: bool = False


def clock(microseconds: int, utc: bool, form: str = "%Y-%m-%d %H:%M:%S") -> str:
    """A moment, as UTC or in the operator's own zone, with the zone's name."""
    if microseconds <= NO_START:
        return "no start"
    moment = datetime.fromtimestamp(microseconds / MICROSECONDS, UTC)
    if not utc:
        moment = moment.astimezone()
    return f"{moment.strftime(form)}{'' if not utc else ' UTC'}"


def total_text(state: FeedState) -> str:
    """The total as the gateway knows it: `10,000+` when capped, nothing when unknown."""
    if state.total is None:
        return ""
    return f"{state.total:,}{'+' if state.total_is_capped else ''}"


def title_line(
    viewer: Viewer, state: FeedState, *, utc: bool, width: int
) -> tuple[list[Span], list[Span]]:
    """The top line: gateway, user, role; then warnings, whether it is live, and the total."""
    narrow = width < ROOMY
    live = ("✗ signed out", "failure") if viewer.signed_out else _live(state, utc=utc)
    right = [*out_of_the_ordinary(viewer), live]
    total = total_text(state)
    right.append((f"   {total}{'' if narrow else ' sessions'} " if total else " ", ""))
    name = gateway_name(viewer)
    forms = [[name, (f" {who(viewer, short=short)}", "")] for short in (False, True)]
    if not narrow:
        host = f"{harmless(viewer.host, 40)}  " if viewer.profile else ""
        brand = [(" hoopscope", "strong"), ("  ", ""), name, (f" {host}", "muted")]
        forms.insert(0, [*brand, (who(viewer, short=False), "")])
    return first_that_fits(forms, width - cells(right) - 1), right


def _live(state: FeedState, *, utc: bool) -> Span:
    if state.head_lost_since is not None:
        since = clock(int(state.head_lost_since * MICROSECONDS), utc, "%H:%M:%S")
        return f"✗ lost since {since}", "failure"
    if state.phase is FeedPhase.OPENING:
        return "… asking", "muted"
    if state.phase is FeedPhase.FAILED:
        return "✗ failed", "failure"
    return "● live", "muted"


def place_line(
    state: FeedState, row: SessionRow | None, index: int, hint: Hint, *, utc: bool, narrow: bool
) -> tuple[list[Span], list[Span]]:
    """The line under the table: which row of how many, when it was, and what is new."""
    if row is None or not state.loaded:
        left: list[Span] = [(_empty(state), "muted")]
    else:
        total = total_text(state)
        of = f"{state.loaded:,} loaded" + (f" · {total}" if total else "")
        moment = clock(row.start, utc, "%m-%d %H:%M:%S" if narrow else "%Y-%m-%d %H:%M:%S")
        left = [(f" row {index + 1:,}", "strong"), (f" of {of} · {moment}", "")]
        if state.at is not None:
            left.append((hinted("", hint("table.go_to_first", "goes back to now")), "muted"))
        if state.unreadable:
            missing = sum(second.missing for second in state.unreadable)
            left.append((f" · {missing:,} out of reach", "failure"))
        if state.phase is FeedPhase.LOADING:
            left.append((" · loading …", "muted"))
        elif state.phase is FeedPhase.ENDED:
            left.append((" · all read", "muted"))
    right: list[Span] = []
    if state.new:
        takes = "" if narrow else hint("browser.take_in_new", "takes them in")
        right.append((hinted(f"{state.new:,} new", takes) + " ", "accent"))
    return left, right


def _empty(state: FeedState) -> str:
    if state.phase in (FeedPhase.OPENING, FeedPhase.LOADING):
        return " asking the gateway …"
    if state.phase is FeedPhase.FAILED:
        return " nothing could be read"
    return " no session matches"


def looked_through(state: FeedState, hint: Hint, *, utc: bool) -> str:
    """How far a search that is made here has come; "" where the gateway does all the filtering."""
    if state.looked_through <= state.loaded:
        return ""
    back = "" if state.reached is None else f", back to {clock(state.reached, utc, '%Y-%m-%d')}"
    stops = hint("browser.stop_looking", "stops") if state.phase is FeedPhase.LOADING else ""
    found = f"{state.loaded:,} found in {state.looked_through:,} looked through{back}"
    return hinted(found, stops) + " "


def table_status(state: FeedState, hint: Hint, *, filtered: bool) -> str:
    """What stands after the last row, or in an empty table."""
    match state.phase:
        case FeedPhase.OPENING:
            return "asking the gateway …"
        case FeedPhase.LOADING:
            if not filtered:
                return "loading …"
            return hinted("looking further", hint("browser.stop_looking", "stops"))
        case FeedPhase.FAILED:
            again = hint("browser.refresh", "tries again")
            return hinted("could not be read further", again) if state.loaded else ""
        case FeedPhase.ENDED if state.loaded:
            return "end of history"
        case FeedPhase.ENDED | FeedPhase.IDLE if not state.loaded:
            return (
                hinted(
                    "no session matches these filters", hint("browser.clear_filters", "clears them")
                )
                if filtered
                else "no sessions yet · they appear here as they come"
            )
    return ""


def failure_text(state: FeedState, hint: Hint, *, utc: bool, signed_out: bool = False) -> str:
    """What is wrong, and what can be done about it; "" when nothing is."""
    if signed_out:
        said = "The gateway does not accept your credential any more."
        return hinted(said, hint("app.sign_in", "signs in"), " ")
    if state.error is None and state.head_lost_since is None:
        return ""
    if state.error is None:
        since = clock(int((state.head_lost_since or 0) * MICROSECONDS), utc, "%H:%M:%S")
        said, between = f"Nothing new since {since}: the gateway does not answer.", " "
    else:
        said, between = harmless(str(state.error)), " · "
    return hinted(said, hint("browser.refresh", "tries again"), between)


def keys_line(keys: Sequence[tuple[str, str]], room: int = 0, kept: int = 0) -> list[Span]:
    """The keys that matter now: [("f", "filters"), …].

    What does not fit `room` cells is left out key by key, the last ones first, but not the very
    last `kept`; 0 cells is no limit.
    """
    left, stay = keys[: len(keys) - kept], keys[len(keys) - kept :]
    taken = sum(cell_width(f"  {key} {what}") for key, what in stay)
    shown = []
    for key, what in left:
        taken += cell_width(f"  {key} {what}")
        if room and taken > room + 1:
            break
        shown.append((key, what))
    spans: list[Span] = []
    for key, what in (*shown, *stay):
        spans += [("  " if spans else " ", ""), (key, "accent"), (f" {what}", "")]
    return spans
