"""Spool: a file without a name that grows at its end, and is gone with its owner."""

from __future__ import annotations

import errno
import os
import tempfile
import threading

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class SpoolFull(Exception):
    """There is no room on the disk for more; what is there stays readable."""


class Spool:
    """A ByteSource on the disk: one thread appends, any thread reads.

    The file has no name: nothing is left behind, however the process ends. Memory stays flat.
    """

    def __init__(self) -> None:
        # One that has no name from the start, unlike NamedTemporaryFile.
        self._file = tempfile.TemporaryFile(prefix="hoopscope-", buffering=0)  # noqa: SIM115
        self._size = 0
        self._lock = threading.Lock()
        # A descriptor that was closed meanwhile may be another file's by now.
        self._reading = threading.Lock()

    def fileno(self) -> int:
        """The descriptor, for a process that is given it to read with `pread`."""
        return self._file.fileno()

    def size(self) -> int:
        """How many bytes there are at this moment."""
        return self._size

    def append(self, content: bytes | bytearray | memoryview) -> int:
        """Add bytes; gives the offset that they begin at. Raises SpoolFull."""
        with self._lock:
            at = self._size
            written = 0
            try:
                while written < len(content):
                    rest = memoryview(content)[written:]
                    written += os.pwrite(self._file.fileno(), rest, at + written)
            except OSError as error:
                if error.errno in _NO_ROOM:
                    raise SpoolFull(
                        "There is no room left in the folder for temporary files."
                    ) from error
                raise
            self._size = at + len(content)
            return at

    def read(self, offset: int, count: int) -> bytes:
        """At most `count` bytes from `offset` on; nothing from a closed spool."""
        count = min(count, self._size - offset)
        if count <= 0:
            return b""
        with self._reading:
            return b"" if self._file.closed else os.pread(self._file.fileno(), count, offset)

    def close(self) -> None:
        """Give the disk back; reading gives nothing from then on."""
        with self._lock, self._reading:
            self._size = 0
            self._file.close()
