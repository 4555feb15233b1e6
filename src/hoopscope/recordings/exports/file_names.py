"""Names of files made of what a gateway says, which may be anything."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hoopscope.gateway.client import checked_session_id
from hoopscope.gateway.row import NO_START, SessionRow

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FOREIGN = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 60


def file_name(row: SessionRow, suffix: str) -> str:
    """`20261123T114637Z_pg-orders-prod_3f0c….txt`: the start in UTC, the connection, the id.

    Letters, digits, `.`, `_` and `-` of ASCII only; begins with a digit or a letter; no longer than
    130 characters; another session has another name, upper and lower case not told apart.

    Raises:
        InvalidSessionId: the id is none.
    """
    session_id = checked_session_id(row.id)
    connection = _FOREIGN.sub("_", row.connection)[:_LONGEST_NAME].strip("._-") or "unnamed"
    return f"{_moment(row.start)}_{connection}_{session_id}{suffix}"


def _moment(start: int) -> str:
    if start != NO_START:
        try:
            moment = _EPOCH + timedelta(microseconds=start)
        except OverflowError:
            pass
        else:
            return f"{moment:%Y%m%dT%H%M%SZ}"
    return "undated"
