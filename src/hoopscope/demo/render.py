"""A row of the database → the gateway's JSON: a row of a list, or one whole session."""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from random import Random
from typing import Any
from uuid import UUID

from hoopscope.demo.analyses import analysis, analyzer_metrics
from hoopscope.demo.broker import LiveEvent
from hoopscope.demo.connections import connections
from hoopscope.demo.database import StoredSession
from hoopscope.demo.guardrails import matches_in_output, matches_in_script
from hoopscope.demo.live_streams import LiveStreams, recording_began
from hoopscope.demo.people import ORGANISATION_ID, everybody
from hoopscope.demo.recorded.catalogue import Key, recording
from hoopscope.demo.recorded.execs import specials
from hoopscope.demo.recorded.masking import detected
from hoopscope.demo.recorded.stored import Stored
from hoopscope.demo.recorded.tape import Event
from hoopscope.demo.reviews import review_of
from hoopscope.demo.scenarios import NO_CODE, REVIEW_STATUSES, STATUSES, Scenario, scenarios
from hoopscope.demo.templates import Recipe, json_size, recipe
from hoopscope.demo.times import text_of

_NO_MASKING = {"err_count": 0, "info_types": {}, "total_redact_count": 0, "transformed_bytes": 0}
# in place of a recording that is not there, or no more; its size is still the old one
_LOST: tuple[Event, ...] = ((0, "e", b"no log found on disk"),)
_NEVER_RAN = ("PENDING", "REJECTED")
_ISSUES = "https://tidewater.atlassian.example/browse/"


@cache
def _who(person: int) -> dict[str, str]:
    found = everybody()[person]
    return {"user": found.user, "user_id": found.id, "user_name": found.name}


@cache
def _where(connection: int) -> dict[str, Any]:
    found = connections()[connection]
    return {
        "type": found.type,
        "connection_subtype": found.subtype,
        "connection": found.name,
        "resource_name": found.resource,
        "role_name": found.name,
        "connection_tags": found.tags,
    }


@lru_cache(maxsize=4096)
def _issue(key: str) -> dict[str, str]:
    return {"jira_issue_key": key, "jira_issue_url": _ISSUES + key}


