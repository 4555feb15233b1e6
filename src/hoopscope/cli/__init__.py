"""The command line. Importing this loads nothing: `hoopscope --version` has to be quick."""

from __future__ import annotations

import sys


def main() -> None:
    """The `hoopscope` command: runs what the arguments say and leaves with its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"], ["version"]):
        from hoopscope import __version__

        print(f"hoopscope {__version__}")  # noqa: T201
        return
    try:
        import gc

        # What is imported stays until the end: looking through it only delays start and end.
        gc.disable()
        from hoopscope.cli.run import run

        code = run(arguments)
        gc.freeze()
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)
