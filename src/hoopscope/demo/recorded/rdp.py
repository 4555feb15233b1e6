"""RDP: the handshake's packets and bitmaps of the screen, as the recorder keeps them."""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from hoopscope.demo.recorded.tape import Tape

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_COOKIE = b"Cookie: mstshash=valentina\r\n"


def begin(tape: Tape, key: Key) -> None:
    """Connection request (TPKT, X.224) with a cookie, its confirmation, capabilities."""
    body = b"\xe0\0\0\0\0\0" + _COOKIE + pack("<BBHI", 1, 0, 8, 11)
    tape.add("h", pack(">BBH", 3, 0, len(body) + 5) + bytes([len(body)]) + body)
    body = b"\xd0\0\0\x12\x34\0" + pack("<BBHI", 2, 0, 8, 2)
    tape.add("h", pack(">BBH", 3, 0, len(body) + 5) + bytes([len(body)]) + body)
    tape.add("h", pack(">BBH", 3, 0, 420) + tape.random.randbytes(416))


def act(tape: Tape, key: Key, number: int) -> None:
    """Rectangles that changed: where, how large, then the pixels."""
    for _ in range(4 + number % 6):
        tape.wait(0.05, 0.5)
        random = tape.random
        left, top = random.randrange(0, 1856, 64), random.randrange(0, 1016, 64)
        head = pack("<HHHHHHH", 1, left, top, left + 63, top + 63, 64, 64)
        tape.add("b", head + random.randbytes(random.randrange(200, 1500)))


def end(tape: Tape, key: Key) -> None:
    tape.rest()
