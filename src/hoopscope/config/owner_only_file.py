"""OwnerOnlyFile: a small file that nobody but its owner can read, replaced whole."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hoopscope.config.errors import SettingsError

MAX_BYTES = 1 << 20


class OwnerOnlyFile:
    """A file of mode 0600 in a folder of mode 0700.

    Neither reading nor writing goes through a link, to a file of somebody else's, or to one that
    others can open: who put it there is not known then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> bytes | None:
        """All of it; None where there is no such file.

        Raises:
            SettingsError: it cannot be read, or is not the owner's alone.
        """
        # A pipe under that name must not be waited for.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
        try:
            opened = os.open(self.path, flags)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._unusable(error) from None
        with os.fdopen(opened, "rb") as file:
            self._check(os.fstat(opened))
            content = file.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise SettingsError(f"{self.path}: is larger than it can be.")
        return content

    def write(self, content: bytes) -> None:
        """Put `content` in its place, whole or not at all.

        Raises:
            SettingsError: it cannot be written, or what is there is not the owner's alone.
        """
        self.read()
        folder = self._folder()
        fresh = folder / f".{self.path.name}.{os.getpid()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
        try:
            with suppress(FileNotFoundError):
                fresh.unlink()
            with os.fdopen(os.open(fresh, flags, 0o600), "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
            raise self._unusable(error) from None

    def remove(self) -> None:
        """Remove it, if it is there. Raises SettingsError."""
        try:
            self.path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as error:
            raise self._unusable(error) from None

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from changing it meanwhile. Raises SettingsError."""
        import fcntl

        folder = os.open(self._folder(), os.O_RDONLY | os.O_CLOEXEC)
        try:
            # Some network file systems know no locks; then the last one to write counts.
            with suppress(OSError):
                fcntl.flock(folder, fcntl.LOCK_EX)
            yield
        finally:
            os.close(folder)

    def _folder(self) -> Path:
        """The folder, made where there is none, if nobody else can put files into it."""
        folder = self.path.parent
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            status = folder.stat()
        except OSError as error:
            raise self._unusable(error) from None
        if status.st_uid != os.geteuid():
            raise SettingsError(f"{folder}: belongs to somebody else, nothing is kept in it.")
        if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise SettingsError(f"{folder}: others can write to it; chmod 700 {folder}")
        return folder

    def _check(self, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise SettingsError(f"{self.path}: is no file, it is not used.")
        if status.st_uid != os.geteuid():
            raise SettingsError(f"{self.path}: belongs to somebody else, it is not used.")
        if status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SettingsError(
                f"{self.path}: holds credentials and others can open it, it is not used:"
                f" chmod 600 {self.path}"
            )

    def _unusable(self, error: OSError) -> SettingsError:
        if error.errno in (errno.ELOOP, errno.EMLINK):
            return SettingsError(f"{self.path}: is a link, it is not used.")
        return SettingsError(f"{self.path}: cannot be used: {error.strerror}.")
