"""Which response answers which request: said only as far as it is known."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from hoopscope.recordings.decoders.http_messages import HttpMessage

_MOST_WAITING = 1000


class Answered(NamedTuple):
    """The requests that a response may answer, by their names; more than one is a guess."""

    names: tuple[str, ...]
    is_sure: bool


class HttpPairs:
    """Counts requests and responses. With one request under way it is the one that is answered.

    With several it may be any of them, and remains unsure until none is left.
    """

    def __init__(self) -> None:
        self._count = 0
        self._waiting: deque[tuple[str, bool]] = deque(maxlen=_MOST_WAITING)
        self._is_sure = True

    @property
    def expects_no_body(self) -> bool:
        """Whether what comes next answers a HEAD."""
        return self._is_sure and len(self._waiting) == 1 and self._waiting[0][1]

    def asked(self, message: HttpMessage) -> str:
        """A request came; gives its name, "#1" for the first."""
        self._count += 1
        name = f"#{self._count}"
        self._waiting.append((name, message.method == "HEAD"))
        return name

    def answered(self) -> Answered:
        """A response came; gives what it may answer."""
        if len(self._waiting) > 1:
            self._is_sure = False
        found = Answered(tuple(name for name, _ in list(self._waiting)[:20]), self._is_sure)
        if self._waiting:
            self._waiting.popleft()
        if not self._waiting:
            self._is_sure = True
        return found
