"""Where a command's result goes: standard output, or a file that is whole or not there at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from hoopscope.cli.failures import OutputClosed, OutputFailed
from hoopscope.cli.signals import ending_tidily

STANDARD_OUTPUT = "-"


class Sink(Protocol):
    """Takes text, in pieces of any size."""

    def write(self, text: str) -> None:
        """Raises OutputClosed or OutputFailed."""
        ...


class ByteSink(Protocol):
    """Takes bytes, in pieces of any size."""

    def write_bytes(self, content: bytes) -> None:
        """Raises OutputClosed or OutputFailed."""
        ...

    def flush(self) -> None:
        """Let out what has been written so far. Raises OutputClosed or OutputFailed."""
        ...


class _Stream:
    """A binary stream that text is written to; its mishaps become ours."""

    def __init__(self, stream: BinaryIO, encoding: str, name: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._name = name

    def write(self, text: str) -> None:
        self.write_bytes(text.encode(self._encoding, "backslashreplace"))

    def write_bytes(self, content: bytes) -> None:
        with self.mishaps():
            self._stream.write(content)

    def flush(self) -> None:
        with self.mishaps():
            self._stream.flush()

    @contextlib.contextmanager
    def mishaps(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise OutputClosed from error
            raise OutputFailed(f"{self._name} cannot be written: {error.strerror}.") from error


@contextlib.contextmanager
def opened(path: str | None) -> Iterator[Sink]:
    """A sink for the time of a `with`: standard output for None and `-`, else a file.

    The file appears, or replaces what was there, only when the `with` ends well. It is readable by
    its owner only. A device or a named pipe is written to directly.

    Raises:
        OutputClosed, OutputFailed.
    """
    if path is None or path == STANDARD_OUTPUT:
        with _standard_output() as sink:
            yield sink
        return
    target = Path(path)
    try:
        mode = target.stat().st_mode
    except OSError:
        mode = stat.S_IFREG
    except ValueError as error:
        raise OutputFailed(f"{path!r} is no name of a file: {error}.") from error
    if stat.S_ISDIR(mode):
        raise OutputFailed(f"{path} is a folder; --output takes a file.")
    if not stat.S_ISREG(mode):
        yield from _written_directly(target)
        return
    with ending_tidily():
        yield from _replaced_when_done(Path(os.path.realpath(target)), path)


@contextlib.contextmanager
def standard_bytes() -> Iterator[ByteSink]:
    """Standard output for recorded bytes: as they are in a pipe, harmless text in a terminal.

    Raises:
        OutputClosed, OutputFailed.
    """
    with _standard_output() as sink:
        assert sys.stdout is not None
        if not sys.stdout.isatty():
            yield sink
            return
        shown = _Shown(sink)
        yield shown
        shown.end()


class _Shown:
    """Bytes as text that a terminal may see."""

    def __init__(self, stream: _Stream) -> None:
        from hoopscope.recordings.exports.escapes import PlainText
        from hoopscope.recordings.exports.text_pieces import TextPieces

        self._stream = stream
        self._pieces = TextPieces("backslashreplace")
        self._text = PlainText()

    def write_bytes(self, content: bytes) -> None:
        self._stream.write(self._text.feed(self._pieces.feed("o", content)))
        self._stream.flush()

    def flush(self) -> None:
        self._stream.flush()

    def end(self) -> None:
        rest = "".join(self._text.feed(text) for _, text in self._pieces.end())
        self._stream.write(rest + self._text.end())


@contextlib.contextmanager
def _standard_output() -> Iterator[_Stream]:
    if sys.stdout is None:
        raise OutputFailed("There is no standard output to write to.")
    sink = _Stream(sys.stdout.buffer, sys.stdout.encoding or "utf-8", "Standard output")
    try:
        yield sink
    finally:
        if not isinstance(sys.exc_info()[1], OutputClosed | OutputFailed):
            sink.flush()


def _written_directly(target: Path) -> Iterator[Sink]:
    try:
        stream = target.open("wb")
    except OSError as error:
        raise OutputFailed(f"{target} cannot be written: {error.strerror}.") from error
    sink = _Stream(stream, "utf-8", str(target))
    try:
        yield sink
        sink.flush()
    finally:
        with contextlib.suppress(OSError):
            stream.close()


def _replaced_when_done(target: Path, name: str) -> Iterator[Sink]:
    part = target.with_name(f".hoopscope-{os.urandom(6).hex()}.part")
    try:
        number = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise OutputFailed(f"{name} cannot be written: {error.strerror}.") from error
    stream = os.fdopen(number, "wb", buffering=1 << 18)
    sink = _Stream(stream, "utf-8", name)
    try:
        yield sink
        with sink.mishaps():
            stream.flush()
            os.fsync(number)
            stream.close()
            part.replace(target)
            from hoopscope.recordings.exports.whole_file import sync_folder

            sync_folder(target.parent)
    finally:
        with contextlib.suppress(OSError):
            stream.close()
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
