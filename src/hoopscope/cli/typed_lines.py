"""Lines that somebody types or pipes in, hidden ones among them, beside whatever else goes on."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import termios
from collections.abc import Iterator

from hoopscope.cli.failures import UsageFailed

_LONGEST = 64 * 1024
_PIECE = 4096
_LOCAL_MODES, _CHARACTERS = 3, 6
_ENTER = b"\r\n"
_ERASE, _ERASE_ALL, _END = b"\x7f\x08", b"\x15", b"\x04"


class TypedLines:
    """Reads standard input, a line at a time; questions go to standard error.

    A terminal's own line is 4,096 characters at most, and tokens can be longer: hidden lines are
    read character by character. Whatever becomes of a line, the terminal shows again what is typed.
    """

    def __init__(self) -> None:
        self._input = sys.stdin.fileno() if sys.stdin is not None else -1
        self._waiting = bytearray()
        self._has_ended = self._input < 0

    @property
    def is_terminal(self) -> bool:
        """Whether somebody can be asked again."""
        return self._input >= 0 and os.isatty(self._input)

    async def line(self, question: str) -> str | None:
        """A line that is shown as it is typed; None at the end of the input."""
        self._ask(question)
        return await self._read(hidden=False)

    async def hidden_line(self, question: str) -> str | None:
        """A line that is not shown; None at the end of the input. Can be cancelled."""
        self._ask(question)
        with self._hidden():
            return await self._read(hidden=self.is_terminal)

    def _ask(self, question: str) -> None:
        if self.is_terminal and sys.stderr is not None:
            sys.stderr.write(question)
            sys.stderr.flush()

    @contextlib.contextmanager
    def _hidden(self) -> Iterator[None]:
        if not self.is_terminal:
            yield
            return
        before = termios.tcgetattr(self._input)
        hidden = termios.tcgetattr(self._input)
        hidden[_LOCAL_MODES] &= ~(termios.ECHO | termios.ICANON)
        # A shell that came between would show what is typed after it.
        hidden[_CHARACTERS][termios.VSUSP] = b"\0"
        hidden[_CHARACTERS][termios.VMIN], hidden[_CHARACTERS][termios.VTIME] = 1, 0
        termios.tcsetattr(self._input, termios.TCSADRAIN, hidden)
        try:
            yield
        finally:
            termios.tcsetattr(self._input, termios.TCSADRAIN, before)
            if sys.stderr is not None:
                sys.stderr.write("\n")
                sys.stderr.flush()

    async def _read(self, *, hidden: bool) -> str | None:
        line = bytearray()
        while True:
            while self._waiting:
                byte = self._waiting[:1]
                del self._waiting[:1]
                if byte in _ENTER:
                    return self._text(line)
                if hidden and byte in _ERASE:
                    line = bytearray(line.decode("utf-8", "replace")[:-1].encode())
                elif hidden and byte == _ERASE_ALL:
                    line.clear()
                elif hidden and byte == _END:
                    return self._text(line) if line else None
                else:
                    line += byte
                if len(line) > _LONGEST:
                    raise UsageFailed("what was given is longer than a credential can be.")
            if self._has_ended:
                return self._text(line) if line else None
            await self._more()

    async def _more(self) -> None:
        loop = asyncio.get_running_loop()
        readable = asyncio.Event()
        try:
            loop.add_reader(self._input, readable.set)
        except OSError:
            # A plain file never lets one wait.
            readable.set()
        try:
            await readable.wait()
        finally:
            with contextlib.suppress(OSError):
                loop.remove_reader(self._input)
        try:
            piece = os.read(self._input, _PIECE)
        except OSError:
            # The terminal is gone.
            piece = b""
        self._waiting += piece
        self._has_ended = not piece

    def _text(self, line: bytearray) -> str:
        try:
            return line.decode()
        except UnicodeDecodeError:
            raise UsageFailed("what was given is no text.") from None
