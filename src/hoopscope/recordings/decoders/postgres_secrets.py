"""Secrets among PostgreSQL's messages: answers to a question for a password, and SQL with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hoopscope.gateway.event import Event
from hoopscope.recordings.decoders.postgres_frames import Message, PostgresFrames
from hoopscope.recordings.marked_text import Secret
from hoopscope.recordings.secret_patterns import secrets_in
from hoopscope.recordings.unfinished_line import spread


class PostgresSecrets:
    """Finds them in the payloads, whatever way these are cut."""

    def __init__(self) -> None:
        self._frames = PostgresFrames()

    @property
    def first_undecided(self) -> int | None:
        """The number of the first event with a message that is not whole."""
        return self._frames.first_undecided

    def feed(self, number: int, event: Event) -> Iterator[tuple[int, Secret]]:
        """Secrets with the events that they are in."""
        if event.kind == "i":
            yield from _in_messages(self._frames.feed(number, event))

    def close(self) -> Iterator[tuple[int, Secret]]:
        """Those in messages that never became whole."""
        yield from _in_messages(self._frames.close())


def _in_messages(messages: Iterable[Message]) -> Iterator[tuple[int, Secret]]:
    for message in messages:
        if message.type == "p":
            for number, start, end in message.places:
                yield number, Secret(start, end, "password")
        elif message.type in ("Q", "P", "B"):
            yield from spread(message.places, secrets_in(message.body))
