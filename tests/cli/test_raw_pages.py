from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.cli.raw_pages import lean_page
from hoopscope.gateway.errors import UnexpectedAnswer
from hoopscope.gateway.page import SessionPage

_ids = st.sampled_from(["74efe044-b0a5-4451-93f1-bd7fa0f3a364", "", None, 3, "x"])
_starts = st.sampled_from(
    ["2026-11-23T10:00:00.5Z", "2026-11-23T10:00:00Z", "0001-01-01T00:00:00Z", "", None, 3, "soon"]
)
_item = st.fixed_dictionaries({}, optional={"id": _ids, "start_date": _starts, "verb": st.text()})
_page = st.fixed_dictionaries(
    {"data": st.lists(_item | st.none() | st.just("text"), max_size=4) | st.none()},
    optional={
        "has_next_page": st.booleans(),
        "total": st.none() | st.integers(),
        "more": st.none(),
    },
)


@given(_page | st.none() | st.lists(_item) | st.just({}))
def test_a_lean_page_says_the_same_of_ids_and_starts(value: object) -> None:
    try:
        whole = SessionPage.from_json(value)
    except UnexpectedAnswer:
        with pytest.raises(UnexpectedAnswer):
            lean_page(value)
        return
    lean = lean_page(value)
    assert [(row.id, row.start) for row in lean.rows] == [(row.id, row.start) for row in whole.rows]
    assert lean.raw == whole.raw
    assert (lean.total, lean.has_next_page) == (whole.total, whole.has_next_page)
