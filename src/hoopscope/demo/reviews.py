"""A session's review: who was asked, who decided what and when."""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

from hoopscope.demo.connections import connections
from hoopscope.demo.database import StoredSession
from hoopscope.demo.people import everybody, people_in, position_of
from hoopscope.demo.plans import review_group_sets
from hoopscope.demo.scenarios import REVIEW_STATUSES, ReviewPlan, scenarios
from hoopscope.demo.times import milliseconds_of, text_of

_MASK = 0x5A1D_0C33_9E42_0F17_2B68_71D4_3C95_E806 & ~(0xF << 76) & ~(0x3 << 62)
_DECIDED = ("APPROVED", "EXECUTED", "PROCESSING")
_REASONS = (
    "Please run this on the replica instead.",
    "No ticket. Add one and ask again.",
    "Too broad: add a limit, or do it in batches of 1,000.",
    "Not before the freeze ends on Monday.",
    "Das gehört in eine Migration, nicht in eine Konsole.",
    "Not in business hours. [red]Ask[/red] again \u202etomorrow; line\nbreak 日本",
    "A WHERE clause would be nice :)",
)
_DURATIONS = (900, 1800, 3600, 7200, 14400)
_WINDOWS = (("22:00", "06:00"), ("08:00", "18:00"), ("00:00", "23:59"), ("02:00", "03:30"))


def swapped_id(value: bytes) -> bytes:
    """The review's id from its session's, and the other way round."""
    return (int.from_bytes(value, "big") ^ _MASK).to_bytes(16, "big")


def access_duration(session: StoredSession) -> int:
    """Seconds that a jit review grants; 0 for a one-time review."""
    plan = scenarios()[session.scenario].review
    if plan is None or plan.type != "jit":
        return 0
    return _DURATIONS[session.id[3] % 3 if plan.status == "APPROVED" else session.id[3] % 5]


def review_of(session: StoredSession, *, slim: bool, listed: bool = False) -> dict[str, Any] | None:
    """The review as a list (`slim`), one session, or `/api/reviews` (`listed`) has it."""
    plan = scenarios()[session.scenario].review
    if session.review is None or session.review_groups is None:
        return None
    plan = plan or ReviewPlan("onetime", "PENDING", "reviewer", ())
    random = Random(session.id)
    status = REVIEW_STATUSES[session.review]
    created = session.start + random.randint(22_000, 48_000)
    duration = access_duration(session)
    groups = review_group_sets()[session.review_groups]
    ruled = not slim and "bare" not in plan.how
    window = random.choice(_WINDOWS) if "window" in plan.how else None
    review = {
        "id": str(UUID(bytes=swapped_id(session.id))),
        "type": plan.type,
        "access_duration": duration * 1_000_000_000,
        "status": status,
        "revoke_at": _revoke_at(session, plan, status, duration),
        "created_at": text_of(created) if listed else milliseconds_of(created),
        "review_groups_data": _groups(session, plan, status, groups, random),
        "time_window": None,
        "access_request_rule_name": None,
        "min_approvals": None,
        "force_approval_groups": None,
    }
    if ruled:
        needed = connections()[session.connection].review_groups
        review["access_request_rule_name"] = f"{'-and-'.join(needed)}-approve"
        review["min_approvals"] = connections()[session.connection].approvals
        review["force_approval_groups"] = ["admin", "sre"]
    if window and not slim and not listed:
        review["time_window"] = {
            "type": "time_range",
            "configuration": {"end_time": window[1], "start_time": window[0]},
        }
    if status == "REJECTED" and plan.by != "owner":
        review["rejection_reason"] = random.choice(_REASONS)
    return review


def _revoke_at(session: StoredSession, plan: ReviewPlan, status: str, duration: int) -> str | None:
    """When a one-time review was approved; when a jit one is to end, also after a revocation."""
    approved = status in (*_DECIDED, "REVOKED")
    if session.decided is None or not approved or plan.by == "key":
        return None
    return milliseconds_of(session.decided + duration * 1_000_000)


def _groups(
    session: StoredSession,
    plan: ReviewPlan,
    status: str,
    groups: tuple[str, ...],
    random: Random,
) -> list[dict[str, Any]]:
    """Who decided: by the plan for the status that it leads to, everybody asked for any other.

    They come in no order.
    """
    outsider = plan.by in ("admin", "owner")
    either = connections()[session.connection].approvals == 1
    as_planned = status == plan.status or outsider
    found = []
    for number, group in enumerate(groups):
        decides = session.decided is not None
        if as_planned:
            if plan.by == "":
                decides = False
            elif outsider:
                decides = number == len(groups) - 1
            elif "partial" in plan.how or either or status in ("REJECTED", "REVOKED"):
                decides = number == 0 or status == "REVOKED"
        verdict = "APPROVED"
        if not decides:
            verdict = "PENDING"
        elif status == "REJECTED" or (status == "REVOKED" and number == 0):
            verdict = status
        found.append(
            {
                "id": str(UUID(int=random.getrandbits(128), version=4)),
                "group": group,
                "status": verdict,
                "reviewed_by": _person(session, plan, group, random) if decides else None,
                "review_date": milliseconds_of(session.decided or 0) if decides else None,
                "forced_review": decides and "forced" in plan.how,
            }
        )
    random.shuffle(found)
    return found


def _person(session: StoredSession, plan: ReviewPlan, group: str, random: Random) -> dict[str, Any]:
    if plan.by == "key":
        key = everybody()[position_of("ci-deploy")]
        return {"id": key.id, "email": key.email, "slack_id": ""}
    people = people_in(group)
    if plan.by == "owner":
        place = session.person
    else:
        others = [person for person in people if person != session.person] or list(people)
        place = random.choice(others)
    person = everybody()[place]
    return {"id": person.id, "name": person.name, "email": person.user, "slack_id": ""}
