"""SessionPage: of both kinds of gateway, with rows that cannot be read, and what is none."""

from __future__ import annotations

import pytest

from hoopscope.gateway.errors import UnexpectedAnswer
from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.row import NO_START
from tests.gateway import captures


def test_every_recorded_list_is_a_page() -> None:
    assert len(captures.lists()) > 50
    for name in captures.lists():
        value = captures.value(name)
        page = SessionPage.from_json(value)
        assert [row.id for row in page.rows] == [raw["id"] for raw in value["data"]]
        assert list(page.raw) == value["data"]
        assert page.total == value["total"]
        assert page.total_is_capped == value["total_is_capped"]
        assert page.has_next_page == value["has_next_page"]


def test_capped_and_uncounted_totals() -> None:
    capped = SessionPage.from_json(captures.value("list-big-capped"))
    assert (capped.total, capped.total_is_capped) == (10_000, True)
    uncounted = SessionPage.from_json(captures.value("list-no-results-none"))
    assert (uncounted.total, uncounted.total_is_capped) == (None, False)


def test_an_older_gateway_sends_no_total_is_capped() -> None:
    page = SessionPage.from_json({"data": [], "total": 20_000, "has_next_page": True})
    assert (page.total, page.total_is_capped, page.has_next_page) == (20_000, False, True)


def test_no_rows_may_be_null() -> None:
    assert SessionPage.from_json({"data": None, "has_next_page": False}).rows == ()


@pytest.mark.parametrize("total", ["94", -1, 1.5, True, [], {}])
def test_a_total_that_is_no_number_is_unknown(total: object) -> None:
    assert SessionPage.from_json({"data": [], "total": total}).total is None


@pytest.mark.parametrize("spoiled", [None, "row", [], {}, {"id": 7}])
def test_a_malformed_row_costs_that_row_and_stays_in_its_place(spoiled: object) -> None:
    value = captures.value("list-as-dana")
    healthy = SessionPage.from_json(value)
    value["data"][3] = spoiled
    page = SessionPage.from_json(value)
    assert len(page.rows) == len(healthy.rows)
    assert page.rows[3].malformed
    assert page.rows[3].start == page.rows[2].start
    assert page.rows[:3] == healthy.rows[:3]
    assert page.rows[4:] == healthy.rows[4:]
    assert page.raw[3] == spoiled


def test_a_malformed_row_at_the_head_stands_with_the_next_readable_one() -> None:
    good = {"id": "a", "start_date": "2026-11-23T11:58:04Z"}
    page = SessionPage.from_json({"data": [None, None, good]})
    assert len({row.start for row in page.rows}) == 1


def test_a_missing_start_is_left_alone() -> None:
    lost = {"id": "a", "start_date": "0001-01-01T00:00:00Z"}
    page = SessionPage.from_json(
        {"data": [lost, {"id": "b", "start_date": "2026-01-01T00:00:00Z"}]}
    )
    assert page.rows[0].start == NO_START


@pytest.mark.parametrize(
    "value",
    [None, [], "page", 5, {}, {"items": []}, {"data": {}}, {"data": "x"}, {"data": None}],
)
def test_what_is_no_page_is_told_as_such(value: object) -> None:
    with pytest.raises(UnexpectedAnswer) as caught:
        SessionPage.from_json(value)
    assert "sessions" in caught.value.what
    assert caught.value.advice
