"""What is repainted covers all that differs, and not much more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings.emulator import Run
from hoopscope.tui.widgets.replay_difference import changed_columns
from hoopscope.untrusted import cell_width

CELLS = st.lists(
    st.tuples(st.sampled_from(["a", "b", " ", "日", "é", "e\u0301"]), st.integers(0, 1)),
    max_size=12,
)


def runs(cells: list[tuple[str, int]]) -> list[Run]:
    made: list[Run] = []
    for sign, look in cells:
        if made and made[-1].attributes == look:
            made[-1] = Run(made[-1].text + sign, look)
        else:
            made.append(Run(sign, look))
    return made


def columns(cells: list[tuple[str, int]]) -> list[tuple[str, int]]:
    found = []
    for sign, look in cells:
        found += [(sign, look), ("", look)][: cell_width(sign)]
    return found


@given(CELLS, CELLS, CELLS, CELLS)
def test_covers_what_differs(
    head: list[tuple[str, int]],
    old: list[tuple[str, int]],
    new: list[tuple[str, int]],
    tail: list[tuple[str, int]],
) -> None:
    before, after = columns(head + old + tail), columns(head + new + tail)
    span = changed_columns(runs(head + old + tail), runs(head + new + tail))
    size = max(len(before), len(after))
    padded = [row + [("?", 9)] * (size - len(row)) for row in (before, after)]
    differing = [at for at in range(size) if padded[0][at] != padded[1][at]]
    if differing:
        assert span is not None
        assert span[0] <= differing[0]
        assert span[1] > differing[-1]
    else:
        assert span is None


def test_a_letter_that_is_typed_is_one_column() -> None:
    assert changed_columns([Run("$ l" + " " * 77)], [Run("$ ls" + " " * 76)]) == (3, 4)
    red = Run("red", 0, 1)
    assert changed_columns([red, Run("a" * 77)], [red, Run("ab" + "a" * 75)]) == (4, 5)
    assert changed_columns([], [Run(" " * 80)]) == (0, 80)
