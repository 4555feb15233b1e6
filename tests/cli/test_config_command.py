from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import SECRET, Command


def test_each_value_with_its_source_and_no_secret(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "xdg" / "hoopscope" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'token = "{SECRET}"\nutc = true\n[keys]\n"browser.refresh" = "f5"\n')
    file.chmod(0o644)
    monkeypatch.setenv("HOOP_APIURL", "https://me:hidden@gateway.example")
    outcome = command("--theme", "light", "config", "--ascii")
    assert outcome.code == 0
    lines = {line.split()[0]: line.split()[1:] for line in outcome.out.splitlines() if line.strip()}
    assert lines["url"] == ["https://gateway.example", "HOOP_APIURL"]
    assert lines["token"] == ["********", f"{file},", "line", "1"]
    assert lines["utc"] == ["yes", f"{file},", "line", "2"]
    assert lines["theme"] == ["light", "--theme"]
    assert lines["ascii"] == ["yes", "--ascii"]
    assert lines["mouse"] == ["yes", "default"]
    assert lines["keys.browser.refresh"][0] == "f5"
    assert f"chmod 600 {file}" in outcome.err
    assert SECRET not in outcome.out + outcome.err
    assert "hidden" not in outcome.out + outcome.err


def test_what_a_profile_says_is_told_to_be_of_it(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        f'[profiles.prod]\nurl = "https://gateway.example"\ntoken = "{SECRET}"\naccent = "red"\n'
        "read_only = false\n"
    )
    file.chmod(0o600)
    arguments = ("--config", str(file), "--read-only", "config", "--profile", "prod")
    outcome = command(*arguments)
    assert (outcome.code, outcome.err) == (0, "")
    lines = {line.split()[0]: line.split()[1:] for line in outcome.out.splitlines() if line.strip()}
    of_profile = ["profile", "prod:", f"{file},", "line"]
    assert lines["url"] == ["https://gateway.example", *of_profile, "2"]
    assert lines["token"] == ["********", *of_profile, "3"]
    assert lines["accent"] == ["red", *of_profile, "4"]
    assert lines["profile"] == ["prod", "--profile"]
    assert lines["read_only"] == ["yes", "--read-only"]
    assert "~/own.toml, profile prod: an address and a credential" in outcome.out
    outcome = command(*arguments[:-1], "prud")
    assert outcome.code == 2
    assert outcome.err == "hoopscope: --profile: 'prud' is no profile; there are prod.\n"
    assert SECRET not in outcome.out


def test_a_broken_file_names_file_line_and_key(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    file.write_text("utc = true\ncolour = 3\n")
    outcome = command("--config", str(file), "config")
    assert outcome.code == 2
    assert outcome.err.startswith(f"hoopscope: {file}, line 2: colour is no setting")


def test_a_token_can_come_through_standard_input(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{SECRET}\n".encode())))
    outcome = command("config", "--url", "https://gateway.example", "--token-file", "-")
    assert outcome.code == 0
    assert "********" in outcome.out
    assert "--token-file (-)" in outcome.out
    assert SECRET not in outcome.out + outcome.err


def test_where_files_are(command: Command, tmp_path: Path) -> None:
    xdg = tmp_path / "xdg" / "hoopscope"
    assert command("locate", "config").out == f"{xdg}/config.toml\n"
    assert command("locate", "themes").out == f"{xdg}/themes\n"
