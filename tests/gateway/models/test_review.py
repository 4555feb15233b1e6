"""How many have to agree, and how many have."""

from __future__ import annotations

import pytest

from hoopscope.gateway.models.review import Review

GROUPS = [{"status": "APPROVED"}, {"status": "PENDING"}, {"status": "REJECTED"}]


@pytest.mark.parametrize(("minimum", "needed"), [(None, 3), (0, 3), (1, 1), (3, 3), (7, 3)])
def test_approvals_needed(minimum: int | None, needed: int) -> None:
    review = Review.model_validate({"review_groups_data": GROUPS, "min_approvals": minimum})
    assert review.approvals_needed == needed
    assert review.approvals == 1


def test_without_groups_nobody_has_to_agree() -> None:
    assert Review().approvals_needed == Review().approvals == 0
