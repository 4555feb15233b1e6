"""Parts: what there is to see inside a session, and why what is missing is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from hoopscope.recordings.kinds import RecordingKind, kind_of
from hoopscope.sessions.facts.quantities import size
from hoopscope.sessions.outcome import Outcome, outcome_of

if TYPE_CHECKING:
    from hoopscope.gateway.models.session import Session
    from hoopscope.gateway.row import SessionRow

NO_ACCESS = (
    "The gateway keeps what was recorded from reviewers: only the session's owner, admins and "
    "auditors may see it."
)

_LIVE = (Outcome.RUNNING, Outcome.USABLE)
_NEVER_RAN = {
    Outcome.WAITING: "It waits for a review and has not run yet.",
    Outcome.APPROVED: "It was approved and has not run yet.",
    Outcome.READY: "It has not run yet.",
    Outcome.NOT_RUN: "It never ran: it was sent off before anybody had approved it.",
    Outcome.CREDENTIAL: "A credential records nothing itself: the sessions that name it do.",
}


class Part(StrEnum):
    """One way to look at a session, in the order of their keys."""

    SUMMARY = "summary"
    SCRIPT = "script"
    OUTPUT = "output"
    REPLAY = "replay"
    EVENTS = "events"
    REVIEW = "review"
    ANALYSIS = "analysis"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Offer:
    """Whether a part can be had.

    why_not: a harmless sentence that says why not; "" where it can.
    size: bytes to expect before anything is loaded, 0 where nobody knows.
    is_cut: the gateway cut the recording short.
    is_live: it grows while one looks.
    """

    why_not: str = ""
    size: int = 0
    is_cut: bool = False
    is_live: bool = False

    @property
    def is_there(self) -> bool:
        """Whether the part can be had."""
        return not self.why_not

    @property
    def note(self) -> str:
        """What to know before it is loaded: `4.6 MB, cut short`."""
        words = [size(self.size)] if self.size else []
        words += ["cut short"] * self.is_cut + ["live"] * self.is_live
        return ", ".join(words)


@dataclass(frozen=True, slots=True)
class Viewing:
    """Who looks; None and "" where that is not known (yet), which forbids nothing."""

    user_id: str = ""
    role: str = ""

    def may_see_recording(self, row: SessionRow) -> bool:
        """Whether the gateway would give this reader what a session recorded."""
        known = bool(self.user_id and self.role and row.user_id)
        return not known or self.role in ("admin", "auditor") or self.user_id == row.user_id


def is_live(row: SessionRow, now: int) -> bool:
    """Whether a session may be recording at this moment (microseconds since 1970 UTC)."""
    return row.end is None and outcome_of(row, now).outcome in _LIVE


def parts_of(
    row: SessionRow, session: Session | None, now: int, viewing: Viewing | None = None
) -> Mapping[Part, Offer]:
    """What can be had of a session.

    `session` is None until it is loaded: what a list does not know counts as there until then.
    """
    recorded = _recorded(row, now, viewing or Viewing())
    kind = kind_of(row.type, row.subtype, row.verb).facts
    output, replay = recorded, recorded
    if recorded.is_there and not kind.has_output:
        output = Offer(kind.stored)
    if recorded.is_there and not kind.can_replay:
        replay = Offer("Only a terminal can be replayed, and this was none.")
    return {
        Part.SUMMARY: Offer(),
        Part.SCRIPT: _script(row, session),
        Part.OUTPUT: output,
        Part.REPLAY: replay,
        Part.EVENTS: recorded,
        Part.REVIEW: Offer() if row.review_status else Offer("Nobody had to review it."),
        Part.ANALYSIS: _analysis(row, session),
        Part.JSON: Offer(),
    }


def opening_part(row: SessionRow, offers: Mapping[Part, Offer], now: int) -> Part:
    """The part that tells what matters most in a session.

    A failed exec opens on its output, a pending one on its review with the script, a rejected one
    on the review, one that an analysis stopped on that, a running one on what happens.
    """
    outcome = outcome_of(row, now).outcome
    wanted: tuple[Part, ...] = ()
    if outcome is Outcome.FAILED and row.verb == "exec":
        wanted = (Part.OUTPUT,)
    elif outcome in (Outcome.WAITING, Outcome.REJECTED, Outcome.REVOKED):
        wanted = (Part.REVIEW,)
    elif outcome is Outcome.BLOCKED and not row.guardrail_hits:
        wanted = (Part.ANALYSIS,)
    elif offers[Part.EVENTS].is_live:
        wanted = (Part.REPLAY, Part.OUTPUT, Part.EVENTS)
    return next((part for part in wanted if offers[part].is_there), Part.SUMMARY)


def _recorded(row: SessionRow, now: int, viewing: Viewing) -> Offer:
    kind = kind_of(row.type, row.subtype, row.verb)
    # A reviewer may watch what happens, only not read what is stored.
    if not viewing.may_see_recording(row) and not is_live(row, now):
        return Offer(NO_ACCESS)
    if kind is RecordingKind.NONE:
        return Offer(kind.facts.stored)
    outcome = outcome_of(row, now).outcome
    if not row.event_size:
        if is_live(row, now):
            return Offer(is_live=True)
        if outcome is Outcome.NO_END:
            return Offer()
        if outcome is Outcome.BLOCKED:
            return Offer("It was stopped before it ran: nothing was recorded.")
        return Offer(_NEVER_RAN.get(outcome, "Nothing was recorded: the stream is empty."))
    return Offer(size=row.event_size, is_cut=row.truncated, is_live=is_live(row, now))


def _script(row: SessionRow, session: Session | None) -> Offer:
    text = None if session is None else session.script_text
    if text or (session is None and (row.script_size or row.verb != "connect")):
        return Offer(size=row.script_size)
    if row.verb == "connect":
        return Offer("An interactive session has no script: its events tell what was entered.")
    if text is None:
        return Offer("The gateway did not give the script.")
    return Offer("The script is empty.")


def _analysis(row: SessionRow, session: Session | None) -> Offer:
    if session is None or row.ai_risk or session.ai_analysis is not None:
        return Offer()
    if session.metrics is not None and session.metrics.ai_analyzer is not None:
        return Offer()
    return Offer("No AI analysed it.")
