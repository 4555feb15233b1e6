from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.color import Color

from hoopscope.config.keys import TERMINAL_COLOURS, colour
from hoopscope.config.locations import bundled_themes_folder
from hoopscope.tui.accents import contrast, with_accent
from hoopscope.tui.theming import load_themes

THEMES = load_themes([bundled_themes_folder()]).themes
ACCENTS = st.sampled_from(TERMINAL_COLOURS).flatmap(
    lambda name: st.sampled_from([name, f"bright-{name}"])
) | st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@given(st.sampled_from(sorted(THEMES)), ACCENTS)
def test_any_accent_can_be_read_in_any_theme(name: str, accent: str) -> None:
    before = THEMES[name]
    theme = with_accent(before, colour(accent))
    variables = theme.variables
    assert (theme.name, theme.primary, theme.ansi) == (before.name, before.primary, before.ansi)
    theme.to_color_system().generate()
    if theme.ansi:
        used = [theme.accent, *variables.values()]
        assert not any("#" in str(value) for value in used)
        return
    assert theme.background is not None
    text, background = Color.parse(variables["text-accent"]), Color.parse(theme.background)
    assert contrast(text, background) >= 4.5
    block = Color.parse(variables["block-cursor-background"])
    assert contrast(Color.parse(variables["block-cursor-foreground"]), block) >= 4.5


def test_a_terminals_own_colour_is_that_very_one() -> None:
    theme = with_accent(THEMES["16-colour"], "bright-red")
    assert theme.accent == theme.variables["border"] == "ansi_bright_red"
    assert with_accent(THEMES["16-colour"], "#c01010").accent == "ansi_red"
    assert with_accent(THEMES["16-colour"], "#101010").accent == "ansi_black"


def test_a_theme_without_colours_stays_so() -> None:
    assert with_accent(THEMES["monochrome"], "red") == THEMES["monochrome"]
    for theme in THEMES.values():
        assert with_accent(theme, "") is theme


def test_contrast_is_what_the_guidelines_say() -> None:
    black, white = Color(0, 0, 0), Color(255, 255, 255)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == pytest.approx(1)
    assert contrast(Color.parse("#777777"), white) == pytest.approx(4.48, abs=0.01)
