from __future__ import annotations

from pathlib import Path

import pytest

from hoopscope.config import locations


def test_the_xdg_folder_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert locations.config_file() == tmp_path / "xdg/hoopscope/config.toml"
    assert locations.themes_folder() == tmp_path / "xdg/hoopscope/themes"
    assert locations.hoop_cli_file() == tmp_path / ".hoop/config.toml"
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert locations.config_file() == tmp_path / ".config/hoopscope/config.toml"


def test_a_home_that_does_not_exist_is_left_as_it_is() -> None:
    assert locations.expanded("~nobody-of-that-name/x") == Path("~nobody-of-that-name/x")


def test_the_bundled_themes_are_there() -> None:
    assert (locations.bundled_themes_folder() / "dark.toml").is_file()
