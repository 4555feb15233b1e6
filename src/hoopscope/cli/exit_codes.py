"""The exit codes of every command, as documented."""

from __future__ import annotations

from typing import Final

OK: Final = 0
FAILED: Final = 1
"""The gateway, the network, or writing failed."""
USAGE: Final = 2
"""The command line or the settings cannot be used; nothing was sent."""
NOT_AUTHORISED: Final = 3
NOT_FOUND: Final = 4
INCOMPLETE: Final = 5
"""Everything that can be had was written, but some sessions are missing."""
UNEXPECTED: Final = 70
"""A mistake of hoopscope's own."""
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
"""Whoever read the output has left, as `head` does."""
