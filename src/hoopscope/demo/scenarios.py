"""Everything that can become of a session: what `scenarios.txt` lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hoopscope.demo.connections import Connection

STATUSES = ("open", "ready", "done")
REVIEW_STATUSES = (
    "PENDING",
    "APPROVED",
    "REJECTED",
    "REVOKED",
    "PROCESSING",
    "EXECUTED",
    "UNKNOWN",
)
NO_CODE = 254


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """How a review goes; `type` is onetime or jit, `by` is empty, reviewer, owner, admin or key."""

    type: str
    status: str
    by: str
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One thing that becomes of sessions; `exit_code` -1 stands for the script's own.

    `metrics` is whole, none or empty; `credential` is empty, loan, revoked, machine or child;
    `seconds` is the range of how long a session lasts that has no script to tell; `on` is the one
    connection that it happens on, `stream` names a recording of its own kind.
    """

    name: str
    verb: str
    status: str
    exit_code: int | None
    ended: bool
    metrics: str
    tone: str
    review: ReviewPlan | None
    needs: str
    every: int
    age: int
    risk: str
    action: str
    agentic: bool
    guardrail: str
    closing: str
    analyzer: str
    masked: bool
    credential: str
    extra: str
    machine: bool
    seconds: tuple[int, int]
    on: str
    stream: str

    def fits(self, connection: Connection) -> bool:
        """Whether it can happen on a connection."""
        if self.on:
            return connection.name == self.on
        if any(feature not in connection.features for feature in self.needs):
            return False
        if self.tone == "hostile" and connection.scripts not in ("bash", "postgres"):
            return False
        if self.verb == "exec":
            refused = connection.scripts in ("ssh", "tcp")
            return refused if self.name == "refused" else not connection.interactive
        return True


def _review(text: str) -> ReviewPlan | None:
    if not text:
        return None
    kind, status, by, how, *_ = [*text.split(":"), "", ""]
    return ReviewPlan(kind, status, by, tuple(how.split(",")) if how else ())


def _scenario(line: str, verb: str, tone: str, needs: str) -> Scenario:
    told = dict(part.split("=", 1) for part in line[26:].split())
    waiting = "waiting" in told
    exit_code = "none" if waiting else told.get("exit", "-1")
    low, high = told.get("seconds", "40-5400").split("-")
    return Scenario(
        name=line[:26].strip(),
        verb=verb,
        status=told.get("status", "done"),
        exit_code=None if exit_code == "none" else int(exit_code),
        ended=not waiting,
        metrics="none" if waiting else told.get("metrics", "whole"),
        tone=told.get("tone", tone),
        review=_review(told.get("review", "")),
        needs=told.get("needs", needs),
        every=int(told.get("every", "0")),
        age=int(told["age"]),
        risk=told.get("risk", ""),
        action=told.get("action", ""),
        agentic="agentic" in told,
        guardrail=told.get("guardrail", ""),
        closing=told.get("closing", "").replace("_", " "),
        analyzer=told.get("analyzer", ""),
        masked="masked" in told,
        credential=told.get("credential", ""),
        extra=told.get("extra", ""),
        machine="machine" in told,
        seconds=(int(low), int(high)),
        on=told.get("on", ""),
        stream=told.get("stream", ""),
    )


@cache
def scenarios() -> tuple[Scenario, ...]:
    """All of them, in the order of the database."""
    found: list[Scenario] = []
    verb = tone = needs = ""
    text = Path(__file__).with_name("scenarios.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("==="):
            verb, tone, needs, *_ = [*line.split()[1:], ""]
        elif not line.startswith("#"):
            found.append(_scenario(line, verb, tone, needs))
    return tuple(found)


@cache
def scenario_position(name: str) -> int:
    """Position in `scenarios()`.

    Raises:
        ValueError: no scenario is called that.
    """
    for index, scenario in enumerate(scenarios()):
        if scenario.name == name:
            return index
    raise ValueError(f"no scenario is called {name!r} in the demo")
