"""One page of `GET /api/sessions`, as current and as older gateways give it."""

from __future__ import annotations

from typing import NamedTuple

from hoopscope.gateway.errors import UnexpectedAnswer
from hoopscope.gateway.row import NO_START, SessionRow


class SessionPage(NamedTuple):
    """Sessions in the gateway's order, newest first.

    `raw` holds the JSON values that the rows were made from, in the same order. `total` is None
    where nothing was counted; with `total_is_capped` there are at least that many. Older gateways
    may set `has_next_page` after a last page that was exactly full.
    """

    rows: tuple[SessionRow, ...]
    raw: tuple[object, ...]
    total: int | None = None
    total_is_capped: bool = False
    has_next_page: bool = False

    @classmethod
    def from_json(cls, value: object) -> SessionPage:
        """The page in a decoded answer. A malformed row costs that row only.

        Raises UnexpectedAnswer for what is no page of sessions at all.
        """
        if not isinstance(value, dict) or "data" not in value:
            raise _no_page("an answer without a list of sessions")
        data = value["data"]
        if data is None and "has_next_page" in value:
            data = []
        if not isinstance(data, list):
            raise _no_page("something else in place of the list of sessions")
        total = value.get("total")
        if not isinstance(total, int) or isinstance(total, bool) or total < 0:
            total = None
        return cls(
            rows=_placed([SessionRow.from_json(item) for item in data]),
            raw=tuple(data),
            total=total,
            total_is_capped=value.get("total_is_capped") is True,
            has_next_page=value.get("has_next_page") is True,
        )


def _no_page(what: str) -> UnexpectedAnswer:
    return UnexpectedAnswer(
        f"The address answers, but with {what}.",
        "Check that the address is a hoop gateway's, without anything after the host.",
    )


def _placed(rows: list[SessionRow]) -> tuple[SessionRow, ...]:
    """A row whose start cannot be read stands where the gateway put it: with its neighbour."""
    for index, row in enumerate(rows):
        if row.malformed and row.start == NO_START:
            beside = rows[index - 1] if index else next((r for r in rows if not r.malformed), None)
            if beside is not None and beside.start != NO_START:
                rows[index] = row._replace(start=beside.start)
    return tuple(rows)
