"""Views on the command line: what filters by one, and what tells of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Command

VIEWS = """\
view = "prod"
[views.prod]
connection_contains = "prod"
columns = ["outcome", "connection"]
widths = { outcome = 20 }
[views.late]
since = "the day of the dog"
[views.brokn]
outcom = "failed"
"""


def listed(command: Command, *arguments: str) -> list[dict[str, Any]]:
    outcome = command("list", "--all", "--format", "jsonl", *arguments)
    assert outcome.code == 0, outcome.err
    return [json.loads(line) for line in outcome.out.splitlines()]


def test_a_list_filters_by_a_view_and_other_options_go_before_it(
    on_demo: Command, settings_file: Path
) -> None:
    settings_file.write_text(VIEWS)
    every = listed(on_demo)
    assert any("prod" not in session["connection"] for session in every)
    prod = listed(on_demo, "--view", "prod")
    assert prod == [session for session in every if "prod" in session["connection"]]
    both = listed(on_demo, "--view", "prod", "--verb", "exec")
    assert both == [session for session in prod if session["verb"] == "exec"]
    one = prod[0]["connection"]
    assert listed(on_demo, "--view", "prod", "--connection", one) == [
        session for session in every if session["connection"] == one
    ]
    failed = listed(on_demo, "--view", "FAILED")
    assert failed == listed(on_demo, "--outcome", "failed")


def test_a_table_has_the_columns_and_widths_of_the_view(
    on_demo: Command, settings_file: Path
) -> None:
    settings_file.write_text(VIEWS)
    header, first, *_ = on_demo("list", "--view", "prod").out.splitlines()
    assert header.split() == ["OUTCOME", "CONNECTION"]
    assert header.index("CONNECTION") == 22
    assert "prod" in first
    columns = on_demo("list", "--view", "prod", "--columns", "id").out.splitlines()
    assert columns[0] == "ID"
    assert on_demo("list", "--view", "prod", "--format", "csv").out.startswith("id,start,")


def test_the_view_of_the_settings_is_the_browsers_alone(
    on_demo: Command, settings_file: Path
) -> None:
    every = listed(on_demo)
    settings_file.write_text(VIEWS)
    assert listed(on_demo) == every


def test_an_export_filters_by_a_view(on_demo: Command, settings_file: Path, tmp_path: Path) -> None:
    settings_file.write_text(VIEWS)
    folder = tmp_path / "out"
    outcome = on_demo(
        *("export", "--view", "prod", "--limit", "3", "--format", "json", "-o", str(folder))
    )
    assert outcome.code in (0, 5), outcome.err
    manifest = json.loads((folder / "manifest.json").read_text())
    ids = [session["id"] for session in manifest["sessions"]]
    assert ids == [session["id"] for session in listed(on_demo, "--view", "prod")[:3]]
    an_id = ids[0]
    both = on_demo("export", "--view", "prod", an_id)
    assert both.code == 2
    assert "give ids, or --view" in both.err


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("nothing", "there are everything, running, waiting for review, rejected, failed,"),
        ("brokn", "line 9: views.brokn.outcom is nothing that a view has; did you mean outcome?"),
        ("late", "the view late: since not understood"),
    ],
)
def test_a_view_that_cannot_be_is_told_before_anything_is_asked(
    on_demo: Command, settings_file: Path, view: str, told: str
) -> None:
    settings_file.write_text(VIEWS)
    outcome = on_demo("list", "--view", view)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err


def test_config_shows_views_and_what_is_wrong_with_them(
    command: Command, settings_file: Path
) -> None:
    settings_file.write_text(VIEWS)
    outcome = command("config")
    assert outcome.code == 0
    lines = [line for line in outcome.out.splitlines() if line.startswith("views.")]
    assert [line.split() for line in lines] == [
        ["views.prod", "conn~prod", "(key", "8)", f"{settings_file},", "line", "2"]
    ]
    late, broken = outcome.err.splitlines()
    assert f"{settings_file}, line 7: views.late.since not understood" in late
    assert f"{settings_file}, line 9: views.brokn.outcom is nothing" in broken


def test_a_shell_completes_the_names(
    command: Command, settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file.write_text(VIEWS)
    for line, words in (
        ("hoopscope --view pr", ["prod"]),
        ("hoopscope list --view r", ["running", "rejected"]),
    ):
        monkeypatch.setenv("_HOOPSCOPE_COMPLETE", "bash_complete")
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split()) - 1))
        found = [each.partition(",")[2] for each in command().out.splitlines()]
        assert found == words
