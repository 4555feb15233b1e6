from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from hoopscope.config.kept_state import StateFile
from hoopscope.config.settings import Settings
from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.views import View
from tests.cli.conftest import Command

Started = list[tuple[Settings, Filters | None, View | None]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What the browser was started with, instead of the browser."""
    calls: Started = []

    def run_browser(
        settings: Settings,
        filters: Filters | None = None,
        view: View | None = None,
        session_id: str = "",
        **_: object,
    ) -> int:
        assert not session_id
        calls.append((settings, filters, view))
        return 0

    launch = types.ModuleType("hoopscope.tui.launch")
    launch.run_browser = run_browser  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hoopscope.tui.launch", launch)
    return calls


def test_without_arguments_the_browser_opens(
    on_demo: Command, started: Started, demo: DemoGateway
) -> None:
    assert on_demo() == (0, "", "")
    ((settings, filters, _),) = started
    access = settings.access()
    assert access is not None
    assert (access.url, access.credential) == (demo.url, demo.token)
    assert filters is None


def test_without_a_gateway_it_opens_too(command: Command, started: Started) -> None:
    assert command() == (0, "", "")
    assert started[0][0].access() is None


def test_filters_are_set(on_demo: Command, started: Started) -> None:
    arguments = ["--connection-contains", "prod", "--since", "2 hours ago", "--without-review"]
    arguments += ["--outcome", "failed,blocked", "--identity", "api-key", "--took", "> 5m"]
    arguments += ["--jira", "OPS-1", "--jira", "OPS-2", "--utc"]
    assert on_demo(*arguments) == (0, "", "")
    ((settings, filters, _),) = started
    assert settings.utc
    assert filters == Filters(
        connection="prod",
        connection_contains=True,
        type_contains=False,
        start="2 hours ago",
        review="none",
        outcomes=("failed", "blocked"),
        identities=("API key",),
        took="> 5m",
        jira="OPS-1,OPS-2",
    )


def test_somebody_is_looked_up_first(on_demo: Command, started: Started) -> None:
    assert on_demo("--user", "bruno@tidewater.example") == (0, "", "")
    ((_, filters, _),) = started
    assert filters is not None
    assert filters.user == "bruno@tidewater.example"
    assert filters.user_id
    assert "@" not in filters.user_id


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--since", "the day of the dog"], "--since: not understood"),
        (["--review-status", "pending"], "--review-status: must be written in capitals"),
        (["--user", "a", "--user", "b"], "takes one --user"),
        (["--outcome", "splendid"], "there is no outcome"),
    ],
)
def test_what_cannot_be_opens_nothing(
    on_demo: Command, started: Started, arguments: list[str], told: str
) -> None:
    outcome = on_demo(*arguments)
    assert outcome.code == 2
    assert told in outcome.err
    assert started == []


VIEWS = """
view = "prod"
[views.prod]
connection_contains = "prod"
since = "last 24 hours"
verb = "exec"
[views.late]
since = "the day of the dog"
[views.broken]
outcom = "failed"
"""


def test_a_view_of_the_settings_is_begun_with(
    on_demo: Command, started: Started, settings_file: Path
) -> None:
    settings_file.write_text(VIEWS)
    assert on_demo() == (0, "", "")
    ((settings, filters, view),) = started
    assert view is not None
    assert view.name == "prod"
    assert (
        filters
        == view.filters
        == Filters(connection="prod", start="last 24 hours", verbs=("exec",))
    )
    assert settings.warnings == ()


def test_options_take_the_place_of_what_the_view_says(
    on_demo: Command, started: Started, settings_file: Path
) -> None:
    settings_file.write_text(VIEWS)
    assert on_demo("--view", "Rejected", "--since", "7d") == (0, "", "")
    assert on_demo("--connection", "pg-prod", "--outcome", "failed") == (0, "", "")
    (_, rejected, view), (_, prod, _) = started
    assert rejected is not None
    assert rejected.essence == Filters(review="REJECTED", start="7d")
    assert view is not None
    assert view.name == "rejected"
    assert prod == Filters(
        connection="pg-prod",
        connection_contains=False,
        type_contains=False,
        start="last 24 hours",
        outcomes=("failed",),
        verbs=("exec",),
    )


def test_somebody_whom_a_view_names_is_looked_up(
    on_demo: Command, started: Started, settings_file: Path
) -> None:
    settings_file.write_text('[views.bruno]\nuser = "bruno@tidewater.example"\n')
    assert on_demo("--view", "bruno") == (0, "", "")
    ((_, filters, _),) = started
    assert filters is not None
    assert filters.user_id
    assert "@" not in filters.user_id


@pytest.mark.parametrize(
    ("view", "told"),
    [
        ("nothing", "--view: there is no view nothing; there are everything, running, waiting"),
        (
            "broken",
            "line 10: views.broken.outcom is nothing that a view has; did you mean outcome?",
        ),
        ("late", "--view: the view late: since not understood"),
    ],
)
def test_a_view_that_cannot_be_is_refused_on_the_command_line_and_told_of_elsewhere(
    on_demo: Command, started: Started, settings_file: Path, view: str, told: str
) -> None:
    settings_file.write_text(VIEWS)
    outcome = on_demo("--view", view)
    assert outcome.code == 2
    assert told in outcome.err
    assert started == []
    settings_file.write_text(VIEWS.replace('"prod"', f'"{view}"', 1))
    assert on_demo() == (0, "", "")
    ((settings, filters, chosen),) = started
    assert (filters, chosen) == (None, None)
    assert told.removeprefix("--view: ") in settings.warnings[0]
    assert f"{settings_file}, line 2" in settings.warnings[0]


def left(demo: DemoGateway, **choices: str) -> None:
    """Have the browser on that gateway left like this."""
    file = StateFile.of_gateway(demo.url)
    file.keep(**choices)
    file.write()


def test_it_begins_as_it_was_left(on_demo: Command, started: Started, demo: DemoGateway) -> None:
    left(demo, view="failed", theme="light")
    assert on_demo().code == 0
    assert on_demo("--view", "rejected", "--theme", "dark").code == 0
    assert on_demo("--text", "x").code == 0
    views = [view.name if view else "" for _, _, view in started]
    assert views == ["failed", "rejected", ""]
    assert [settings.theme for settings, *_ in started] == ["light", "dark", "light"]
    assert started[0][1] == Filters(outcomes=("failed",))


def test_settings_tell_what_is_as_it_was_left(on_demo: Command, demo: DemoGateway) -> None:
    left(demo, theme="light")
    (line,) = [line for line in on_demo("config").out.splitlines() if line.startswith("theme ")]
    assert line.split() == ["theme", "light", "last", "time"]


@pytest.mark.parametrize(
    "view", ["gone", "of nobody", "at no time"], ids=["gone", "nobody", "no time"]
)
def test_a_view_that_is_of_no_use_any_more_is_not_missed(
    on_demo: Command, started: Started, demo: DemoGateway, tmp_path: Path, view: str
) -> None:
    own = tmp_path / "xdg" / "hoopscope" / "config.toml"
    own.parent.mkdir(parents=True)
    own.write_text(
        '[views."of nobody"]\nuser = "nobody@nowhere.example"\n'
        '[views."at no time"]\nsince = "the day of the dog"\n'
    )
    left(demo, view=view)
    assert on_demo() == (0, "", "")
    ((settings, filters, begun),) = started
    assert (filters, begun) == (None, None)
    assert not any("dog" in warning or "gone" in warning for warning in settings.warnings)
    assert on_demo("--view", view).code == 2
