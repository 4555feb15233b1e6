"""What sessions that run have emitted so far, and how much of that the gateway has stored."""

from __future__ import annotations

from collections.abc import Callable

from hoopscope.demo.broker import LiveEvent
from hoopscope.demo.database import StoredSession
from hoopscope.demo.recorded.tape import Event

_SECOND = 1_000_000_000
FLUSH_SECONDS = 50.0


class LiveStreams:
    """`now` gives microseconds since 1970; `flush` is the seconds between two flushes."""

    def __init__(self, now: Callable[[], int], *, flush: float = FLUSH_SECONDS) -> None:
        self._now = now
        self._flush = int(flush * _SECOND)
        self._told: dict[bytes, list[LiveEvent]] = {}
        self._flushed: dict[bytes, int] = {}

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

    def flush(self, session: bytes) -> None:
        """Store at once what a session has emitted so far."""
        told = self._told.get(session)
        self._flushed[session] = told[-1].moment if told else self._now() * 1000

    def emitted(self, session: StoredSession) -> tuple[Event, ...] | None:
        """All that a session emitted that was taken over; None for any other."""
        told = self._told.get(session.id)
        return None if told is None else self._events(session, told)

    def stored(self, session: StoredSession) -> tuple[Event, ...]:
        """What the gateway has of a running session: nothing that happened since its last flush."""
        began, now = session.start * 1000, self._now() * 1000
        until = began + (now - began) // self._flush * self._flush
        until = max(until, self._flushed.get(session.id, 0))
        told = self._told.get(session.id, [])
        return self._events(session, [event for event in told if event.moment <= until])

    @staticmethod
    def _events(session: StoredSession, told: list[LiveEvent]) -> tuple[Event, ...]:
        began = session.start * 1000
        return tuple(
            ((moment - began) / _SECOND, kind, payload) for moment, kind, payload in told if payload
        )
