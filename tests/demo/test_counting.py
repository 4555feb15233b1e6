"""Limits, offsets and totals, of both kinds of gateway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from hoopscope.demo.server import DemoGateway
from tests.demo.conftest import Asking
from tests.demo.moments import NOW


@pytest.fixture(scope="module")
def large() -> Iterator[Asking]:
    """More sessions than a capped count tells, or an offset reaches."""
    with DemoGateway(sessions=10_050, now=NOW) as demo, Asking(demo) as found:
        yield found


@pytest.fixture(scope="module")
def old() -> Iterator[Asking]:
    with DemoGateway(sessions=10_050, now=NOW, kind="old") as demo, Asking(demo) as found:
        yield found


@pytest.mark.parametrize(("query", "rows"), [("", 20), ("limit=1", 1), ("limit=1000", 100)])
def test_a_limit_is_clamped(asking: Asking, query: str, rows: int) -> None:
    assert len(asking.rows(query)) == rows


def test_capped_exact_none(large: Asking) -> None:
    def totals(query: str) -> tuple[object, object, object]:
        answer = large.json(f"/api/sessions?limit=1&{query}")
        return answer["total"], answer["total_is_capped"], answer["has_next_page"]

    assert totals("") == (10_000, True, True)
    assert totals("count=capped") == (10_000, True, True)
    assert totals("count=exact") == (10_050, False, True)
    assert totals("count=none") == (None, False, True)
    assert totals("connection=nowhere") == (0, False, False)


def test_exactly_ten_thousand_are_not_capped() -> None:
    with DemoGateway(sessions=10_000, now=NOW) as demo, Asking(demo) as asking:
        answer = asking.json("/api/sessions?limit=1")
    assert (answer["total"], answer["total_is_capped"]) == (10_000, False)


def test_the_last_offset_that_is_allowed(large: Asking) -> None:
    answer = large.json("/api/sessions?limit=100&offset=10000&count=exact")
    assert len(answer["data"]) == 50
    assert answer["has_next_page"] is False


def test_a_full_last_page_has_no_next_one(asking: Asking) -> None:
    answer = asking.json("/api/sessions?limit=100&offset=900")
    assert len(answer["data"]) == 100
    assert answer["has_next_page"] is False


def test_an_old_gateway_knows_no_count(old: Asking) -> None:
    for query in ("", "&count=none", "&count=capped", "&count=nonsense"):
        answer = old.json(f"/api/sessions?limit=1{query}")
        assert answer["total"] == 10_050
        assert "total_is_capped" not in answer


def test_an_old_gateway_forgives(old: Asking) -> None:
    for query in ("limit=0", "limit=x", "offset=-1", "limit=", "offset="):
        assert len(old.rows(query)) == 20
    assert len(old.rows("offset=10020&limit=100")) == 30


def test_an_old_gateway_promises_a_page_after_a_full_last_one(old: Asking) -> None:
    answer = old.json("/api/sessions?limit=50&offset=10000")
    assert len(answer["data"]) == 50
    assert answer["has_next_page"] is True
    answer = old.json("/api/sessions?limit=50&offset=10050")
    assert answer["data"] == []
    assert answer["has_next_page"] is False


def test_an_old_gateway_keeps_no_steps_of_an_analysis(old: Asking) -> None:
    for row in old.rows("limit=100"):
        analysis = old.json(f"/api/sessions/{row['id']}")["ai_analysis"] or {}
        assert not {"steps", "summary", "model"} & set(analysis)
    assert old.json("/api/serverinfo")["version"] < "1.144"


def test_order_within_a_microsecond_is_by_id(changing: Asking) -> None:
    inserted = changing.demo.insert_many([NOW + timedelta(hours=1)] * 20)
    assert [row["id"] for row in changing.rows("limit=20")] == sorted(inserted, reverse=True)
