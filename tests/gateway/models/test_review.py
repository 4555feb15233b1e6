"""How many have agreed."""

from __future__ import annotations

from hoopscope.gateway.models.review import Review

GROUPS = [{"status": "APPROVED"}, {"status": "PENDING"}, {"status": "REJECTED"}]


def test_groups_that_agreed_are_counted() -> None:
    assert Review.model_validate({"review_groups_data": GROUPS}).approvals == 1
    assert Review().approvals == 0
