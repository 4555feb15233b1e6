"""What a session's screen lives in: the gateway, the list it was opened from, how things look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.acquaintance import Acquaintance
    from hoopscope.tui.detail_loader import DetailLoader
    from hoopscope.tui.opened_session import OpenedSessions
    from hoopscope.tui.standing import Viewer


class SessionList(Protocol):
    """The list that a session was opened from; its cursor moves along."""

    def step(self, by: int) -> SessionRow | None:
        """Move to the next or previous session; None where there is no further one."""
        ...

    def why_no_step(self, by: int) -> str:
        """A sentence for a step that led nowhere."""
        ...

    def row_of(self, session_id: str) -> tuple[int, SessionRow] | None:
        """Where a session stands now, and what the list knows of it."""
        ...

    def length(self) -> int:
        """How many sessions are loaded."""
        ...

    def set_utc(self, utc: bool) -> None:
        """The operator wants times in UTC, or in their own zone."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`clock` gives microseconds since 1970 UTC; `stream_limit` is in bytes."""

    link: GatewayLink
    sessions: SessionList
    details: DetailLoader
    acquaintance: Acquaintance
    opened: OpenedSessions
    clock: Callable[[], int]
    ascii_only: bool
    stream_limit: int
    viewer: Callable[[], Viewer]