class Renderer:
    """Makes the JSON; `day` is the one that made-up dates in scripts lie before.

    `specials` names recordings of their own kind by a session's id, besides those of scenarios.
    """

    def __init__(self, day: date, live: LiveStreams, *, old: bool = False) -> None:
        self._day = day
        self.specials: dict[bytes, str] = {}
        self._live = live
        self._old = old

    def row(self, session: StoredSession) -> dict[str, Any]:
        """A row of a list: no script, no AI analysis, a slim review."""
        return self._fields(session, listed=True)

    def whole(self, session: StoredSession) -> dict[str, Any]:
        """One session, without its stream."""
        return self._fields(session, listed=False)

    def stream(self, session: StoredSession) -> Iterable[Event] | None:
        """What was recorded; None where the gateway has no stream at all."""
        scenario = scenarios()[session.scenario]
        bookkeeping = scenario.credential in ("loan", "revoked", "machine")
        if scenario.action == "block_execution" or scenario.name == "refused" or bookkeeping:
            return None
        if self._lost(session, scenario):
            return _LOST
        if not self._ran(session, scenario):
            return self._live.stored(session, self._stored(session, scenario))
        if self._live.lived(session):
            return self._live.emitted(session, self._closing(session, scenario))
        return self._stored(session, scenario)

    def _recipe(self, session: StoredSession, scenario: Scenario) -> Recipe:
        scripts = connections()[session.connection].scripts
        made = recipe(scripts, scenario.tone, session.recipe, self._day)
        special = specials().get(scenario.stream)
        if special is None:
            return made
        return replace(
            made, script=special.script, script_size=json_size(special.script), output=""
        )

    @staticmethod
    def _closing(session: StoredSession, scenario: Scenario) -> str:
        """The gateway's last word; none after success, and where somebody just left."""
        if not scenario.closing and session.exit_code not in (None, 0, NO_CODE):
            return f"exit status {session.exit_code}"
        return scenario.closing

    def _stored(self, session: StoredSession, scenario: Scenario) -> Stored:
        closing, notice = self._closing(session, scenario), ""
        if scenario.guardrail:
            matches = self._guardrails(scenario, self._recipe(session, scenario)) or []
            names = ", ".join(dict.fromkeys(match["rule_name"] for match in matches))
            closing = f"Blocked by the following Guardrails rule: {names}"
            notice = f"Blocked by the following Hoop Guardrails Rules: {names}"
        finish = self._live.planned_end(session.id) or session.finish or session.start
        undecided = session.review is not None and REVIEW_STATUSES[session.review] in _NEVER_RAN
        if undecided:
            return Stored(None, (finish - session.start) * 1000, closing.encode())
        key = Key(
            scripts=connections()[session.connection].scripts,
            verb=scenario.verb,
            tone=scenario.tone,
            number=session.recipe,
            day=self._day,
            special=self.specials.get(session.id, scenario.stream),
            notice=notice,
            redact=scenario.masked,
        )
        lasting = max(finish - recording_began(session), 10_000) * 1000
        return Stored(recording(key), lasting, closing.encode())

    @staticmethod
    def _lost(session: StoredSession, scenario: Scenario) -> bool:
        """Whether the gateway found nothing to store, or a second kill destroyed what there was."""
        ended = session.status == STATUSES.index("done") and session.finish is not None
        return ended and (scenario.metrics == "empty" or scenario.name == "recording lost")

    @staticmethod
    def _ran(session: StoredSession, scenario: Scenario) -> bool:
        """Whether anything was recorded: a session that was open may have ended since."""
        if session.status != STATUSES.index("done") or session.finish is None:
            return False
        return scenario.metrics == "whole" or scenario.status != "done"

    def _fields(self, session: StoredSession, *, listed: bool) -> dict[str, Any]:
        scenario = scenarios()[session.scenario]
        made = self._recipe(session, scenario) if scenario.verb == "exec" else None
        ran = self._ran(session, scenario)
        size = self._size(session, scenario) if ran else 0
        script = None if listed else {"data": made.script if made else ""}
        person = everybody()[session.person]
        found: dict[str, Any] = {
            "id": str(UUID(bytes=session.id)),
            "org_id": ORGANISATION_ID,
            "script": script,
            "script_size": made.script_size if made else 0,
            "labels": None,
            "integrations_metadata": _issue(session.jira) if session.jira else None,
            "metadata": None,
            "metrics": self._metrics(session, scenario, made, size) if ran else None,
            **_who(session.person),
            **_where(session.connection),
            "review": review_of(session, slim=listed),
            "verb": scenario.verb,
            "status": STATUSES[session.status],
            "exit_code": session.exit_code,
            "event_size": size,
        }
        if session.batch:
            found["session_batch_id"] = session.batch
        if session.correlation:
            found["correlation_id"] = session.correlation
        found["start_date"] = text_of(session.start)
        found["end_date"] = None if session.finish is None else text_of(session.finish)
        found["ai_analysis"] = None if listed else self._analysis(session, scenario)
        found["guardrails_info"] = self._guardrails(scenario, made)
        found["identity_type"] = "machine" if person.kind == "machine" else "user"
        if person.kind == "machine":
            found["machine_identity_id"] = person.id
        if scenario.metrics == "empty" and not ran:
            found["metrics"] = {}
        if scenario.extra:
            self._extra(found, session, scenario)
        if session.extra:
            found |= json.loads(session.extra)
        return found

    def _size(self, session: StoredSession, scenario: Scenario) -> int:
        if self._live.lived(session):
            return self._live.emitted_size(session, self._closing(session, scenario))
        return self._stored(session, scenario).size

    def happening(self, session: StoredSession, since: int, until: int) -> Iterator[LiveEvent]:
        """What a running session does between two moments, in nanoseconds since 1970."""
        recorded = self._stored(session, scenarios()[session.scenario])
        return self._live.between(session, since, until, recorded)

    def _metrics(
        self, session: StoredSession, scenario: Scenario, made: Recipe | None, size: int
    ) -> dict[str, Any]:
        metrics: dict[str, Any] = {
            "data_masking": _NO_MASKING,
            "event_size": size,
            "truncated": scenario.stream == "truncated",
        }
        if scenario.masked and made:
            counts, bytes_changed = detected(made.output)
            metrics["data_masking"] = {
                "err_count": 0,
                "info_types": counts,
                "total_redact_count": sum(counts.values()),
                "transformed_bytes": bytes_changed,
            }
            metrics["data_analyzer"] = counts
        if scenario.analyzer:
            metrics["ai_analyzer"] = analyzer_metrics(scenario.analyzer, Random(session.id))
        if connections()[session.connection].scripts == "rdp":
            metrics |= {"bitmap_count": 40 + session.id[2], "canvas_width": 1920}
            metrics |= {"canvas_height": 1080, "rdp_analysis_status": "done"}
        return metrics

    def _analysis(self, session: StoredSession, scenario: Scenario) -> dict[str, Any] | None:
        if not scenario.risk:
            return None
        return analysis(
            scenario.risk,
            scenario.action,
            self._recipe(session, scenario).script,
            session.start,
            Random(session.id),
            agentic=scenario.agentic and not self._old,
            database=connections()[session.connection].type == "database",
        )

    @staticmethod
    def _guardrails(scenario: Scenario, made: Recipe | None) -> list[dict[str, Any]] | None:
        if not scenario.guardrail or made is None:
            return None
        if scenario.guardrail == "input":
            return matches_in_script(made.script)
        return matches_in_output(made.output)

    def _extra(self, found: dict[str, Any], session: StoredSession, scenario: Scenario) -> None:
        random = Random(session.id)
        if scenario.extra == "runbook":
            name = random.choice(("refund-order", "rotate-logs", "customer-export", "warm-cache"))
            order = random.randint(100000, 999999)
            found["labels"] = {
                "runbookFile": f"ops/{name}.runbook.sql",
                "runbookParameters": json.dumps({"order_id": f"TW-{order}", "dry_run": "false"}),
                "runbookRepository": "git.tidewater.example/ops/runbooks",
            }
        elif scenario.extra == "rerun":
            found["labels"] = {"re-run-from": str(UUID(int=random.getrandbits(128), version=4))}
        elif scenario.extra == "metadata":
            found["metadata"] = {
                "reason": random.choice(("customer asked", "incident", "month end", "audit")),
                "approved_by": "map[name:Lwazi Ndlovu]",
                "rows": str(random.randint(1, 900)),
            }
        elif scenario.extra == "federation":
            found["metadata"] = {
                "federation": {
                    "issuer": "https://token.actions.githubusercontent.example",
                    "subject": f"repo:tidewater/shop:ref:refs/heads/release-{session.id[1]}",
                }
            }
        elif scenario.extra == "hostile":
            found["metadata"] = {
                "esc": "\x1b[31mred\x1b[0m \x1b]0;title\x07",
                "[bold]key[/bold]": "\u202egnp.exe\u202c",
                "long": "wide 日本語 " * 30,
            }
