from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hoopscope.gateway.row import SessionRow
from hoopscope.sessions.filters import Filters, to_local_filter, to_query
from hoopscope.sessions.views import BUILT_IN, NUMBERS, View, ViewList
from tests.sessions.rows import HOUR, NOW, row

BY_NAME = {view.name: view for view in BUILT_IN}


def lets_through(name: str, session: SessionRow) -> bool:
    local = to_local_filter(BY_NAME[name].filters)
    return local is None or local.matches(session, NOW)


@pytest.mark.parametrize("view", BUILT_IN, ids=lambda view: view.name)
def test_what_is_built_in_can_be_asked(view: View) -> None:
    to_query(view.filters, now=datetime(2026, 11, 23, tzinfo=UTC), utc=True)
    assert view.filters.is_active is (view.name != "everything")
    assert not view.columns
    assert not view.widths


def test_the_gateway_narrows_what_it_can() -> None:
    now = datetime(2026, 11, 23, tzinfo=UTC)
    queries = {view.name: to_query(view.filters, now=now, utc=True) for view in BUILT_IN}
    assert queries["waiting for review"].review_status == "PENDING"
    assert queries["rejected"].review_status == "REJECTED"
    assert queries["running"].start == datetime(2026, 11, 21, tzinfo=UTC)
    assert to_local_filter(BY_NAME["rejected"].filters) is None


def test_only_what_is_open_waits_for_a_review() -> None:
    waiting = {"review_status": "PENDING", "end": None, "exit_code": None}
    assert lets_through("waiting for review", row(status="open", **waiting))
    assert not lets_through("waiting for review", row(status="done", **waiting))


def test_what_never_ended_is_not_running() -> None:
    alive = {"status": "open", "end": None, "exit_code": None}
    assert lets_through("running", row(start=NOW - HOUR, **alive))
    assert not lets_through("running", row(start=NOW - 50 * HOUR, **alive))
    assert not lets_through("running", row(start=NOW - HOUR, review_status="PENDING", **alive))


def test_a_failure_has_a_code_of_its_own() -> None:
    assert lets_through("failed", row(exit_code=3))
    assert not lets_through("failed", row(exit_code=0))
    assert not lets_through("failed", row(exit_code=254))


def test_built_in_ones_have_the_first_numbers() -> None:
    views = ViewList()
    assert [views.number_of(view) for view in views] == [1, 2, 3, 4, 5, 6, 7]
    assert [views.at(number) for number in NUMBERS] == [*BUILT_IN, None, None]
    assert views.names == [view.name for view in BUILT_IN]
    assert len(views) == 7


def test_own_ones_take_what_is_left_over() -> None:
    own = [View("prod"), View("mine"), View("more")]
    views = ViewList(own)
    assert [views.number_of(view) for view in own] == [8, 9, 0]
    assert list(views) == [*BUILT_IN, *own]


def test_a_number_that_is_asked_for_is_taken_from_a_built_in_one() -> None:
    prod, mine = View("prod", number=1), View("mine")
    views = ViewList([mine, prod])
    assert views.at(1) == prod
    assert views.number_of(views.everything) == 0
    assert views.number_of(mine) == 8


def test_of_two_that_ask_for_a_number_the_first_gets_it() -> None:
    first, second = View("first", number=3), View("second", number=3)
    views = ViewList([first, second])
    assert views.at(3) == first
    assert views.number_of(second) == 8


def test_own_ones_replace_built_in_ones_of_their_name() -> None:
    failed = View("Failed", Filters(outcomes=("failed", "blocked")))
    views = ViewList([failed])
    assert len(views) == len(BUILT_IN)
    assert views.at(5) == views.named("failed") == failed
    moved = ViewList([failed._replace(number=9), View("prod")])
    assert moved.names[4] == "Failed"
    assert moved.number_of(moved.named("failed") or failed) == 9
    assert moved.number_of(View("prod")) == 5


def test_names_are_found_in_capitals_or_not() -> None:
    views = ViewList([View("Prod"), View("prod")])
    assert views.named("prod") == View("prod")
    assert views.named(" Guardrail Hits ") == BY_NAME["guardrail hits"]
    assert views.named("nothing") is None
