"""The command line. Importing this loads nothing: `hoopscope --version` has to be quick."""

from __future__ import annotations

import sys


def main() -> None:
    """The `hoopscope` command: runs what the arguments say and leaves with its exit code."""
    arguments = sys.argv[1:]
    try:
        if arguments in (["--version"], ["-V"], ["version"]):
            from hoopscope.cli.version import show_version

            code = show_version(arguments)
        else:
            import gc

            # What is imported stays to the end: looking through it only delays start and end.
            gc.disable()
            from hoopscope.cli.run import run

            code = run(arguments)
            gc.freeze()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
