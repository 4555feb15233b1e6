from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.position import WalkPosition
from hoopscope.gateway.row import NO_START
from tests.simulated_gateway import SECOND


@given(st.text())
def test_a_position_that_is_none_is_refused_in_a_sentence(text: str) -> None:
    try:
        position = WalkPosition.parse(text)
    except ValueError as error:
        refused = str(error)
    else:
        refused = "."
        assert WalkPosition.parse(str(position)) == position
    assert refused.endswith(".")


@given(st.integers(NO_START, 253_402_300_799 * SECOND), st.text(min_size=1))
def test_a_position_survives_as_text(start: int, name: str) -> None:
    try:
        name.encode()
    except UnicodeEncodeError:
        return
    position = WalkPosition(start, name)
    assert WalkPosition.parse(str(position)) == position
