from hypothesis import given
from hypothesis import strategies as st

from hoopscope.tui.widgets.row_source import NoRows
from hoopscope.tui.widgets.row_view import RowView
from hoopscope.tui.widgets.row_window import RowWindow
from tests.tui.widgets.table_rows import ComputedRows


def keys(view: RowView) -> list[str]:
    return [line[0].key if isinstance(line, tuple) else line or "" for line in view.lines()]


def view_of(length: int, height: int, cursor: int = 0) -> RowView:
    view = RowView(ComputedRows(length))
    view.height = height
    view.cursor = cursor
    view.show_cursor()
    return view


def test_an_empty_view() -> None:
    view = RowView(NoRows())
    view.height = 3
    view.status = "nothing here"
    assert keys(view) == ["nothing here", "", ""]
    assert (view.cursor_key, view.within(5)) == ("", 0)


def test_the_status_follows_the_last_row() -> None:
    view = view_of(3, 5)
    view.status = "end"
    assert keys(view) == ["k0", "k1", "k2", "end", ""]
    longer = view_of(9, 3)
    longer.status = "end"
    longer.cursor = 8
    longer.show_cursor()
    assert keys(longer) == ["k7", "k8", "end"]


def test_a_window_asks_once_for_what_it_does_not_know() -> None:
    source = ComputedRows(100)
    window = RowWindow(source)
    window.look_at(10, 5)
    window.look_at(12, 5)
    window.look_at(10, 7)
    assert source.asked == [(10, 5), (15, 2)]
    window.forget(11, 2)
    window.look_at(10, 5)
    assert source.asked[2:] == [(11, 2)]


def test_a_window_stays_small() -> None:
    window = RowWindow(ComputedRows(10_000))
    for first in range(0, 9000, 7):
        window.look_at(first, 10)
    assert len(window._rows) <= 40


def test_a_source_that_shrank_leaves_gaps_not_errors() -> None:
    source = ComputedRows(10)
    view = RowView(source)
    view.height = 4
    view.top = view.cursor = 6
    source.length = 8
    assert keys(view) == ["k6", "k7", "", ""]
    view.cursor = 9
    assert view.cursor_key == ""


@given(st.data())
def test_whatever_happens_the_view_shows_the_rows_that_there_are(data: st.DataObject) -> None:
    source = ComputedRows(data.draw(st.integers(0, 30)))
    view = RowView(source)
    view.height = data.draw(st.integers(1, 12))
    for _ in range(data.draw(st.integers(1, 12))):
        match data.draw(st.sampled_from(["insert", "append", "cut", "move", "scroll", "resize"])):
            case "insert":
                key = view.cursor_key
                line = view.cursor - view.top
                source.insert_above(data.draw(st.integers(0, 20)))
                view.adopt(key)
                if key and 0 <= line < view.height:
                    assert view.cursor_key == key
            case "append":
                source.length += data.draw(st.integers(0, 20))
                view.grow()
            case "cut":
                source.length = data.draw(st.integers(0, source.length))
                view.adopt(view.cursor_key)
            case "move":
                view.cursor = view.within(data.draw(st.integers(-5, 60)))
                view.show_cursor()
                assert not source.length or view.cursor_key in keys(view)
            case "scroll":
                view.top += data.draw(st.integers(-20, 20))
            case "resize":
                view.height = data.draw(st.integers(1, 12))
        view.settle()
        expected = [f"k{index - source.shift}" for index in range(source.length)]
        shown = [key for key in keys(view) if key]
        assert shown == expected[view.top : view.top + view.height]
        assert len(shown) == min(view.height, source.length)


def test_a_rule_stands_between_two_rows_in_sight() -> None:
    view = view_of(9, 4)
    view.set_rule("k2", "rule")
    assert view.rule_in_sight
    assert keys(view) == ["k0", "k1", "rule", "k2"]
    assert [view.row_at(line) for line in range(-1, 5)] == [None, 0, 1, None, 2, 3]
    view.top = 1
    assert keys(view) == ["k1", "rule", "k2", "k3"]
    view.top = 2
    assert keys(view) == ["k2", "k3", "k4", "k5"]
    assert not view.rule_in_sight
    view.set_rule("k0", "rule")
    assert keys(view) == ["k2", "k3", "k4", "k5"]
    view.set_rule("k99", "rule")
    assert not view.rule_in_sight


def test_a_rule_leaves_the_cursor_on_its_line() -> None:
    view = view_of(20, 6, cursor=4)
    view.top = 1
    before = keys(view).index("k4")
    view.set_rule("k3", "rule")
    assert keys(view).index("k4") == before
    assert "rule" in keys(view)
    view.set_rule("", "")
    assert keys(view).index("k4") == before
    assert "rule" not in keys(view)


def test_a_rule_goes_with_its_row_and_not_to_other_sources() -> None:
    source = ComputedRows(6)
    view = RowView(source)
    view.height = 4
    view.set_rule("k2", "rule")
    view.adopt("k0")
    assert keys(view) == ["k0", "k1", "rule", "k2"]
    view.take_source(ComputedRows(6), "")
    assert keys(view) == ["k0", "k1", "k2", "k3"]


@given(
    st.integers(1, 12),
    st.integers(2, 8),
    st.integers(0, 11),
    st.booleans(),
    st.lists(st.integers(-3, 14), max_size=12),
)
def test_with_a_rule_the_cursor_is_always_in_sight(
    length: int, height: int, ruled: int, status: bool, steps: list[int]
) -> None:
    view = view_of(length, height)
    view.status = "end" if status else ""
    view.set_rule(f"k{min(ruled, length - 1)}", "rule")
    for step in steps:
        view.cursor = view.within(step)
        view.show_cursor()
        shown = keys(view)
        assert len(shown) == height
        assert view.cursor_key in shown
        rows = [key for key in shown if key.startswith("k")]
        first = view.top
        assert rows == [f"k{index}" for index in range(first, first + len(rows))]
        for line, key in enumerate(shown):
            index = view.row_at(line)
            assert (f"k{index}" if index is not None else key) == key
            assert (index is not None) == key.startswith("k")
        if status and view.cursor == length - 1:
            assert "end" in shown
