from __future__ import annotations

import pytest

from hoopscope import __version__
from hoopscope.cli import help_texts
from hoopscope.cli.export_command import FORMATS as EXPORT_FORMATS
from hoopscope.cli.filter_options import IDENTITIES, OUTCOMES
from hoopscope.cli.formats.csv_file import CSV_COLUMNS
from hoopscope.config.keys import KEYS
from hoopscope.recordings.exports import FORMATS
from hoopscope.sessions.columns import COLUMNS
from hoopscope.sessions.identity import Identity
from hoopscope.sessions.outcome import Outcome
from tests.cli.conftest import Command

COMMANDS = [
    "list",
    "get",
    "export",
    "output",
    "script",
    "demo",
    "whoami",
    "config",
    "keys",
    "locate",
    "completion",
    "version",
]


def test_the_help_tells_of_every_command(command: Command) -> None:
    outcome = command("--help")
    assert (outcome.code, outcome.err) == (0, "")
    for name in COMMANDS:
        assert f"\n  {name} " in outcome.out
    for heading in ("Examples:", "Exit status:", "Environment:", "Files:", "Gateway:"):
        assert f"\n{heading}\n" in outcome.out


@pytest.mark.parametrize("name", [*COMMANDS, "demo serve"])
def test_every_command_has_a_help(command: Command, name: str) -> None:
    outcome = command(*name.split(), "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("Usage: ")
    assert all(len(line) <= 100 for line in outcome.out.splitlines())


@pytest.mark.parametrize("argument", ["--version", "-V", "version"])
def test_the_version(command: Command, argument: str) -> None:
    assert command(argument) == (0, f"hoopscope {__version__}\n", "")


def test_the_help_names_what_there_is() -> None:
    assert OUTCOMES.split(", ") == [outcome.value for outcome in Outcome]
    assert list(IDENTITIES) == [each.value.lower().replace(" ", "-") for each in Identity]
    words = help_texts.COLUMNS.replace("\n", " ").replace(";", ",").replace(",", " ").split()
    assert words[words.index("csv") + 1 :] == list(CSV_COLUMNS)
    assert words[1 : 1 + len(COLUMNS)] == [column.id for column in COLUMNS]
    lines = help_texts.EXPORT_FORMATS.strip().splitlines()
    assert [line.split()[0] for line in lines] == list(EXPORT_FORMATS) == list(FORMATS)
    for key in KEYS:
        assert key.variable.removeprefix("HOOPSCOPE") in help_texts.ENVIRONMENT
        assert key.hoop_variable in help_texts.ENVIRONMENT


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_names_our_variable(command: Command, shell: str) -> None:
    outcome = command("completion", shell)
    assert outcome.code == 0
    assert f"_HOOPSCOPE_COMPLETE={shell}_complete" in outcome.out
