"""httpx, without the command line of its own that it imports along.

Where click, rich and pygments are installed, `import httpx` loads httpx's command line and those
with it: 35 to 75 of its 90 to 130 ms, in the way of the first page. Nobody here asks for it, and
httpx does without where it cannot be imported.
"""

from __future__ import annotations

import sys

__all__ = ["httpx"]

_COMMAND_LINE = "httpx._main"

if "httpx" in sys.modules or _COMMAND_LINE in sys.modules:
    import httpx
else:
    sys.modules[_COMMAND_LINE] = None  # type: ignore[assignment]
    try:
        import httpx
    finally:
        del sys.modules[_COMMAND_LINE]
