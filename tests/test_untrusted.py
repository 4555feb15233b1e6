import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from hoopscope.untrusted import cell_width, fit, harmless, harmless_lines

BAD_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
HOSTILE = "\x00\x07\n\t\r\x1b[31m\x7f\x85\x9b\u0301\u202e\u2066\u200d\u2028\ufeff\ud800\ue000[red]"

any_text = st.one_of(
    st.text(),
    st.text(st.characters(categories=["Cc", "Cf", "Cs", "Co", "Mn", "Me", "Zs", "Zl", "Zp", "Lu"])),
    st.text(st.sampled_from(HOSTILE + "a世界👩👍\U0001f3fb\U0001f1e6\u1161é…")),
)


def assert_harmless(text: str) -> None:
    for character in text:
        assert unicodedata.category(character) not in BAD_CATEGORIES, ascii(text)
    assert not IGNORABLE.search(text), ascii(text)


@given(any_text)
@example(HOSTILE)
@example("a\u0301\u0301\u0301\u0301")
@example("\u1100\u1161")
def test_any_text_becomes_harmless_and_stays_as_it_is(text: str) -> None:
    shown = harmless(text)
    assert_harmless(shown)
    assert harmless(shown) == shown


@given(any_text, st.integers(1, 30))
@example("世界", 3)
@example("a\u0301\u0302" * 9, 4)
def test_a_limit_counts_cells_and_says_that_it_cut(text: str, limit: int) -> None:
    shown = harmless(text, limit)
    assert_harmless(shown)
    assert cell_len(shown) <= limit
    whole = harmless(text)
    if shown != whole:
        assert shown.endswith("…")
        assert cell_len(whole) > limit
        assert whole.startswith(shown[:-1])
    assert harmless(shown, limit) == shown


@given(any_text, st.integers(0, 30), st.sampled_from(["left", "right"]))
def test_a_fitted_text_takes_exactly_its_cells(text: str, width: int, align: str) -> None:
    fitted = fit(harmless(text), width, align)
    assert cell_len(fitted) == width
    assert_harmless(fitted)


@given(any_text)
def test_no_character_sits_alone_on_no_cell(text: str) -> None:
    shown = harmless(text)
    if shown:
        assert cell_len(shown[0]) > 0
    assert not re.search("[\u0300-\u036f]{3}", shown)


@given(any_text, st.integers(0, 3))
def test_lines_are_harmless_each(text: str, limit: int) -> None:
    lines = harmless_lines(text, limit)
    for line in lines:
        assert_harmless(line)
    assert lines == harmless_lines(text)[: limit or None]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, \\n left alone", "plain text, \\n left alone"),
        ("a\nb\tc\r", "a\\nb\\tc\\r"),
        ("\x1b[31mred\x9b\x7f", "\\x1b[31mred\\x9b\\x7f"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\U000e0041", "\\U000e0041"),
        ("\ud83d", "\\ud83d"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("Zoë 世界 ✓ Ünïcode", "Zoë 世界 ✓ Ünïcode"),
        ("e\u0301", "e\u0301"),
        ("\u0301", "\\u0301"),
        ("👩\u200d🚀", "👩\\u200d🚀"),
        (None, ""),
        (12, "12"),
    ],
)
def test_what_is_shown(text: object, shown: str) -> None:
    assert harmless(text) == shown


def test_lines_end_as_people_expect() -> None:
    assert harmless_lines("a\r\nb\n") == ["a", "b"]
    assert harmless_lines("a\n\nb") == ["a", "", "b"]
    assert harmless_lines("") == []
    assert harmless_lines("\tx\ry") == ["        x\\ry"]
    assert harmless_lines("a\nb\nc", 2) == ["a", "b"]


def test_fit_cuts_between_wide_characters() -> None:
    assert fit("世界世界", 4) == "世… "
    assert fit("abcdef", 4) == "abc…"
    assert fit("ab", 4, "right") == "  ab"
    assert fit("abcdef", 4, ellipsis="~") == "abc~"
    assert cell_width("世a") == 3
