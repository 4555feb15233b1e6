"""What the API worker tells the screens, as messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from hoopscope.sessions.feed_state import FeedState


@dataclass
class FeedMoved(Message):
    """The feed stands differently: rows came, were updated, or a request failed."""

    state: FeedState

    def can_replace(self, message: Message) -> bool:
        """Only the latest state matters; bursts coalesce."""
        return isinstance(message, FeedMoved)


@dataclass
class CredentialJudged(Message):
    """The gateway does not accept the credential any more, or does so again."""

    is_refused: bool


class FirstPaint(Message):
    """The first frame is on the terminal; what had to wait for it may begin."""


@dataclass
class SettingsDoubted(Message):
    """Something in the settings cannot be meant; harmless sentences to be said once."""

    text: str
