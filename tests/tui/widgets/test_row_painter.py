import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from hoopscope.tui.widgets.row_painter import RowPainter, RowStyles
from hoopscope.tui.widgets.row_source import TableColumn, TableRow
from hoopscope.untrusted import harmless

RED = Style.parse("red")
STYLES = RowStyles(
    base=Style.null(),
    header=Style.parse("bold"),
    cursor=Style.parse("reverse"),
    status=Style.null(),
    tones={"failure": RED, "colourless": Style.null()},
)
COLUMNS = [TableColumn("NAME", 6), TableColumn("STATE", 8), TableColumn("N", 3, "right")]


def painter(width: int = 25) -> RowPainter:
    return RowPainter(COLUMNS, width, STYLES, "▌")


def drawn(
    row: TableRow, at_cursor: bool = False, width: int = 25
) -> list[tuple[str, Style | None]]:
    return [(text, style) for text, style, _ in painter(width).row(row, at_cursor)]


def test_a_plain_row_is_one_segment() -> None:
    row = TableRow("k", ("abc", "done", "7"))
    assert drawn(row) == [("  abc     done        7  ", Style.null())]
    assert painter().header.text == "  NAME    STATE       N  "


def test_the_accent_covers_its_text_and_no_more() -> None:
    row = TableRow("k", ("abc", "failed", "7"), (1, "failure"), "*")
    assert drawn(row) == [
        (" *abc     ", Style.null()),
        ("failed", RED),
        ("      7  ", Style.null()),
    ]


@pytest.mark.parametrize(
    "accent", [(1, "colourless"), (1, "unheard of"), (9, "failure"), (3, "failure"), (2, "failure")]
)
def test_an_accent_without_colour_or_cell_costs_nothing(accent: tuple[int, str]) -> None:
    row = TableRow("k", ("abc", "failed", ""), accent)
    assert "".join(text for text, _ in drawn(row)) == "  abc     failed         "
    assert all(style != RED for _, style in drawn(row))


def test_the_cursor_is_a_sign_and_one_style() -> None:
    row = TableRow("k", ("abc", "failed", "7"), (1, "failure"), "*")
    assert drawn(row, at_cursor=True) == [("▌*abc     failed      7  ", STYLES.cursor)]


def test_what_does_not_fit_is_cut_off() -> None:
    row = TableRow("k", ("abcdefgh", "done", "1234"))
    assert drawn(row, width=14) == [("  abcde…  done", Style.null())]


@given(
    st.lists(st.text(st.sampled_from("ab 世界é👍…"), max_size=12), max_size=4),
    st.one_of(st.none(), st.tuples(st.integers(0, 4), st.just("failure"))),
    st.booleans(),
    st.integers(1, 40),
)
def test_every_line_has_its_width(
    cells: list[str], accent: tuple[int, str] | None, at_cursor: bool, width: int
) -> None:
    row = TableRow("k", tuple(map(harmless, cells)), accent)
    strip = painter(width).row(row, at_cursor)
    assert strip.cell_length == cell_len(strip.text) == width
    status = painter(width).status(harmless("".join(cells)))
    assert status.cell_length == cell_len(status.text) == width


def test_many_rows_are_not_remembered_for_ever() -> None:
    one = painter()
    for number in range(2000):
        one.row(TableRow(str(number), ()), False)
    assert len(one._strips) <= 512
