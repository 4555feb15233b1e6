"""The gateway's times as microseconds (or nanoseconds) since 1970 (UTC), fast.

Source: observed gateway behaviour: RFC 3339 ending in `Z`, with 0 to 9 digits of a fraction.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FRACTION = re.compile(r"\.(\d{1,9})\d*")
_DAY = 86_400_000_000

# A Go program's "no time": what a missing start reads as. Smaller than every real one.
ZERO_TIME = -62_135_596_800_000_000


def microseconds(text: str) -> int:
    """Microseconds since 1970-01-01T00:00:00Z; what is finer is cut off.

    A time without a zone is taken as UTC. Raises ValueError for what is no time.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    since = moment - _EPOCH
    return since.days * _DAY + since.seconds * 1_000_000 + since.microseconds


def nanoseconds(text: str) -> int:
    """Nanoseconds since 1970-01-01T00:00:00Z, exactly. Raises ValueError for what is no time."""
    fraction = _FRACTION.search(text)
    if fraction is None:
        return microseconds(text) * 1000
    whole = text[: fraction.start()] + text[fraction.end() :]
    return microseconds(whole) * 1000 + int(fraction.group(1).ljust(9, "0"))
