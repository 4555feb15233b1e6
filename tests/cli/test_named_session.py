"""A session named on the command line: by its id, by a link, alone or for a command."""

from __future__ import annotations

import io
import sys
import types
from pathlib import Path

import pytest

from hoopscope.config.settings import Settings
from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.views import View
from tests.cli.conftest import Command

ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
Started = list[tuple[Settings, Filters | None, str]]


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
        calls.append((settings, filters, session_id))
        return 0

    launch = types.ModuleType("hoopscope.tui.launch")
    launch.run_browser = run_browser  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "hoopscope.tui.launch", launch)
    return calls


@pytest.fixture
def known(on_demo: Command) -> str:
    """The id of a session that the gateway has, and that has ended."""
    ended = ("--outcome", "succeeded", "--limit", "1")
    listed = on_demo("list", *ended, "--columns", "id", "--format", "csv")
    return listed.out.split()[1]


def test_an_id_alone_opens_the_browser_on_it(on_demo: Command, started: Started) -> None:
    assert on_demo(ID.upper()) == (0, "", "")
    assert [call[1:] for call in started] == [(None, ID)]


def test_options_stand_before_and_behind_it(on_demo: Command, started: Started) -> None:
    assert on_demo("--connection-contains", "prod", ID, "--utc", "--theme", "light").code == 0
    ((settings, filters, session_id),) = started
    assert settings.utc
    assert settings.theme == "light"
    assert filters is not None
    assert (filters.connection, session_id) == ("prod", ID)


def test_a_link_of_this_gateway_opens_it_too(
    on_demo: Command, started: Started, demo: DemoGateway
) -> None:
    assert on_demo(f"{demo.url}/sessions/{ID}").code == 0
    assert on_demo("open", f"{demo.url}/sessions/filtered?id={ID}").code == 0
    assert [session_id for *_, session_id in started] == [ID, ID]


def test_a_link_of_another_gateway_names_both(
    on_demo: Command, started: Started, demo: DemoGateway
) -> None:
    outcome = on_demo(f"https://ana:secret-word@other.example/sessions/{ID}")
    assert outcome.code == 2
    assert "https://other.example" in outcome.err
    assert demo.url in outcome.err
    assert "secret-word" not in outcome.err
    assert started == []


def test_a_link_of_a_profile_opens_that_profile(
    command: Command, started: Started, tmp_path: Path
) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text(
        'url = "https://hoop.example"\ntoken = "hpk_first"\n'
        '[profiles.staging]\nurl = "https://staging.example"\ntoken = "hpk_second"\n'
    )
    settings.chmod(0o600)
    link = f"https://staging.example/sessions/{ID}"
    assert command("--config", str(settings), link) == (0, "", "")
    ((chosen, _, session_id),) = started
    assert (chosen.profile, chosen.url, session_id) == ("staging", "https://staging.example", ID)
    restricted = command("--config", str(settings), "open", "--restricted", link)
    assert restricted.code == 2
    assert "https://staging.example" in restricted.err
    assert len(started) == 1


@pytest.mark.parametrize("wrong", ["https://hoop.example/connections", f"{ID[:-1]}g"])
def test_what_names_no_session_opens_nothing(
    on_demo: Command, started: Started, wrong: str
) -> None:
    outcome = on_demo(wrong)
    assert outcome.code == 2
    assert "such as 74efe044" in outcome.err or "It looks like 74efe044" in outcome.err
    assert started == []


def test_a_word_is_still_taken_for_a_command(on_demo: Command) -> None:
    outcome = on_demo("lits")
    assert outcome.code == 2
    assert "No such command 'lits'" in outcome.err


def test_filters_do_not_go_with_get(on_demo: Command) -> None:
    assert "takes no filters" in on_demo("--text", "x", "get", ID).err


@pytest.mark.parametrize("name", ["get", "script", "output", "tail", "export"])
def test_commands_take_links_where_they_take_ids(
    on_demo: Command, demo: DemoGateway, known: str, name: str, tmp_path: Path
) -> None:
    more = ["-o", str(tmp_path / "out")] if name == "export" else []
    by_id = on_demo(name, known, *more)
    Path(tmp_path / "out").unlink(missing_ok=True)
    by_link = on_demo(name, f"{demo.url}/sessions/{known}", *more)
    assert by_link[:2] == by_id[:2]
    other = on_demo(name, f"https://other.example/sessions/{known}", *more)
    assert other.code == 2
    assert "https://other.example" in other.err


def test_a_credential_from_standard_input_is_read_once(
    command: Command, demo: DemoGateway, known: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOOP_TOKEN")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(demo.token.encode())))
    link = f"{demo.url}/sessions/{known}"
    assert command("get", link, "--token-file", "-").code == 0


def test_completion_still_knows_the_commands(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_HOOPSCOPE_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "hoopscope op")
    monkeypatch.setenv("COMP_CWORD", "1")
    assert "plain,open" in command().out
    monkeypatch.setenv("COMP_WORDS", f"hoopscope {ID} --asc")
    monkeypatch.setenv("COMP_CWORD", "2")
    assert "plain,--ascii" in command().out
