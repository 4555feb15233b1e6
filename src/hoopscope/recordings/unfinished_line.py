"""UnfinishedLine: finds secrets in text that comes in pieces, cut anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hoopscope.recordings.marked_text import Secret
from hoopscope.recordings.secret_patterns import secrets_in
from hoopscope.recordings.typed_lines import Place

_MOST_HELD = 65536
_KEY_BEGINS, _KEY_ENDS = b"-----BEGIN ", b"-----END "


class UnfinishedLine:
    """Takes the payloads of one direction; looks at whole lines, holds back the last one's piece.

    At most 64 KB are held back, beyond which a line is looked at as it is.
    """

    def __init__(self) -> None:
        self._held = bytearray()
        self._places: list[Place] = []

    @property
    def first(self) -> int | None:
        """The number of the first event that is held back."""
        return self._places[0][0] if self._places else None

    def feed(self, number: int, payload: bytes) -> Iterator[tuple[int, Secret]]:
        """Secrets with the events that they are in; of this one or of earlier ones."""
        if not self._held and payload.endswith(b"\n") and _KEY_BEGINS not in payload:
            return ((number, secret) for secret in secrets_in(payload))
        self._held += payload
        self._places.append((number, 0, len(payload)))
        end = max(self._held.rfind(b"\n"), self._held.rfind(b"\r")) + 1
        if _KEY_BEGINS in self._held and self._held.rfind(_KEY_BEGINS) > self._held.rfind(
            _KEY_ENDS
        ):
            end = self._held.rfind(_KEY_BEGINS)
        if len(self._held) > _MOST_HELD:
            end = len(self._held)
        return self._judged(end)

    def close(self) -> Iterator[tuple[int, Secret]]:
        """What is in the piece of a line that was held back."""
        return self._judged(len(self._held))

    def _judged(self, end: int) -> Iterator[tuple[int, Secret]]:
        if not end:
            return iter(())
        judged = bytes(self._held[:end])
        places, self._places = _parted(self._places, end)
        del self._held[:end]
        return spread(places, secrets_in(judged))


def spread(places: Sequence[Place], secrets: Sequence[Secret]) -> Iterator[tuple[int, Secret]]:
    """Secrets in bytes that were put together from places, as parts of the events there."""
    for start, end, what in secrets:
        at = 0
        for number, first, last in places:
            begins, stops = max(start, at), min(end, at + last - first)
            if begins < stops:
                yield number, Secret(first + begins - at, first + stops - at, what)
            at += last - first
            if at >= end:
                break


def _parted(places: list[Place], length: int) -> tuple[list[Place], list[Place]]:
    """The places of the first `length` bytes, and those of the rest."""
    head: list[Place] = []
    for index, (number, first, last) in enumerate(places):
        if last - first > length:
            if length:
                head.append((number, first, first + length))
            return head, [(number, first + length, last), *places[index + 1 :]]
        head.append((number, first, last))
        length -= last - first
    return head, []
