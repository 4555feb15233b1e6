"""Event: one record of what a session did, as the gateway stores it."""

from __future__ import annotations

from typing import NamedTuple


class Event(NamedTuple):
    """What was recorded at one moment.

    seconds: since recording began, which for a reviewed exec is its execution and not the
        session's start. Not negative; usually, but not surely, growing.
    kind: `i` from the client, `o` from the server (standard error included), `e` a closing message
        of the gateway's own, `h` and `b` an RDP handshake and a bitmap; others may come.
    payload: the bytes as they were, which may be anything, secrets included.

    Source: gateway behaviour.
    """

    seconds: float
    kind: str
    payload: bytes


class LiveEvent(NamedTuple):
    """What a session does, as it is sent while it happens.

    nanoseconds: since 1970, UTC, by the gateway's clock; the stored event has the very same moment,
        counted from when recording began.
    kind, payload: as of an Event; the payload is empty where a database answers, and such an event
        is never stored.

    Source: gateway behaviour.
    """

    nanoseconds: int
    kind: str
    payload: bytes
