"""What sessions that run have emitted so far, and how much of that the gateway has stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from hoopscope.demo.broker import LiveEvent
from hoopscope.demo.connections import connections
from hoopscope.demo.database import StoredSession
from hoopscope.demo.recorded.catalogue import Key
from hoopscope.demo.recorded.endless import MINUTE, minute
from hoopscope.demo.recorded.stored import Stored, stored_size
from hoopscope.demo.recorded.tape import SECOND, Event
from hoopscope.demo.scenarios import REVIEW_STATUSES, STATUSES, Scenario, scenarios
from hoopscope.demo.times import moment_of

if TYPE_CHECKING:
    from hoopscope.demo.options import Options

_DONE = STATUSES.index("done")
_WAITING = REVIEW_STATUSES.index("PENDING")
_IN_USE = ("running", "connected", "jit in use", "jit forced")


def is_endless(scenario: Scenario) -> bool:
    """Whether sessions of a scenario go on until something ends them."""
    return scenario.name in _IN_USE or scenario.name.startswith("live ")


class LiveStreams:
    """`now` gives microseconds since 1970."""

    def __init__(self, now: Callable[[], int], options: Options) -> None:
        self._now = now
        self._day = moment_of(now()).date()
        self._pace = options.pace
        self._flush = int(options.flush * SECOND)
        self._told: dict[bytes, list[LiveEvent]] = {}
        self._flushed: dict[bytes, int] = {}
        self._ends: dict[bytes, int] = {}
        self._sizes: dict[tuple[bytes, int | None, str], int] = {}

    def take_over(self, session: bytes) -> None:
        """From now on a session emits what it is told to, and nothing else."""
        self._told.setdefault(session, [])

    def emit(self, session: bytes, kind: str, payload: bytes) -> LiveEvent:
        """Have a session that was taken over emit something now."""
        told = self._told[session]
        moment = max(self._now() * 1000 + 1, told[-1].moment + 1 if told else 0)
        event = LiveEvent(moment, kind, payload)
        told.append(event)
        return event

    def told(self, session: bytes) -> bool:
        """Whether a session was taken over."""
        return session in self._told

    def flush(self, session: bytes) -> None:
        """Store at once what a session has emitted so far."""
        told = self._told.get(session)
        self._flushed[session] = told[-1].moment if told else self._now() * 1000

    def end_at(self, session: bytes, moment: int) -> None:
        """Say when a session that has begun will end: what it does fits into that time."""
        self._ends[session] = moment

    def planned_end(self, session: bytes) -> int | None:
        """Microseconds since 1970, None for a session that nobody has plans with."""
        return self._ends.get(session)

    def between(
        self, session: StoredSession, since: int, until: int, recorded: Stored
    ) -> Iterator[LiveEvent]:
        """What happens in a session after `since` and not after `until`, nanoseconds since 1970.

        `recorded` is what a session whose end is planned will have done.
        """
        if session.id in self._told:
            yield from (one for one in self._told[session.id] if since < one.moment <= until)
        elif is_endless(scenarios()[session.scenario]):
            yield from self._endless(session, since, until)
        elif session.id in self._ends:
            begun = recording_began(session) * 1000
            for seconds, kind, payload in recorded:
                moment = begun + round(seconds * SECOND)
                if since < moment <= until:
                    yield LiveEvent(moment, kind, payload)

    def _endless(self, session: StoredSession, since: int, until: int) -> Iterator[LiveEvent]:
        begun = (session.start if session.decided is None else session.decided) * 1000
        key = self._key(session)
        first = max(0, int((since - begun) * self._pace) // MINUTE)
        last = int((until - begun) * self._pace) // MINUTE
        for number in range(first, last + 1):
            for seconds, kind, payload in minute(key, session.id.hex(), number):
                passed = number * MINUTE + round(seconds * SECOND)
                moment = begun + int(passed / self._pace) // 10 * 10 + 3
                if since < moment <= until:
                    yield LiveEvent(moment, kind, payload)

    def _key(self, session: StoredSession) -> Key:
        what = scenarios()[session.scenario]
        return Key(
            scripts=connections()[session.connection].scripts,
            verb=what.verb,
            tone=what.tone,
            number=session.recipe,
            day=self._day,
            special=what.stream,
        )

    def lived(self, session: StoredSession) -> bool:
        """Whether what a session recorded is what it emitted, and not what its scenario tells."""
        return session.id in self._told or is_endless(scenarios()[session.scenario])

    def emitted(self, session: StoredSession, closing: str) -> tuple[Event, ...]:
        """All that a session did that has ended, and the gateway's last word."""
        until = (session.finish or session.start) * 1000
        if session.id in self._told:
            until = max([until, *(event.moment for event in self._told[session.id])])
        last = Stored(None, until - recording_began(session) * 1000, closing.encode())
        return (*self._events(session, until, Stored(None, 0)), *last)

    def emitted_size(self, session: StoredSession, closing: str) -> int:
        """`event_size` of those events, counted once."""
        key = (session.id, session.finish, closing)
        if key not in self._sizes:
            self._sizes[key] = stored_size(self.emitted(session, closing))
        return self._sizes[key]

    def stored(self, session: StoredSession, recorded: Stored) -> tuple[Event, ...]:
        """What the gateway has of a running session: nothing that happened since its last flush."""
        if session.status == _DONE or session.review == _WAITING:
            return ()
        begun, now = recording_began(session) * 1000, self._now() * 1000
        until = begun + (now - begun) // self._flush * self._flush
        return self._events(session, max(until, self._flushed.get(session.id, 0)), recorded)

    def _events(self, session: StoredSession, until: int, recorded: Stored) -> tuple[Event, ...]:
        begun = recording_began(session) * 1000
        return tuple(
            ((moment - begun) / SECOND, kind, payload)
            for moment, kind, payload in self.between(session, begun - 1, until, recorded)
            if payload
        )


def recording_began(session: StoredSession) -> int:
    """Microseconds since 1970: of a reviewed exec it is when it was decided, not its start."""
    if session.decided is not None and scenarios()[session.scenario].verb == "exec":
        return session.decided
    return session.start
