"""The second line of a restricted console: the interpreter itself refuses what no command offers.

Against oversights, in hoopscope and in its libraries. It is no sandbox for hostile code, and there
is none here: nothing that comes from a gateway is executed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from typing import Any

from hoopscope.confinement.wording import REFUSAL
from hoopscope.own_processes import REPLAY_PROGRAM

_PROGRAMS = {
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.system", "pty.spawn", "webbrowser.open",
}  # fmt: skip
_FILES = {
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
    "os.symlink", "os.truncate", "os.setxattr", "os.removexattr", "os.utime",
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NAMELESS = getattr(os, "O_TMPFILE", 0)
_DEVICES = frozenset({"/dev/null", "/dev/tty"})


def refuse_programs_and_files() -> None:
    """From now on each of these raises PermissionError; cannot be undone.

    Left are what the browser itself needs: the process that replays recordings, and files without
    a name in the folder for temporary files.
    """
    temporary = tempfile.tempdir = _temporary_folder()

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            refused = _writes_a_file(*arguments, temporary=temporary)
        elif event == "subprocess.Popen":
            refused = not _is_ours(*arguments)
        elif event == "os.remove":
            refused = not _is_temporary(arguments[0], temporary)
        elif event == "sqlite3.connect":
            refused = arguments[0] not in ("", ":memory:")
        else:
            refused = event in _PROGRAMS or event in _FILES
        if refused:
            raise PermissionError(REFUSAL)

    sys.addaudithook(refuse)


def _temporary_folder() -> str:
    # `tempfile` itself would try to write into it, and take any folder in the end.
    named = (os.environ.get("TMPDIR", ""), "/tmp", "/var/tmp")  # noqa: S108
    for folder in named:
        if folder[:1] == "/" and os.access(folder, os.W_OK):
            return folder
    return tempfile.gettempdir()


def _writes_a_file(path: object, _mode: object, flags: object, *, temporary: str) -> bool:
    if isinstance(path, int) or not isinstance(flags, int) or not flags & _WRITING:
        return False
    if _NAMELESS and flags & _NAMELESS == _NAMELESS:
        return False
    # Where a file system knows no nameless files, it has its name taken away at once.
    new = flags & (os.O_CREAT | os.O_EXCL) == os.O_CREAT | os.O_EXCL
    # The folder itself is where `tempfile` says that it will put a nameless one.
    return path not in (*_DEVICES, temporary) and not (new and _is_temporary(path, temporary))


def _is_temporary(path: object, temporary: str) -> bool:
    if not isinstance(path, str):
        return False
    folder, name = os.path.split(path)
    return folder == temporary and name.startswith("hoopscope-")


def _is_ours(executable: object, arguments: Sequence[object], *_: object) -> bool:
    return executable == sys.executable and REPLAY_PROGRAM in arguments
