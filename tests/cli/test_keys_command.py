"""`hoopscope keys`, and what is said of `[keys]` in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Command


@pytest.fixture
def own_keys(tmp_path: Path) -> str:
    """A settings file with keys, some of them doubtful."""
    file = tmp_path / "own.toml"
    file.write_text('[keys.browser]\nrefresh = "F5"\nquit = "none"\nfiltres = "ctrl+b"\n')
    return str(file)


def test_every_binding_with_its_keys(command: Command, own_keys: str) -> None:
    outcome = command("keys", "--config", own_keys)
    assert outcome.code == 0
    lines = [line.split() for line in outcome.out.splitlines()]
    assert ["browser.refresh", "f5", "refresh", "(usually", "r)"] in lines
    assert ["browser.quit", "-", "quit", "(usually", "q)"] in lines
    assert ["table.move_up", "↑", "k", "previous", "row"] in lines
    assert outcome.err.startswith("hoopscope: [keys] browser.filtres: nothing is called that.")


def test_where_the_signs_are_ascii_so_are_the_keys(command: Command) -> None:
    outcome = command("--ascii", "keys")
    assert outcome.out.isascii()
    assert ["table.move_up", "up", "k"] in [line.split()[:3] for line in outcome.out.splitlines()]


def test_the_tables_of_the_document(command: Command) -> None:
    outcome = command("keys", "--markdown")
    assert "\n| `browser.show_help` | `?` `f1` | help |\n" in outcome.out


def test_config_tells_of_doubts_too(command: Command, own_keys: str) -> None:
    outcome = command("config", "--config", own_keys)
    assert outcome.code == 0
    assert "browser.filtres: nothing is called that." in outcome.err
    assert "keys.browser.quit     none" in outcome.out
