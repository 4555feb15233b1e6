"""Decoder: what makes records of events."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from hoopscope.gateway.event import Event
from hoopscope.recordings.record import Record


class Decoder(Protocol):
    """Takes events in their order, each once; any bytes give records, never an exception.

    What it holds back in memory is bounded, whatever comes.
    """

    def feed(self, number: int, event: Event) -> Iterable[Record]:
        """The records that are whole now that this event has come; `number` is from 0."""
        ...

    def settle(self) -> Iterable[Record]:
        """The records that need not wait for more: all that has come was given to it."""
        ...

    def close(self) -> Iterable[Record]:
        """All that is left: nothing more will come."""
        ...


@runtime_checkable
class WaitingDecoder(Decoder, Protocol):
    """One that holds records back until it has seen what should follow within seconds."""

    def give_up(self) -> Iterable[Record]:
        """The records that wait: nothing has followed for so long that nothing will."""
        ...
