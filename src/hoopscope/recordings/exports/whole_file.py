"""WholeFile: a file that is there completely or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
from pathlib import Path
from types import TracebackType

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_PREFIX, _SUFFIX = ".hoopscope-", ".part"
_BUFFER = 1 << 18


class ExportFailed(Exception):
    """A file cannot be written; the text says why, harmless. `disk_is_full` tells the usual why."""

    def __init__(self, sentence: str, *, disk_is_full: bool = False) -> None:
        super().__init__(sentence)
        self.disk_is_full = disk_is_full


class WholeFile:
    """Written beside its place, then put there with all its bytes on the disk.

    Readable by its owner only. What was there before stays until then. Leaving the `with` by an
    error leaves nothing behind. All methods raise ExportFailed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self._hash = hashlib.sha256()
        self._part = path.with_name(f"{_PREFIX}{os.urandom(6).hex()}{_SUFFIX}")

    @property
    def sha256(self) -> str:
        """Of what was written so far, in hexadecimal."""
        return self._hash.hexdigest()

    def __enter__(self) -> WholeFile:
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC
        try:
            number = os.open(self._part, flags, 0o600)
        except (OSError, ValueError) as error:
            raise failure(self.path, error) from error
        with contextlib.suppress(OSError):
            # Held until the process ends, however it does: so orphans can be told.
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._stream = os.fdopen(number, "wb", buffering=_BUFFER)
        return self

    def write(self, content: bytes) -> None:
        """Add bytes at the end."""
        try:
            self._stream.write(content)
        except OSError as error:
            raise failure(self.path, error) from error
        self._hash.update(content)
        self.size += len(content)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._put_in_place()
        finally:
            with contextlib.suppress(OSError):
                self._stream.close()
            with contextlib.suppress(OSError):
                self._part.unlink(missing_ok=True)

    def _put_in_place(self) -> None:
        try:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._part.replace(self.path)
        except OSError as error:
            raise failure(self.path, error) from error
        sync_folder(self.path.parent)


def failure(path: Path, error: OSError | ValueError) -> ExportFailed:
    """What kept a file from being written, as a sentence."""
    reason = (isinstance(error, OSError) and error.strerror) or str(error)
    number = error.errno if isinstance(error, OSError) else None
    return ExportFailed(f"{path} cannot be written: {reason}.", disk_is_full=number in _NO_ROOM)


def remove_orphans(folder: Path) -> None:
    """Remove what processes that were killed had half written there."""
    with contextlib.suppress(OSError):
        for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
                try:
                    fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()
                finally:
                    os.close(number)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where its file system can do that."""
    with contextlib.suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
