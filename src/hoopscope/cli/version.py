"""Says which version this is, with nothing loaded that could take time."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from hoopscope import __version__


def show_version(_arguments: Sequence[str]) -> int:
    """Print the version; gives the exit code."""
    try:
        print(f"hoopscope {__version__}", flush=True)  # noqa: T201
    except BrokenPipeError:
        return _output_lost(141)
    except OSError as error:
        print(f"hoopscope: Standard output cannot be written: {error.strerror}.", file=sys.stderr)  # noqa: T201
        return _output_lost(1)
    return 0


def _output_lost(code: int) -> int:
    # The interpreter would try once more on its way out, and complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return code
