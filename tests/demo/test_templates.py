"""Scripts and outputs: every template can be filled, and none is empty."""

from __future__ import annotations

from datetime import date

import pytest

from hoopscope.demo.connections import connections
from hoopscope.demo.guardrails import matches_in_output, matches_in_script
from hoopscope.demo.templates import VARIANTS, bank, json_size, recipe, tone_of

DAY = date(2026, 11, 24)
KINDS = sorted({connection.scripts for connection in connections()})


@pytest.mark.parametrize("scripts", KINDS)
def test_every_template_is_filled(scripts: str) -> None:
    for tone, templates in bank(scripts).items():
        for number in range(len(templates) * 2):
            made = recipe(scripts, tone, number, DAY)
            assert made.script.strip()
            assert not {"‹", "›", "\0"} & set(made.script + made.output)
            assert made.script_size == json_size(made.script)
            assert (made.exit_code != 0) == (tone == "fail")


@pytest.mark.parametrize("scripts", KINDS)
def test_what_is_forbidden_is_found(scripts: str) -> None:
    for number in range(8):
        if tone_of(scripts, "forbidden") == "forbidden":
            made = recipe(scripts, "forbidden", number, DAY)
            (match,) = matches_in_script(made.script)
            assert all(word in made.script for word in match["matched_words"])
        if tone_of(scripts, "leak") == "leak":
            made = recipe(scripts, "leak", number, DAY)
            for found in matches_in_output(made.output):
                assert all(word in made.output for word in found["matched_words"])


def test_a_recipe_is_always_the_same_and_variants_differ() -> None:
    made = {recipe("postgres", "ok", number, DAY) for number in range(VARIANTS)}
    assert len(made) == VARIANTS
    recipe.cache_clear()
    assert {recipe("postgres", "ok", number, DAY) for number in range(VARIANTS)} == made


@pytest.mark.parametrize(
    ("text", "size"), [("abc", 3), ('a"b', 4), ("a\nb", 4), ("é", 2), ("\x1b", 6), ("日", 3)]
)
def test_sizes_count_escaped_bytes(text: str, size: int) -> None:
    assert json_size(text) == size


def test_repeated_lines_can_be_sorted() -> None:
    made = recipe("mysql", "ok", 2, DAY)
    days = [line.split("\t")[0] for line in made.output.splitlines()[1:]]
    assert days == sorted(days)
    assert len(days) == 10
