"""A credential that is not accepted any more, while somebody works."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from hoopscope.config.credential_keeper import CredentialKeeper
from hoopscope.config.credentials_store import CredentialsStore
from hoopscope.demo.access import PASSWORD
from hoopscope.demo.options import AuthMethod
from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.widgets.secret_input import SecretInput
from hoopscope.tui.widgets.tick_line import TickLine
from tests.tui.conftest import NOW, browser_on
from tests.tui.screens.sign_in_dialog import (
    ANA,
    CARLA,
    dialog_of,
    dialogs,
    expiring,
    fill,
    problem,
)

pytestmark = pytest.mark.whole

PLANTED = "PLANTED-password"
FILTERS = Filters(connection="prod", connection_contains=True)


def keeper_in(folder: Path, gateway_url: str, credential: str) -> CredentialKeeper:
    path = folder / "credentials.json"
    CredentialsStore(path, "file").keep(gateway_url, credential, ANA)
    return CredentialKeeper(gateway_url, credential, is_kept=True, way="file", path=path)


async def test_work_goes_on_where_it_was() -> None:
    async with expiring(filters=FILTERS) as (gateway, browser):
        await browser.press(*["down"] * 7)
        key, rows = browser.table.cursor_key, browser.table.row_count
        gateway.expire()
        await browser.press("r")
        dialog = await dialog_of(browser)
        assert "signed out" in browser.line("title")
        assert "f3 signs in" in browser.notice
        assert dialog.query_one("#sign-in-email", Input).value == ANA
        assert dialog.focused is dialog.query_one(SecretInput)
        secret = dialog.query_one(SecretInput)
        secret.value = PASSWORD
        await browser.press("enter")
        await browser.until(lambda: not dialogs(browser))
        await browser.until(lambda: "● live" in browser.line("title"))
        await browser.until(lambda: browser.notice == f"Signed in as {ANA}.")
        assert (browser.table.cursor_key, browser.table.row_count) == (key, rows)
        assert browser.table.cursor_row == 7
        assert browser.screen._query.filters == FILTERS
        gateway.insert()
        await browser.press("r")
        await browser.until(lambda: "signed out" not in browser.line("title"))


async def test_many_failures_are_one_question_and_it_can_be_put_off() -> None:
    async with expiring() as (gateway, browser):
        row = browser.link.store.rows(0, 1)[0]
        gateway.expire()
        failing = [browser.link.session(row.id) for _ in range(10)]
        await browser.until(lambda: all(future.done() for future in failing))
        await dialog_of(browser)
        assert len(dialogs(browser)) == 1
        await browser.press("escape")
        await browser.until(lambda: not dialogs(browser))
        await browser.press("r", "down", "r")
        failing = [browser.link.session(row.id) for _ in range(10)]
        await browser.until(lambda: all(future.done() for future in failing))
        assert not dialogs(browser), "who put it off is not asked again by itself"
        assert "signed out" in browser.line("title")
        await browser.press("f3", "f3")
        dialog = await dialog_of(browser)
        assert len(dialogs(browser)) == 1
        await fill(browser, dialog, ANA, PASSWORD)
        await browser.until(lambda: "● live" in browser.line("title"))
        gateway.expire()
        await browser.press("r")
        await dialog_of(browser)


async def test_a_credential_that_is_accepted_again_by_itself_needs_nobody() -> None:
    async with expiring() as (gateway, browser):
        bearers = gateway._world.access._bearers
        gateway.expire()
        await browser.press("r")
        await dialog_of(browser)
        await browser.press("escape")
        now, gateway._world.access._bearers = gateway._world.access._bearers, bearers
        await browser.press("r")
        await browser.until(lambda: "● live" in browser.line("title"))
        assert "accept" not in browser.notice
        gateway._world.access._bearers = now
        await browser.press("r")
        await browser.until(lambda: "signed out" in browser.line("title"))
        assert not dialogs(browser), "it was put off"


async def test_what_is_wrong_is_said_and_nothing_that_was_typed_is_shown() -> None:
    async with expiring() as (gateway, browser):
        gateway.expire()
        await browser.press("r")
        dialog = await dialog_of(browser)
        await fill(browser, dialog, "nobody@tidewater.example", PLANTED)
        await browser.until(lambda: "knows nobody" in problem(dialog))
        await fill(browser, dialog, ANA, PLANTED)
        shown = browser.text() + browser.app.export_screenshot()
        await browser.until(lambda: "password is not right" in problem(dialog))
        secret = dialog.query_one(SecretInput)
        assert secret.value == "", "it is not kept in the field"
        secret.value = PLANTED
        await browser.pilot.pause()
        secret.select_all()
        await browser.press("ctrl+c", "ctrl+x", "ctrl+v")
        assert secret.value == ""
        assert browser.app.clipboard == ""
        shown += browser.text() + browser.app.export_screenshot() + browser.notice
        assert PLANTED not in shown
        assert PLANTED not in repr([dialog, *dialog.walk_children()])


async def test_somebody_else_is_said_to_be_so_and_sees_what_is_theirs() -> None:
    async with expiring() as (gateway, browser):
        generation = browser.link.state.generation
        gateway.expire()
        await browser.press("r")
        dialog = await dialog_of(browser)
        await fill(browser, dialog, CARLA, PASSWORD)
        await browser.until(lambda: browser.link.state.generation > generation)
        await browser.until(lambda: f"{CARLA} · auditor" in browser.line("title"))
        said = f"Signed in as {CARLA}. Before it was {ANA}."
        await browser.until(lambda: browser.notice == said)
        await browser.pilot.pause(0.3)
        assert browser.notice == said, "nothing takes it away by itself"


async def test_a_credential_that_was_kept_is_kept_again(tmp_path: Path) -> None:
    with DemoGateway(sessions=50, now=NOW) as gateway:
        keeper = keeper_in(tmp_path, gateway.url, gateway.token)
        async with browser_on(gateway.url, gateway.token, keeper=keeper, size=(80, 24)) as browser:
            gateway.expire()
            await browser.press("r")
            dialog = await dialog_of(browser)
            assert not dialog.query(TickLine), "there is nothing to ask"
            await fill(browser, dialog, ANA, PASSWORD)
            await browser.until(lambda: "● live" in browser.line("title"))
        found = CredentialsStore(tmp_path / "credentials.json", "file").find(gateway.url)
        assert found is not None
        assert found.value == gateway.tokens[ANA] != gateway.token


async def test_another_is_kept_only_where_that_is_ticked(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    with DemoGateway(sessions=50, now=NOW) as gateway:
        keeper = CredentialKeeper(gateway.url, gateway.token, way="file", path=path)
        async with browser_on(gateway.url, gateway.token, keeper=keeper, size=(60, 20)) as browser:
            for tick in (False, True):
                gateway.expire()
                await browser.press("r")
                dialog = await dialog_of(browser)
                if tick:
                    await browser.press("down", "space")
                    assert "[x] keep it" in browser.text()
                await fill(browser, dialog, ANA, PASSWORD)
                await browser.until(lambda: not dialogs(browser))
                await browser.until(lambda: "● live" in browser.line("title"))
                assert path.exists() is tick


async def test_a_restricted_console_keeps_nothing_and_changes_nobody(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    permissions = Permissions(restricted=True)
    with DemoGateway(sessions=50, now=NOW) as gateway:
        keeper = CredentialKeeper(
            gateway.url, gateway.token, is_kept=True, may_keep=False, way="file", path=path
        )
        async with browser_on(
            gateway.url, gateway.token, keeper=keeper, permissions=permissions, size=(80, 24)
        ) as browser:
            await browser.press("f3")
            await browser.until(lambda: "stays with that" in browser.notice)
            gateway.expire()
            await browser.press("r")
            dialog = await dialog_of(browser)
            assert not dialog.query(TickLine)
            await fill(browser, dialog, ANA, PASSWORD)
            await browser.until(lambda: "● live" in browser.line("title"))
    assert not path.exists()


async def test_a_key_does_as_well_and_the_usual_way_comes_back() -> None:
    async with expiring() as (gateway, browser):
        gateway.expire()
        await browser.press("r")
        dialog = await dialog_of(browser)
        await browser.press("f2")
        await browser.until(lambda: not dialog.query("#sign-in-email"))
        await browser.until(lambda: dialog.query(SecretInput))
        await browser.press("f2")
        await browser.until(lambda: dialog.query("#sign-in-email"))
        await browser.press("f2")
        await browser.until(lambda: not dialog.query("#sign-in-email"))
        dialog.query_one(SecretInput).value = "hpk_wrong"
        await browser.press("enter")
        await browser.until(lambda: "does not accept" in problem(dialog))
        dialog.query_one(SecretInput).value = gateway.tokens["ci-deploy"]
        await browser.press("enter")
        await browser.until(lambda: "ci-deploy" in browser.line("title"))


@pytest.mark.parametrize("auth", ["local", "oidc"])
async def test_it_is_whole_in_small_terminals_with_ascii_signs_alone(
    auth: AuthMethod, port: int, tmp_path: Path
) -> None:
    with DemoGateway(sessions=50, now=NOW, auth=auth) as gateway:
        keeper = CredentialKeeper(gateway.url, path=tmp_path / "kept", way="file")
        async with browser_on(
            gateway.url, gateway.token, size=(80, 24), ascii_only=True, keeper=keeper
        ) as browser:
            gateway.expire()
            await browser.press("r")
            dialog = await dialog_of(browser)
            dialog.query_one(SecretInput).value = "12345"
            for size in ((80, 24), (60, 20)):
                await browser.pilot.resize_terminal(*size)
                lines = browser.text().splitlines()
                assert (len(lines[0]), len(lines)) == size
                shown = "\n".join(each for each in lines if each.count("|") == 2 or "+-" in each)
                assert shown.isascii(), shown
                for part in ("not shown", "*****", "[ ] keep it", "enter sign in", "later"):
                    assert part in shown, browser.text()
