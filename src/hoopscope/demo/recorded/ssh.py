"""SSH: both directions in the gateway's own framing, each record a type and a channel first.

The layout behind these three bytes is not documented; here texts and data have their length in
front, as in SSH itself.
"""

from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from hoopscope.demo.recorded import screens
from hoopscope.demo.recorded.tape import Tape
from hoopscope.demo.templates import VARIANTS, bank, recipe

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_OPEN, _REQUEST, _DATA, _CLOSE, _REPLY, _EOF, _SERVER_REQUEST = range(1, 8)
_PROMPT = "\x1b[1;33mops@bastion-eu\x1b[0m:~$ "


def _record(type_: int, channel: int, body: bytes = b"") -> bytes:
    return pack(">BH", type_, channel) + body


def _string(value: str | bytes) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return pack(">I", len(data)) + data


def _request(tape: Tape, channel: int, name: str, payload: bytes, *, reply: bool = True) -> None:
    tape.i(_record(_REQUEST, channel, _string(name) + bytes([reply]) + payload))
    if reply:
        tape.o(_record(_REPLY, channel, b"\1"))


def _keys(tape: Tape, channel: int, text: str) -> None:
    tape.i(_record(_DATA, channel, _string(text)))


def _shown(tape: Tape, channel: int, text: str | bytes) -> None:
    tape.o(_record(_DATA, channel, _string(text)))


def begin(tape: Tape, key: Key) -> None:
    """A terminal's channel, with the size of the terminal in its request, and a shell."""
    tape.i(_record(_OPEN, 0, _string("session")))
    size = pack(">IIII", 120, 40, 0, 0)
    _request(tape, 0, "pty-req", _string("xterm-256color") + size + _string(b"\x00"))
    _request(tape, 0, "env", _string("LANG") + _string("en_US.UTF-8"), reply=False)
    _request(tape, 0, "shell", b"")
    _shown(tape, 0, "Welcome to Debian 13\r\nLast login: Mon Nov 23 from 10.1.4.7\r\n" + _PROMPT)


def act(tape: Tape, key: Key, number: int) -> None:
    acts = (_command, _remote_command, _command, _sudo, _resized, _full_screen, _copied_file)
    acts[number % len(acts)](tape, key, number)


def end(tape: Tape, key: Key) -> None:
    tape.rest()
    _keys(tape, 0, "exit\r")
    _shown(tape, 0, "exit\r\nlogout\r\n")
    tape.o(_record(_EOF, 0))
    tape.o(_record(_SERVER_REQUEST, 0, _string("exit-status") + b"\0" + pack(">I", 0)))
    tape.o(_record(_CLOSE, 0))
    tape.i(_record(_CLOSE, 0))


def _command(tape: Tape, key: Key, number: int) -> None:
    count = len(bank("ssh")["ok"]) * VARIANTS
    made = recipe("ssh", "ok", (key.number + number) % count, key.day)
    for letter in made.script:
        tape.wait(0.03, 0.2)
        _keys(tape, 0, letter)
        _shown(tape, 0, letter)
    _keys(tape, 0, "\r")
    tape.wait(0.05, min(made.seconds, 3))
    _shown(tape, 0, "\r\n" + made.output.replace("\n", "\r\n") + _PROMPT)


def _remote_command(tape: Tape, key: Key, number: int) -> None:
    """`ssh host command`: a channel of its own, ended by an exit code."""
    channel = 1 + number % 60
    tape.i(_record(_OPEN, channel, _string("session")))
    _request(tape, channel, "exec", _string("systemctl is-active nginx; cat /etc/motd"))
    _shown(tape, channel, "active\nHarbour gateway. 日本語 ok.\n")
    tape.o(
        _record(_SERVER_REQUEST, channel, _string("exit-status") + b"\0" + pack(">I", number % 2))
    )
    tape.o(_record(_EOF, channel))
    tape.o(_record(_CLOSE, channel))
    tape.i(_record(_CLOSE, channel))


def _sudo(tape: Tape, key: Key, number: int) -> None:
    _keys(tape, 0, "sudo -i\r")
    _shown(tape, 0, "sudo -i\r\n[sudo] password for ops: ")
    for letter in f"Kr4ken-{number}":
        tape.wait(0.05, 0.2)
        _keys(tape, 0, letter)
    _keys(tape, 0, "\r")
    _shown(tape, 0, "\r\n" + _PROMPT)


def _resized(tape: Tape, key: Key, number: int) -> None:
    _request(tape, 0, "window-change", pack(">IIII", 100, 30, 0, 0), reply=False)


def _full_screen(tape: Tape, key: Key, number: int) -> None:
    """A monitor: its frames, each as a record of data."""
    _keys(tape, 0, "top\r")
    frames = Tape(tape.random)
    screens.top(frames, 120, 40)
    for _, kind, payload in frames.events(0):
        tape.wait(0.3, 1)
        if kind == "i":
            _keys(tape, 0, payload.decode())
        else:
            _shown(tape, 0, payload)
    _shown(tape, 0, _PROMPT)


def _copied_file(tape: Tape, key: Key, number: int) -> None:
    """SFTP: binary packets on a channel of their own."""
    channel = 70 + number % 20
    tape.i(_record(_OPEN, channel, _string("session")))
    _request(tape, channel, "subsystem", _string("sftp"))
    tape.i(_record(_DATA, channel, _string(pack(">IBI", 5, 1, 3))))
    tape.o(_record(_DATA, channel, _string(pack(">IBI", 5, 2, 3))))
    body = (
        pack(">BI", 6, number)
        + _string(b"\0\0\0\1")
        + pack(">Q", 0)
        + _string(tape.random.randbytes(600))
    )
    tape.i(_record(_DATA, channel, _string(pack(">I", len(body)) + body)))
    tape.i(_record(_EOF, channel))
    tape.i(_record(_CLOSE, channel))
