"""What following an open session asks of a gateway's client."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from hoopscope.gateway.event import Event, LiveEvent


class Whole(Protocol):
    """A whole session, as far as it matters here."""

    @property
    def raw(self) -> dict[str, Any]:
        """The session as the gateway gave it."""
        ...


class LiveSource(Protocol):
    """What is asked of a gateway's client here."""

    def session(self, session_id: str) -> Coroutine[Any, Any, Whole]:
        """The session without what it recorded."""
        ...

    def recorded_events(self, session_id: str) -> AsyncGenerator[list[Event]]:
        """What is stored so far, in batches."""
        ...

    def live_events(
        self, session_id: str
    ) -> AbstractAsyncContextManager[AsyncGenerator[LiveEvent]]:
        """What happens from now on, once entered."""
        ...
