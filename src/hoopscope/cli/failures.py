"""What the commands themselves can fail with, beside the errors of the gateway and the settings."""

from __future__ import annotations


class CommandError(Exception):
    """A command that could not be carried out."""


class UsageFailed(CommandError):
    """The command cannot be carried out as it was given; the text says why and what to do."""


class CommandFailed(CommandError):
    """The machine did not let the command be carried out; the text says why."""


class OutputFailed(CommandFailed):
    """What was found cannot be written."""


class OutputClosed(CommandError):
    """Whoever read the output has left: no reason for a message."""
