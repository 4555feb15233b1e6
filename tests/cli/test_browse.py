from __future__ import annotations

import sys
import types

import pytest

from hoopscope.config.settings import Settings
from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from tests.cli.conftest import Command

Started = list[tuple[Settings, Filters | None]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What the browser was started with, instead of the browser."""
    calls: Started = []

    def run_browser(settings: Settings, filters: Filters | None = None) -> int:
        calls.append((settings, filters))
        return 0

    launch = types.ModuleType("hoopscope.tui.launch")
    launch.run_browser = run_browser  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hoopscope.tui.launch", launch)
    return calls


def test_without_arguments_the_browser_opens(
    on_demo: Command, started: Started, demo: DemoGateway
) -> None:
    assert on_demo() == (0, "", "")
    ((settings, filters),) = started
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
    ((settings, filters),) = started
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
    ((_, filters),) = started
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
