"""LocalFilter: what the gateway cannot filter by, filtered here."""

from __future__ import annotations

from typing import NamedTuple

from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.identity import identity_of
from hoopscope.sessions.outcome import outcome_of

_SECOND = 1_000_000
_NONE: frozenset[str] = frozenset()


class LocalFilter(NamedTuple):
    """A filter over rows; what is not set does not filter.

    outcomes: values of `Outcome`; identities: values of `Identity`.
    verbs, subtypes, connections, types: exact; any of several.
    users: e-mail, name or subject id, any of several.
    shortest, longest: how long it took, in seconds, both included; a session that has not ended
        is measured up to now, unless it cannot be running any more.
    text: anywhere in anything that a row shows, upper and lower case alike.
    """

    outcomes: frozenset[str] = _NONE
    guardrail_hits: bool = False
    identities: frozenset[str] = _NONE
    verbs: frozenset[str] = _NONE
    subtypes: frozenset[str] = _NONE
    types: frozenset[str] = _NONE
    users: frozenset[str] = _NONE
    connections: frozenset[str] = _NONE
    shortest: float | None = None
    longest: float | None = None
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether every row matches."""
        return self == LocalFilter()

    def matches(self, row: SessionRow, now: int) -> bool:
        """Whether a row is wanted, as of `now` (microseconds since 1970 UTC)."""
        return (
            (not self.guardrail_hits or row.guardrail_hits > 0)
            and (not self.verbs or row.verb in self.verbs)
            and (not self.subtypes or row.subtype in self.subtypes)
            and (not self.types or row.type in self.types)
            and (not self.connections or row.connection in self.connections)
            and (
                not self.users or not self.users.isdisjoint((row.user, row.user_id, row.user_name))
            )
            and (not self.identities or identity_of(row).value in self.identities)
            and (not self.outcomes or outcome_of(row, now).outcome.value in self.outcomes)
            and self._took_as_long(row, now)
            and (not self.text or self._has_text(row, now))
        )

    def _took_as_long(self, row: SessionRow, now: int) -> bool:
        if self.shortest is None and self.longest is None:
            return True
        if row.start == NO_START:
            return False
        end = row.end
        if end is None and outcome_of(row, now).outcome == "running":
            end = now
        if end is None:
            return False
        seconds = (end - row.start) / _SECOND
        return (self.shortest is None or seconds >= self.shortest) and (
            self.longest is None or seconds <= self.longest
        )

    def _has_text(self, row: SessionRow, now: int) -> bool:
        shown = (
            row.user,
            row.user_name,
            row.connection,
            row.type,
            row.subtype,
            row.resource,
            row.verb,
            row.status,
            outcome_of(row, now).text,
            row.review_status,
            row.guardrail_rule,
            row.ai_risk,
            row.jira_key,
            row.correlation_id,
            row.batch_id,
            row.credential_session,
            row.id,
        )
        return self.text.casefold() in "\n".join(shown).casefold()
