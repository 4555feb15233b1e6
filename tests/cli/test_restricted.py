"""A restricted console's command line: it prints what the gateway lets it see, and no more."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest

from hoopscope.cli.run import COMPLETION_VARIABLE
from hoopscope.confinement.wording import REFUSAL
from tests.cli.conftest import SECRET, Answering, Command

ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
OFF = f"hoopscope: {REFUSAL}"


@pytest.fixture
def restricted(on_demo: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Commands on the demo gateway, in a folder of their own, with the variable set."""
    monkeypatch.setenv("HOOPSCOPE_RESTRICTED", "1")
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return on_demo


@pytest.mark.parametrize(
    "command_line",
    [
        "config",
        "locate config",
        "locate themes",
        "completion bash",
        "demo serve",
        f"export {ID}",
        f"export {ID} -o here.txt",
        "export --all -o folder/",
        "list -o here.txt",
        f"get {ID} -o here.txt",
    ],
)
def test_what_starts_writes_or_shows_what_is_its_own_is_refused(
    restricted: Command, command_line: str
) -> None:
    became = restricted(*command_line.split())
    assert became.code == 2
    assert became.err.startswith(OFF)
    assert became.out == ""
    assert not list(Path.cwd().iterdir())


def test_what_prints_is_left(restricted: Command) -> None:
    listed = restricted("list", "--limit", "3", "--format", "jsonl")
    assert listed.code == 0
    assert len(listed.out.splitlines()) == 3
    assert restricted("version").code == 0
    assert restricted("list", "--limit", "1", "-o", "-").code == 0


@pytest.mark.parametrize("how", ["flag", "variable"])
def test_completing_starts_no_shell(
    command: Command, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setenv(COMPLETION_VARIABLE, "bash_source")
    if how == "variable":
        monkeypatch.setenv("HOOPSCOPE_RESTRICTED", "yes")
    monkeypatch.setenv("PATH", "/nowhere")
    became = command(*(["--restricted"] if how == "flag" else []))
    assert (became.code, became.out) == (2, "")
    assert became.err.startswith(OFF)


def test_complaints_name_no_file(restricted: Command, tmp_path: Path) -> None:
    missing = tmp_path / "not there.toml"
    for arguments in (("--config", str(missing)), ("--token-file", str(missing))):
        became = restricted(*arguments, "list")
        assert became.code == 2
        assert "a file" in became.err
        assert str(tmp_path) not in became.err
        assert "there.toml" not in became.err


def test_where_a_gateway_was_looked_for_is_not_told(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOOPSCOPE_RESTRICTED", "1")
    became = command("list")
    assert became.code == 2
    assert became.err == f"{OFF} No gateway is set up for it.\n"


def test_no_traceback_is_shown(
    answering: Answering,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from hoopscope.cli.run import run

    answering(b"{}", 401)
    monkeypatch.setenv("HOOPSCOPE_DEBUG", "1")
    shown = {}
    for value in ("0", "1"):
        monkeypatch.setenv("HOOPSCOPE_RESTRICTED", value)
        assert run(["list"]) == 3
        gc.enable()
        shown[value] = capsys.readouterr().err
    assert "Traceback" in shown["0"]
    assert "Traceback" not in shown["1"]
    assert SECRET not in "".join(shown.values())


def test_it_is_over_with_the_next_command_line(
    restricted: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert str(tmp_path) not in restricted("--config", str(tmp_path / "none"), "list").err
    monkeypatch.delenv("HOOPSCOPE_RESTRICTED")
    assert str(tmp_path) in restricted("--config", str(tmp_path / "none"), "list").err


def test_tls_keys_are_written_nowhere(
    restricted: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    assert restricted("list", "--limit", "1").code == 0
    assert "SSLKEYLOGFILE" not in os.environ
