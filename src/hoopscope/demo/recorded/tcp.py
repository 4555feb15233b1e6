"""Raw TCP: what the client sends, at most 5,000 bytes of each packet; here a 5250 terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.demo.recorded.tape import Tape

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_MOST = 5000
_OPTIONS = bytes.fromhex("fffb18fffd19fffb19fffd00fffb00")
_TERMINAL = b"\xff\xfa\x18\x00IBM-3179-2\xff\xf0"
_COMMANDS = ("WRKACTJOB SBS(QBATCH)", "DSPMSG QSYSOPR", "WRKSPLF", "STRSQL", "CALL LEDGER/CLOSE")


def begin(tape: Tape, key: Key) -> None:
    tape.i(_OPTIONS)
    tape.i(_TERMINAL)


def act(tape: Tape, key: Key, number: int) -> None:
    """A screen's fields in EBCDIC behind a header; now and then a file's worth of bytes."""
    text = _COMMANDS[number % len(_COMMANDS)].encode("cp037")
    record = b"\x12\xa0\x00\x00\x04\x00\x00\x03\x06\x07\xf1\x11\x06\x07" + text
    tape.i((len(record) + 2).to_bytes(2, "big") + record + b"\xff\xef")
    if number % 4 == 3:
        tape.i(tape.random.randbytes(7000)[:_MOST])


def end(tape: Tape, key: Key) -> None:
    tape.rest()
    tape.i("SIGNOFF".encode("cp037") + b"\xff\xef")
