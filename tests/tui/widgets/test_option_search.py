from __future__ import annotations

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.tui.widgets.option_search import Option, OptionSearch

PEOPLE = OptionSearch(
    [
        Option("1", "dana@acme.example", hint="Dana Bruno"),
        Option("2", "bruno@acme.example", hint="Bruno Díaz"),
        Option("3", "abruno@acme.example", hint="Åsa Weiß"),
        Option("4", "bruno", search_text="night robot"),
    ]
)


def found(text: str, limit: int = 8) -> list[str]:
    return [option.value for option in PEOPLE.find(text, limit).options]


def test_what_is_called_so_comes_first_then_beginnings_then_words_then_parts() -> None:
    assert found("bruno") == ["4", "2", "1", "3"]


def test_case_and_accents_do_not_matter() -> None:
    assert found("DIAZ") == ["2"]
    assert found("díaz") == ["2"]
    assert found("asa weiss") == ["3"]


def test_every_word_has_to_occur_in_any_order() -> None:
    assert found("diaz bru") == ["2"]
    assert found("robot  night") == ["4"]
    assert found("bruno nobody") == []


def test_no_text_finds_everything_in_order() -> None:
    assert PEOPLE.find(" ", 2) == ([PEOPLE.options[0], PEOPLE.options[1]], 4)


def test_more_than_the_limit_are_counted() -> None:
    matches = PEOPLE.find("acme", 2)
    assert len(matches.options) == 2
    assert matches.total == 3


def test_only_a_whole_and_unmistakable_name_is_an_option_called_so() -> None:
    called = PEOPLE.called("Bruno")
    assert called is not None
    assert called.value == "4"
    assert PEOPLE.called("dana") is None
    twins = OptionSearch([Option("1", "sam"), Option("2", "Sam")])
    assert twins.called("sam") is None


@given(st.lists(st.text(max_size=8), max_size=6), st.text(max_size=4), st.integers(1, 4))
def test_any_texts_can_be_searched(names: list[str], text: str, limit: int) -> None:
    search = OptionSearch(Option(str(index), name) for index, name in enumerate(names))
    options, total = search.find(text, limit)
    assert len(options) == min(limit, total)
    assert len(set(options)) == len(options)


def test_five_thousand_options_are_searched_within_five_milliseconds() -> None:
    search = OptionSearch(
        Option(f"u{n}", f"person{n}@acme.example", hint=f"Person Número {n}") for n in range(5000)
    )
    times = []
    for _ in range(5):
        began = process_time()
        assert search.find("person numero 4", 8).total > 1000
        times.append(process_time() - began)
    assert min(times) < 0.005
