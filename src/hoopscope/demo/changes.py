"""Changes of the history from outside, for tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from hoopscope.demo.connections import connection_position
from hoopscope.demo.database import COLUMNS
from hoopscope.demo.people import position_of
from hoopscope.demo.plans import plan_for
from hoopscope.demo.scenarios import REVIEW_STATUSES, STATUSES, scenario_position
from hoopscope.demo.times import NO_START, microseconds
from hoopscope.demo.world import World


class Changes:
    """Inserts and changes sessions of a world."""

    def __init__(self, world: World) -> None:
        self._world = world

    def insert(
        self,
        starts: Sequence[datetime | None],
        *,
        session_id: str | None = None,
        user: str = "dana@tidewater.example",
        connection: str = "orders-prod",
        scenario: str = "ok",
        without_start: bool = False,
        **columns: Any,
    ) -> list[str]:
        """A session at each start (None: now), as a scenario has it, with columns of one's own.

        `without_start`: they have none, sort before all others and match no date filter. `user` is
        an e-mail, a key's or a machine's name or a subject; `columns` are those of
        `change`. Returns the ids.

        Raises:
            ValueError: a user, connection, scenario or column that there is not.
            sqlite3.IntegrityError: the id is there already.
        """
        plan = plan_for(connection_position(connection), scenario_position(scenario))
        own = self._columns(columns)
        own["person"] = position_of(user)
        if without_start:
            own["start"] = NO_START
        if session_id is not None:
            own["id"] = UUID(session_id).bytes
        rows = []
        for start in starts:
            began = self._world.now() if start is None else microseconds(start)
            row = dict(zip(COLUMNS, self._world.history.row(plan, began), strict=True))
            rows.append(row | own)
        self._world.database.insert([tuple(row.values()) for row in rows])
        return [str(UUID(bytes=row["id"])) for row in rows]

    def change(self, session_id: str, **columns: Any) -> None:
        """Change a session: `status`, `exit_code`, `end_date`, `review_status`, `decided`,
        `correlation_id`, `batch_id`, `jira_issue_key`, and `fields`: any of its JSON.

        A review that becomes something else than PENDING without a `decided` was decided now.

        Raises:
            ValueError: no such session, or a column that there is not.
        """
        own = self._columns(columns)
        if own.get("review") and "decided" not in own:
            own["decided"] = self._world.now()
        if not own or not self._world.database.change(UUID(session_id).bytes, own):
            raise ValueError(f"no session {session_id} to change")

    @staticmethod
    def _columns(given: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in given.items():
            if name == "status":
                found["status"] = STATUSES.index(value)
            elif name == "review_status":
                found["review"] = None if value is None else REVIEW_STATUSES.index(value)
            elif name in ("end_date", "decided"):
                column = "finish" if name == "end_date" else name
                found[column] = None if value is None else microseconds(value)
            elif name == "exit_code":
                found[name] = value
            elif name in ("correlation_id", "batch_id"):
                found[name.removesuffix("_id")] = value
            elif name == "jira_issue_key":
                found["jira"] = value.upper()
            elif name == "fields":
                found["extra"] = json.dumps(value)
            else:
                raise ValueError(f"sessions of the demo have no {name}")
        return found
