from __future__ import annotations

from pathlib import Path

import pytest

from hoopscope.config.locations import bundled_themes_folder
from hoopscope.tui.theming import (
    ThemeError,
    find_theme,
    load_theme,
    load_themes,
)

BUNDLED = {"dark", "light", "high-contrast", "16-colour", "monochrome"}


def test_the_bundled_themes_all_load() -> None:
    loaded = load_themes([bundled_themes_folder()])
    assert set(loaded.themes) == BUNDLED
    assert loaded.failed == []
    for theme in loaded.themes.values():
        assert theme.to_color_system().generate()


def test_themes_of_the_terminal_use_only_its_own_colours() -> None:
    for name in ("16-colour", "monochrome"):
        theme = find_theme(name, [bundled_themes_folder()])
        assert theme.ansi
        text = (bundled_themes_folder() / f"{name}.toml").read_text()
        assert "#" not in "".join(line for line in text.splitlines() if not line.startswith("#"))


def test_a_users_theme_replaces_a_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('name = "dark"\n[colors]\nprimary = "#123456"\n')
    folders = [bundled_themes_folder(), tmp_path]
    assert load_themes(folders).themes["dark"].primary == "#123456"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name = x\n", "line 1"),
        ("[colors]\n", "needs at least primary"),
        ('[colors]\nprimary = "bluish"\n', "colors.primary = 'bluish' is no colour"),
        ('[colors]\nprimary = "#fff"\ncolour = "#fff"\n', "unknown colour 'colour'"),
        ('nmae = "x"\n[colors]\nprimary = "#fff"\n', "unknown key 'nmae'"),
        ('dark = "yes"\n[colors]\nprimary = "#fff"\n', "dark has to be a bool"),
        ("colors = 3\n", "[colors] has to be a table of strings"),
        (
            '[colors]\nprimary = "#fff"\n[variables]\nblock-cursor-text-style = "blinking"\n',
            "is no text style",
        ),
        ('[colors]\nprimary = "#fff"\n[variables]\nborder = "x"\n', "variables.border"),
    ],
)
def test_a_broken_theme_says_what_is_wrong_and_where(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text)
    with pytest.raises(ThemeError) as caught:
        load_theme(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)
    assert load_themes([tmp_path]).failed == [str(caught.value)]


def test_an_unreadable_theme_is_named(tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.toml").mkdir()
    failed = load_themes([tmp_path]).failed
    assert len(failed) == 2
    assert "bytes.toml" in failed[0]
    assert "folder.toml" in failed[1]


def test_an_unknown_theme_names_those_that_exist() -> None:
    with pytest.raises(ThemeError, match="there are: 16-colour, dark, high-contrast"):
        find_theme("solarised", [bundled_themes_folder()])
    with pytest.raises(ThemeError):
        find_theme("../themes/dark", [bundled_themes_folder()])


def test_a_theme_is_found_under_another_files_name(tmp_path: Path) -> None:
    (tmp_path / "file.toml").write_text('name = "mine"\n[colors]\nprimary = "#123456"\n')
    assert find_theme("mine", [bundled_themes_folder(), tmp_path]).primary == "#123456"
