"""Manifest: which sessions a folder holds, in which files, and which are missing, and why.

`manifest.json` is written at the end of a run. Until then every session that is done is a line of
a journal beside it, so that a run that is killed loses nothing either.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal, TypeAlias

from hoopscope import __version__
from hoopscope.recordings.exports.whole_file import ExportFailed, WholeFile, failure, remove_orphans
from hoopscope.untrusted import harmless

NAME = "manifest.json"
VERSION = 1
_JOURNAL = ".manifest.journal"
_LARGEST = 1 << 30
_BLOCK = 1 << 20

Status: TypeAlias = Literal["complete", "nothing", "failed"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one session in one format.

    status: `complete` with a file, `nothing` where the session has nothing of that kind, `failed`
        where it is missing; `reason` says why.
    options: those that change what the file holds, with their values.
    masked: whether secrets were left out.
    ended: whether the session had ended, so that the file will not change any more.
    written: when, in UTC.
    """

    id: str
    format: str
    status: Status
    reason: str = ""
    file: str = ""
    bytes: int = 0
    sha256: str = ""
    masked: bool = False
    ended: bool = True
    written: str = ""
    options: Mapping[str, object] | None = None


class Manifest:
    """The manifest of a folder, which is locked as long as it is open.

    Args:
        folder: made if it is not there, for its owner only.
        gateway: the host; a folder holds sessions of one gateway.

    Raises:
        ExportFailed: the folder cannot be used, is in use, or is another gateway's.
    """

    def __init__(self, folder: Path, gateway: str) -> None:
        self.folder = folder
        self._entries: dict[tuple[str, str], Entry] = {}
        self._runs: list[dict[str, object]] = []
        self._gateway = gateway
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            self._lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except (OSError, ValueError) as error:
            raise failure(folder, error) from error
        try:
            self._lock_folder()
            remove_orphans(folder)
            self._read()
            self._journal = self._opened_journal()
        except BaseException:
            os.close(self._lock)
            raise

    def file_of(self, session_id: str, format_name: str) -> Entry | None:
        """What is known of a session in a format; None where it was never tried."""
        return self._entries.get((session_id, format_name))

    def has_whole(self, session_id: str, format_name: str, options: Mapping[str, object]) -> bool:
        """Whether that file is there as it was written, with these options; reads all of it."""
        entry = self.file_of(session_id, format_name)
        if entry is None or entry.status == "failed" or not entry.ended:
            return False
        if entry.options != options:
            return False
        return entry.status == "nothing" or _is_as_written(self.folder, entry)

    def add(self, entry: Entry) -> None:
        """Take down what became of a session. Raises ExportFailed."""
        self._entries[entry.id, entry.format] = entry
        try:
            self._journal.write(_line(entry))
            self._journal.flush()
        except OSError as error:
            raise failure(self.folder / NAME, error) from error

    def begin_run(self, run: Mapping[str, object]) -> None:
        """Take down what is asked for: query, format, when. Raises ExportFailed."""
        self._runs.append(dict(run))
        if not (self.folder / NAME).exists():
            # From now on the folder is this gateway's, also if the run is killed.
            self._write()

    def end_run(self, outcome: Mapping[str, object]) -> None:
        """Take down how it went and write `manifest.json`. Raises ExportFailed."""
        if self._runs:
            self._runs[-1] |= outcome
        self._write()
        with contextlib.suppress(OSError):
            (self.folder / _JOURNAL).unlink()

    def _write(self) -> None:
        with WholeFile(self.folder / NAME) as file:
            head = {
                "version": VERSION,
                "written_by": f"hoopscope {__version__}",
                "gateway": self._gateway,
                "runs": self._runs,
            }
            file.write(_encoded(head, indent=1).removesuffix(b"\n}") + b',\n "sessions": [')
            separator = b"\n  "
            for entry in self._entries.values():
                file.write(separator + _line(entry).rstrip())
                separator = b",\n  "
            file.write(b"\n ]\n}\n")

    def close(self) -> None:
        """Let others use the folder."""
        with contextlib.suppress(OSError):
            self._journal.close()
        os.close(self._lock)

    def _lock_folder(self) -> None:
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ExportFailed(f"Another export is writing into {self.folder}.") from None
        except OSError:
            # Some file systems have no locks; one has to be careful there.
            return

    def _read(self) -> None:
        path = self.folder / NAME
        content = _content(path)
        if content is not None:
            try:
                found = json.loads(content)
                if found["version"] != VERSION:
                    raise ExportFailed(f"{path} was written by another version of hoopscope.")
                theirs = str(found["gateway"])
                self._runs = [dict(run) for run in found["runs"]]
                for each in found["sessions"]:
                    self._take_in(each)
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
                raise ExportFailed(f"{path} is no manifest of an export.") from None
            if theirs != self._gateway:
                raise ExportFailed(
                    f"{self.folder} holds sessions of {harmless(theirs)}; take another folder."
                )
        for line in (_content(self.folder / _JOURNAL) or b"").splitlines():
            # The last line may be half there.
            with contextlib.suppress(ValueError, LookupError, TypeError, AttributeError):
                self._take_in(json.loads(line))

    def _take_in(self, value: dict[str, Any]) -> None:
        entry = Entry(**value)
        self._entries[entry.id, entry.format] = entry

    def _opened_journal(self) -> BinaryIO:
        flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            return os.fdopen(os.open(self.folder / _JOURNAL, flags, 0o600), "ab")
        except OSError as error:
            raise failure(self.folder / NAME, error) from error


def _is_as_written(folder: Path, entry: Entry) -> bool:
    # A manifest can have been tampered with: nothing outside of its folder is looked at.
    if Path(entry.file).name != entry.file or entry.file in ("", ".", ".."):
        return False
    found = hashlib.sha256()
    try:
        number = os.open(folder / entry.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(number, "rb") as file:
            if os.fstat(number).st_size != entry.bytes:
                return False
            while block := file.read(_BLOCK):
                found.update(block)
    except (OSError, ValueError):
        return False
    return found.hexdigest() == entry.sha256


def _content(path: Path) -> bytes | None:
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ExportFailed(f"{path} cannot be read: {error.strerror}.") from error
    with os.fdopen(number, "rb") as file:
        if os.fstat(number).st_size > _LARGEST:
            raise ExportFailed(f"{path} is too large to be a manifest.")
        return file.read()


def _line(entry: Entry) -> bytes:
    return _encoded({name: value for name, value in asdict(entry).items() if value != ""}) + b"\n"


def _encoded(value: object, indent: int | None = None) -> bytes:
    return json.dumps(value, indent=indent).replace("\x7f", "\\u007f").encode()
