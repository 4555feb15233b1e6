from __future__ import annotations

from datetime import UTC, datetime

import pytest

from hoopscope.gateway.query import SessionQuery
from hoopscope.sessions.filters import to_local_filter, to_query
from hoopscope.sessions.views import BUILT_IN, View


@pytest.mark.parametrize("view", BUILT_IN, ids=lambda view: view.name)
def test_what_is_built_in_can_be_asked(view: View) -> None:
    query = to_query(view.filters, now=datetime(2026, 11, 23, tzinfo=UTC), utc=True)
    assert (query != SessionQuery()) is (view.filters.review != "")
    local = to_local_filter(view.filters)
    assert (local is None) is (view.name == "everything" or view.filters.review != "")
