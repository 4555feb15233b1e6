"""Runs a command line and turns whatever happens into an exit code and at most a few sentences."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from hoopscope.cli import exit_codes
from hoopscope.cli.failures import CommandFailed, OutputClosed, OutputFailed, UsageFailed

COMPLETION_VARIABLE = "_HOOPSCOPE_COMPLETE"


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line; gives the exit code and never raises."""
    _prepare_streams()
    try:
        code = _command(list(arguments))
        _flush()
    except KeyboardInterrupt:
        return exit_codes.INTERRUPTED
    except (OutputClosed, BrokenPipeError):
        return exit_codes.PIPE_CLOSED
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else exit_codes.OK
    except Exception as error:  # noqa: BLE001 (nobody is to meet a traceback)
        code = _failed(error)
    finally:
        detach_broken_streams()
    return code


def _command(arguments: list[str]) -> int:
    if not arguments and COMPLETION_VARIABLE not in os.environ:
        # The way of every day needs no command line library before the first paint.
        from hoopscope.cli.browse import browse

        return browse({})
    from hoopscope.cli.command_line import invoke

    if os.environ.get(COMPLETION_VARIABLE, "").endswith("_source"):
        from hoopscope.cli.invocation import refuse_if_restricted

        # The shell is asked for its version, by starting it.
        refuse_if_restricted({"restricted": "--restricted" in arguments or None})
    return invoke(arguments)


def _failed(error: Exception) -> int:
    from hoopscope.cli.messages import complain, is_discreet, unexpected
    from hoopscope.config.errors import SettingsError

    if os.environ.get("HOOPSCOPE_DEBUG") and not is_discreet():
        from hoopscope.cli.messages import show_traceback

        show_traceback(error)
    if isinstance(error, CommandFailed):
        complain(str(error))
        return exit_codes.FAILED
    if isinstance(error, UsageFailed | SettingsError):
        complain(str(error))
        return exit_codes.USAGE
    from hoopscope.gateway.errors import GatewayError

    if isinstance(error, GatewayError):
        from hoopscope.cli.gateway_failures import explain

        return explain(error)
    if type(error).__name__ == "CannotStart" and type(error).__module__ == "hoopscope.tui.launch":
        complain(str(error))
        return exit_codes.USAGE
    if isinstance(error, OSError) and error.strerror:
        named = f"{error.filename}: " if error.filename else ""
        complain(f"{named}{error.strerror}.")
        return exit_codes.FAILED
    unexpected(error)
    return exit_codes.UNEXPECTED


def _prepare_streams() -> None:
    # What the terminal's encoding lacks is shown as an escape and ends nothing.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _flush() -> None:
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputFailed(f"The output cannot be written: {error.strerror}.") from error


def detach_broken_streams() -> None:
    """Let the interpreter end in peace where nobody takes its output any more.

    It flushes once more on its way out, and would complain about a closed pipe or terminal.
    """
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), number)
            except OSError:
                return
