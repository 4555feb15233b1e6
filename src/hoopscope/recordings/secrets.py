"""Secrets in the bytes of events: for everything that gives recorded bytes away.

Used by exports; what is shown on screen is marked by the decoders, by the same rules.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Protocol

from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind, kind_by_bytes
from hoopscope.recordings.marked_text import MASK, Secret
from hoopscope.recordings.secret_patterns import secrets_in
from hoopscope.recordings.typed_lines import Place, TypedLines
from hoopscope.recordings.unfinished_line import UnfinishedLine, spread

FRAMED = (RecordingKind.POSTGRES, RecordingKind.SSH)
"""Kinds where a mask has to be as long as what it hides: the messages name their length."""

_EVENTS_HELD = 1024


def secret_spans(
    kind: RecordingKind, events: Iterable[Event]
) -> Iterator[tuple[Event, tuple[Secret, ...]]]:
    """Each event, in order, with the places in its payload that are secrets.

    Streams: at most 1,024 events (and 64 KB of an unfinished line) are held back, until it is known
    whether what was typed was shown, or what follows a name that is cut in two.
    """
    finder = SecretFinder(kind)
    for event in events:
        yield from finder.feed(event)
    yield from finder.close()


def masked(kind: RecordingKind, events: Iterable[Event]) -> Iterator[Event]:
    """The events without their secrets, in their place `********`, once for a secret in pieces."""
    mask = EventMask(kind)
    for event in events:
        yield from mask.feed(event)
    yield from mask.close()


class EventMask:
    """Takes events one by one, gives them back without their secrets, in the same order."""

    def __init__(self, kind: RecordingKind) -> None:
        self._finder = SecretFinder(kind)
        self._same_length = kind in FRAMED
        self._goes_on = ""

    def feed(self, event: Event) -> list[Event]:
        """The events of which all is known now."""
        return [self._masked(*found) for found in self._finder.feed(event)]

    def give_up(self) -> list[Event]:
        """All but what is being typed: what is held back waits no longer for what might follow."""
        return [self._masked(*found) for found in self._finder.give_up()]

    def close(self) -> list[Event]:
        """The events that are left."""
        return [self._masked(*found) for found in self._finder.close()]

    def _masked(self, event: Event, spans: tuple[Secret, ...]) -> Event:
        if spans:
            payload, self._goes_on = _without(event, spans, self._same_length, self._goes_on)
            return event._replace(payload=payload)
        if event.kind == self._goes_on[:1] and event.payload:
            self._goes_on = ""
        return event


def _without(
    event: Event, spans: tuple[Secret, ...], same_length: bool, goes_on: str
) -> tuple[bytes, str]:
    """The payload without its secrets, and what goes on into the next one: its kind and what."""
    parts = []
    at = 0
    for start, end, what in spans:
        parts.append(event.payload[at:start])
        if same_length:
            parts.append(b"*" * (end - start))
        elif start or goes_on != event.kind + what:
            parts.append(MASK.encode())
        at = end
    parts.append(event.payload[at:])
    ends_open = at == len(event.payload)
    return b"".join(parts), event.kind + spans[-1].what if ends_open else ""


class SecretFinder:
    """Takes events one by one, gives them back with their secrets, in the same order."""

    def __init__(self, kind: RecordingKind) -> None:
        self._kind = kind
        self._held: deque[Event] = deque()
        self._first = 0
        self._found: dict[int, list[Secret]] = {}
        self._lines = {"i": UnfinishedLine(), "o": UnfinishedLine()}
        self._typed: TypedLines | None = None
        self._messages: _Messages | None = None
        self._has_begun = False

    def feed(self, event: Event) -> list[tuple[Event, tuple[Secret, ...]]]:
        """The events of which all is known now."""
        if not self._has_begun:
            self._begin(event)
        number = self._first + len(self._held)
        self._held.append(event)
        line = self._lines.get(event.kind)
        if line is not None:
            self._mark_all(line.feed(number, event.payload))
        if self._typed is not None:
            for typed in self._typed.feed(number, event):
                self._mark_typed(typed.places, typed.keys, typed.what)
        if self._messages is not None:
            self._mark_all(self._messages.feed(number, event))
        return self._released()

    def give_up(self) -> list[tuple[Event, tuple[Secret, ...]]]:
        """All but what is being typed: nothing has come for so long that nothing will."""
        if self._typed is not None:
            for typed in self._typed.give_up():
                self._mark_typed(typed.places, typed.keys, typed.what)
        self._mark_all(self._lines["o"].close())
        return self._released()

    def close(self) -> list[tuple[Event, tuple[Secret, ...]]]:
        """The events that are left."""
        if self._typed is not None:
            for typed in self._typed.close():
                self._mark_typed(typed.places, typed.keys, typed.what)
        if self._messages is not None:
            self._mark_all(self._messages.close())
        for line in self._lines.values():
            self._mark_all(line.close())
        return self._released(everything=True)

    def _begin(self, event: Event) -> None:
        """The first event shows what kind it really is."""
        self._has_begun = True
        kind = kind_by_bytes(self._kind, event.kind, event.payload)
        if kind is RecordingKind.TERMINAL:
            self._typed = TypedLines()
            del self._lines["i"]
        self._messages = _messages_of(kind)

    def _mark_typed(self, places: Iterable[Place], keys: bytes, what: str) -> None:
        if what:
            for number, start, end in places:
                self._mark(number, Secret(start, end, what))
        elif found := secrets_in(keys):
            self._mark_all(spread(tuple(places), found))

    def _mark_all(self, secrets: Iterable[tuple[int, Secret]]) -> None:
        for number, secret in secrets:
            self._mark(number, secret)

    def _mark(self, number: int, secret: Secret) -> None:
        if number >= self._first and secret.end > secret.start:
            self._found.setdefault(number, []).append(secret)

    def _released(self, everything: bool = False) -> list[tuple[Event, tuple[Secret, ...]]]:
        released = []
        undecided = self._undecided()
        while self._held and (
            everything or self._first < undecided or len(self._held) > _EVENTS_HELD
        ):
            event = self._held.popleft()
            found = self._found.pop(self._first, None)
            released.append((event, _apart(found) if found else ()))
            self._first += 1
        return released

    def _undecided(self) -> int:
        """The number of the first event of which something may still turn out."""
        numbers = [line.first for line in self._lines.values() if line.first is not None]
        if self._typed is not None and (first := self._typed.first_undecided) is not None:
            numbers.append(first)
        if self._messages is not None and (first := self._messages.first_undecided) is not None:
            numbers.append(first)
        return min(numbers, default=self._first + len(self._held))


class _Messages(Protocol):
    """Secrets that only those who know a format can find."""

    @property
    def first_undecided(self) -> int | None: ...

    def feed(self, number: int, event: Event) -> Iterable[tuple[int, Secret]]: ...

    def close(self) -> Iterable[tuple[int, Secret]]: ...


def _messages_of(kind: RecordingKind) -> _Messages | None:
    if kind is RecordingKind.POSTGRES:
        from hoopscope.recordings.decoders.postgres_secrets import PostgresSecrets

        return PostgresSecrets()
    if kind is RecordingKind.SSH:
        from hoopscope.recordings.decoders.ssh_secrets import SshSecrets

        return SshSecrets()
    return None


def _apart(secrets: list[Secret]) -> tuple[Secret, ...]:
    """In order, those that overlap or touch as one."""
    secrets.sort()
    kept = [secrets[0]]
    for start, end, what in secrets[1:]:
        last = kept[-1]
        if start <= last.end:
            kept[-1] = Secret(last.start, max(last.end, end), last.what)
        else:
            kept.append(Secret(start, end, what))
    return tuple(kept)
