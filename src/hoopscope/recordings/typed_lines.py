"""TypedLines: keystrokes put together to lines, and told whether the terminal showed them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hoopscope.gateway.event import Event
from hoopscope.recordings.terminal_text import visible

Place = tuple[int, int, int]
"""The number of an event, and from where to before where in its payload."""


class TypedLine(NamedTuple):
    """What was typed up to the end of a line.

    seconds: of its first key.
    places: where its keys are, without the one that ended it.
    end: the number of the event that ended it.
    ended_by: the key that did; nothing where it was cut.
    keys: all others, as they were sent.
    what: what it is that was typed without being shown ("password"), "" for what was shown.
    """

    seconds: float
    places: tuple[Place, ...]
    end: int
    ended_by: bytes
    keys: bytes
    what: str


_PROMPT = re.compile(
    rb"(?:pass(?:word|wd|code|phrase|e)|kennwort|passwort|mot de passe|contrase(?:\xc3\xb1|n)a"
    rb"|senha|parola|wachtwoord|l(?:\xc3\xb6|o)senord|has(?:\xc5\x82|l)o|salasana|adgangskode"
    rb"|\xd0\xbf\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c|\xe5\xaf\x86\xe7\xa0\x81"
    rb"|\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89"
    rb"|\bpin|secret|token|api key|otp|verification code)"
    rb"[^:\r\n]{0,80}(?::|\xef\xbc\x9a)\Z",
    re.IGNORECASE,
)
_ENDS = re.compile(rb"[\r\n\x03\x04]")
_RUNS = re.compile(rb"[^\x00-\x20\x7f]+")
_CONTROLS = re.compile(rb"[\x00-\x07\x0b-\x14\x16-\x1f]")
_SCREEN = re.compile(rb"\x1b\[\?(?:1049|1047|47)(?:;\d+)*([hl])")
_SCREEN_HEAD = b"\x1b[?"

_SHORTEST = 4
"""Fewer characters without an echo are answers and keys of programs, not passwords."""
_ECHO_WAIT = 2.0
"""Seconds after the end of a line within which its echo has to show."""
_ECHO_BYTES = 4096
_LINE_BYTES = 4096
_LINES_WAITING = 64
_KEYS_PAUSE = 5.0
"""Seconds after which the keys of a full-screen program are told, line or not."""
_TAIL = 256


class _Waiting:
    """A line whose echo has not been seen yet."""

    __slots__ = ("echo", "ended", "line", "runs")

    def __init__(self, line: TypedLine, echo: bytearray, runs: list[bytes], ended: float) -> None:
        self.line = line
        self.echo = echo
        self.runs = runs
        self.ended = ended


class TypedLines:
    """Takes the events of one terminal, and gives the lines typed in it, in their order.

    A line is a secret where the terminal asked for one, or where it was ended by Enter and nothing
    of it was echoed, outside of full-screen programs. Lines of which that is not known yet are
    held back: for two seconds or 4 KB of output, 64 of them at most.
    """

    def __init__(self) -> None:
        self._tail = b""
        self._in_full_screen = False
        self._seconds = 0.0
        self._places: list[Place] = []
        self._keys = bytearray()
        self._echo = bytearray()
        self._asked = False
        self._waiting: deque[_Waiting] = deque()

    @property
    def in_full_screen(self) -> bool:
        """Whether a program has the whole screen for itself at this moment."""
        return self._in_full_screen

    @property
    def is_typing(self) -> bool:
        """Whether a line was begun and is not ended, outside of full-screen programs."""
        return bool(self._keys) and not self._in_full_screen

    @property
    def end_undecided(self) -> int | None:
        """The number of the event that ended the first line whose echo has not been seen."""
        return self._waiting[0].line.end if self._waiting else None

    @property
    def first_undecided(self) -> int | None:
        """The number of the first event of which it is not known yet whether it is a secret."""
        for waiting in self._waiting:
            if waiting.line.places:
                return waiting.line.places[0][0]
        if self._places and (self._asked or not self._in_full_screen):
            return self._places[0][0]
        return None

    def feed(self, number: int, event: Event, first: int = 0) -> Iterable[TypedLine]:
        """The lines that are known now; the payload's bytes before `first` are not the terminal's.

        The lines of an event of input come after all that was typed before it.
        """
        if event.kind == "o":
            return self._take_output(number, event, first)
        if event.kind == "i":
            return self._take_input(number, event, first)
        return ()

    def give_up(self) -> Iterator[TypedLine]:
        """All lines that were ended: no echo is waited for any more."""
        while self._waiting:
            yield self._decided(self._waiting.popleft())

    def close(self) -> Iterator[TypedLine]:
        """All lines that are left, the last one without an end."""
        yield from self.give_up()
        if self._keys:
            yield self._line(self._places[-1][0], b"")
            self._forget()

    def _take_output(self, number: int, event: Event, first: int) -> Iterable[TypedLine]:
        payload = event.payload[first:] if first else event.payload
        self._tail = (self._tail + payload[-_TAIL:])[-_TAIL:]
        if self._keys and len(self._echo) < _ECHO_BYTES:
            self._echo += payload[:_ECHO_BYTES]
        switches = _SCREEN_HEAD in payload and _SCREEN.findall(payload)
        if not switches and not self._waiting:
            return ()
        for waiting in self._waiting:
            waiting.echo += payload[:_ECHO_BYTES]
        lines: list[TypedLine] = []
        for switch in switches or ():
            if self._keys and not self._asked:
                lines += self._end(number, event.seconds, b"")
            self._in_full_screen = switch == b"h"
        lines += self._due(event.seconds)
        return lines

    def _take_input(self, number: int, event: Event, first: int) -> Iterator[TypedLine]:
        payload = event.payload
        if self._waiting:
            yield from self._due(event.seconds)
        if self._keys and self._in_full_screen and event.seconds - self._seconds > _KEYS_PAUSE:
            yield from self._end(number, event.seconds, b"")
        at = first
        while at < len(payload):
            end = _ENDS.search(payload, at)
            stop = min(end.start() if end else len(payload), at + _LINE_BYTES - len(self._keys))
            if not self._keys:
                self._seconds = event.seconds
                self._asked = _asks(self._tail)
            if stop > at:
                self._places.append((number, at, stop))
                self._keys += payload[at:stop]
            if end is not None and stop == end.start():
                yield from self._end(number, event.seconds, payload[stop : stop + 1])
                at = stop + 1
            else:
                if len(self._keys) >= _LINE_BYTES:
                    yield from self._end(number, event.seconds, b"")
                at = stop

    def _end(self, number: int, seconds: float, ended_by: bytes) -> Iterator[TypedLine]:
        """A line is at its end: it waits for its echo, or is told at once."""
        line = self._line(number, ended_by)
        runs = [bytes(run) for run in _RUNS.findall(self._keys)]
        if not self._keys:
            runs = []
        undecided = (
            ended_by in (b"\r", b"\n")
            and not line.what
            and not self._in_full_screen
            and sum(map(len, runs)) >= _SHORTEST
            and _is_typed(line.keys)
        )
        waiting = _Waiting(line, self._echo, runs if undecided else [], seconds)
        self._forget()
        if line.what:
            # It was answered: what comes next is another question.
            self._tail = b""
        self._waiting.append(waiting)
        yield from self._due(seconds)

    def _due(self, now: float) -> Iterator[TypedLine]:
        """The lines at the head of the queue that are decided, or have waited enough."""
        while self._waiting:
            head = self._waiting[0]
            if (
                head.runs
                and not _is_shown(head)
                and now - head.ended < _ECHO_WAIT
                and len(head.echo) < _ECHO_BYTES
                and len(self._waiting) <= _LINES_WAITING
            ):
                return
            yield self._decided(self._waiting.popleft())

    def _decided(self, waiting: _Waiting) -> TypedLine:
        if waiting.runs and not _is_shown(waiting):
            return waiting.line._replace(what="typed without echo")
        return waiting.line

    def _line(self, end: int, ended_by: bytes) -> TypedLine:
        what = "password" if self._asked and self._keys.strip() else ""
        return TypedLine(self._seconds, tuple(self._places), end, ended_by, bytes(self._keys), what)

    def _forget(self) -> None:
        self._places = []
        self._keys = bytearray()
        self._echo = bytearray()
        self._asked = False


def _asks(tail: bytes) -> bool:
    """Whether the end of an output asks for a secret."""
    shown = visible(tail).rstrip(b" \t\xc2\xa0")
    return shown[-1:] in (b":", b"\x9a") and bool(_PROMPT.search(shown))


def _is_typed(keys: bytes) -> bool:
    """Whether keys are text, and not the bytes of a protocol or the keys of a program."""
    keys = keys.replace(b"\x1b[200~", b"").replace(b"\x1b[201~", b"")
    if _CONTROLS.search(keys):
        return False
    try:
        keys.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_shown(waiting: _Waiting) -> bool:
    """Whether what was typed stands in the output, wraps apart, be it in part.

    Its first keys may have been another program's, such as the `q` that left a pager.
    """
    shown = visible(bytes(waiting.echo))
    joined = shown.replace(b"\r", b"").replace(b"\n", b"").replace(b" ", b"")
    longest = max(waiting.runs, key=len)
    wanted = [longest, *(run for run in waiting.runs if len(run) >= _SHORTEST)]
    wanted += [longest[skipped:] for skipped in (1, 2, 3) if len(longest) - skipped >= _SHORTEST]
    return any(run in shown or run in joined for run in wanted)
