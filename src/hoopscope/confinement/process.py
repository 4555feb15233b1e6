"""What a restricted console does to its own process, before anything else is loaded."""

from __future__ import annotations

import os
import signal
import sys

from hoopscope.confinement.guard import refuse_programs_and_files
from hoopscope.own_processes import import_path

# All else goes: a variable can name a module to load, a log to write, a program to start.
_KEPT = {
    "ALL_PROXY", "COLORTERM", "COLUMNS", "ESCDELAY", "HOME", "HTTPS_PROXY", "HTTP_PROXY",
    "LANG", "LANGUAGE", "LINES", "LOGNAME", "NO_COLOR", "NO_PROXY", "PATH", "SSH_CLIENT",
    "SSH_CONNECTION", "SSH_TTY", "SSL_CERT_DIR", "SSL_CERT_FILE", "STY", "TERM", "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION", "TMPDIR", "TMUX", "TMUX_PANE", "TZ", "USER", "all_proxy",
    "http_proxy", "https_proxy", "no_proxy", "PYTHONHOME",
}  # fmt: skip
_SET_DUMPABLE = 4
_KEPT_PREFIXES = ("LC_", "XDG_")


def confine() -> None:
    """Leave this process no way to start a program, to write a file or to be stopped.

    Cannot be undone. Call it once the settings are read and before Textual is imported, which
    reads its own variables when it is.
    """
    if sys.flags.inspect:
        # However this ended, an interpreter would follow.
        sys.stderr.write("hoopscope: a restricted console does not run under PYTHONINSPECT.\n")
        sys.stderr.flush()
        os._exit(2)
    for name in list(os.environ):
        if name not in _KEPT and not name.startswith(_KEPT_PREFIXES):
            del os.environ[name]
    sys.path[:] = import_path()
    sys.dont_write_bytecode = True
    _leave_no_core()
    ignore_keys_of_the_terminal()
    refuse_programs_and_files()


def ignore_keys_of_the_terminal() -> None:
    """Neither stop nor leave a core at a key that the terminal turns into a signal."""
    for number in (signal.SIGTSTP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)


def _leave_no_core() -> None:
    """A core holds the credential, and is a file; so does the memory, for others of the account."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        # The limit does not hold where the system passes cores on to a program.
        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)
