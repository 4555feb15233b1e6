from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.sessions.facts.panel import Line
from hoopscope.tui.widgets.panels.wrapping import wrap
from hoopscope.untrusted import cell_width, harmless

TEXTS = st.text(st.sampled_from("ab  日é…\u0301-"), max_size=30).map(harmless)
LINES = st.lists(
    st.tuples(TEXTS, st.sampled_from(["", "muted", "failure"])), min_size=1, max_size=4
).map(tuple)


def shown(line: Line, width: int) -> list[str]:
    return ["".join(text for text, _ in row) for row in wrap(line, width)]


def test_what_fits_is_left_alone() -> None:
    line: Line = (("name ", "label"), ("Ana", ""))
    assert wrap(line, 8) == [line]


def test_texts_are_broken_between_words_and_go_on_below_themselves() -> None:
    line: Line = (("summary   ", "label"), ("past sessions show ", ""), ("nothing", "strong"))
    assert shown(line, 24) == [
        "summary   past sessions ",
        "          show nothing",
    ]


def test_words_longer_than_a_row_are_cut() -> None:
    assert shown((("id  ", "label"), ("0123456789abcdef", "")), 12) == [
        "id  01234567",
        "    89abcdef",
    ]
    assert shown((("日本語日本語", ""),), 5) == ["日本", "語日", "本語"]


def test_a_label_as_wide_as_the_pane_leaves_room_for_its_text() -> None:
    rows = shown((("credentials_expire_at  ", "label"), ("2026-11-23T12:23:32Z", "")), 20)
    assert rows == [
        "credentials_expire_a",
        "          t  ",
        "          2026-11-23",
        "          T12:23:32Z",
    ]


def test_leading_spaces_of_a_script_stay() -> None:
    assert shown((("    return None  # done", ""),), 16) == ["    return None", "# done"]


def test_neighbours_of_one_tone_become_one_span() -> None:
    rows = wrap((("aa bb cc", ""), (" dd", ""), (" ee", "muted")), 12)
    assert rows == [(("aa bb cc dd", ""), (" ", "muted")), (("ee", "muted"),)]


@given(LINES, st.integers(2, 40))
def test_nothing_is_lost_but_spaces_and_no_row_is_too_wide(line: Line, width: int) -> None:
    rows = shown(line, width)
    assert all(cell_width(row) <= width for row in rows)
    whole = "".join(text for text, _ in line)
    assert "".join(rows).replace(" ", "") == whole.replace(" ", "")


@given(LINES, st.integers(12, 40))
def test_tones_stay_with_their_texts(line: Line, width: int) -> None:
    labelled: Line = (("label  ", "label"), *line)
    before = [(c, tone) for text, tone in labelled for c in text if c != " "]
    after = [
        (c, tone) for row in wrap(labelled, width) for text, tone in row for c in text if c != " "
    ]
    assert after == before
