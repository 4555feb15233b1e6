"""A credential that is not accepted any more, while somebody works."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from textual.widgets import Input, Static

from hoopscope.config.credential_keeper import CredentialKeeper
from hoopscope.config.credentials_store import CredentialsStore
from hoopscope.demo.access import PASSWORD
from hoopscope.demo.options import AuthMethod
from hoopscope.demo.server import DemoGateway
from hoopscope.recordings.parts import Part
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.sign_in_link import SignInLink
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.screens.session.screen import SessionScreen
from hoopscope.tui.screens.sign_in import SignInScreen
from hoopscope.tui.widgets.secret_input import SecretInput
from hoopscope.tui.widgets.tick_line import TickLine
from tests.tui.conftest import NOW, Browser, browser_on
from tests.tui.screens.session.conftest import open_session, session_of

ANA, CARLA = "ana@tidewater.example", "carla@tidewater.example"
PLANTED = "PLANTED-password"
FILTERS = Filters(connection="prod", connection_contains=True)


@asynccontextmanager
async def expiring(
    auth: AuthMethod = "local", *, sessions: int = 400, **how: Any
) -> AsyncIterator[tuple[DemoGateway, Browser]]:
    """A browser on a gateway of its own."""
    with DemoGateway(sessions=sessions, now=NOW, auth=auth) as gateway:
        async with browser_on(gateway.url, gateway.token, **how) as browser:
            yield gateway, browser


def keeper_in(folder: Path, gateway_url: str, credential: str) -> CredentialKeeper:
    path = folder / "credentials.json"
    CredentialsStore(path, "file").keep(gateway_url, credential, ANA)
    return CredentialKeeper(gateway_url, credential, is_kept=True, way="file", path=path)


def dialogs(browser: Browser) -> list[SignInScreen]:
    return [screen for screen in browser.app.screen_stack if isinstance(screen, SignInScreen)]


async def dialog_of(browser: Browser) -> SignInScreen:
    """The dialog, with its fields."""
    await browser.until(lambda: dialogs(browser) and dialogs(browser)[0].query(SecretInput))
    return dialogs(browser)[0]


async def fill(browser: Browser, dialog: SignInScreen, email: str, password: str) -> None:
    dialog.query_one("#sign-in-email", Input).value = email
    secret = dialog.query_one(SecretInput)
    secret.focus()
    secret.value = password
    await browser.press("enter")


def problem(dialog: SignInScreen) -> str:
    return str(dialog.query_one("#sign-in-problem", Static).content)


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
        async with browser_on(gateway.url, gateway.token, keeper=keeper) as browser:
            gateway.expire()
            await browser.press("r")
            dialog = await dialog_of(browser)
            assert not dialog.query(TickLine), "there is nothing to ask"
            await fill(browser, dialog, ANA, PASSWORD)
            await browser.until(lambda: "● live" in browser.line("title"))
        found = CredentialsStore(tmp_path / "credentials.json", "file").find(gateway.url)
        assert found is not None
        assert found.value == gateway.tokens[ANA] != gateway.token


@pytest.mark.parametrize("tick", [False, True])
async def test_another_is_kept_only_where_that_is_ticked(tmp_path: Path, tick: bool) -> None:
    path = tmp_path / "credentials.json"
    with DemoGateway(sessions=50, now=NOW) as gateway:
        keeper = CredentialKeeper(gateway.url, gateway.token, way="file", path=path)
        async with browser_on(gateway.url, gateway.token, keeper=keeper, size=(60, 20)) as browser:
            gateway.expire()
            await browser.press("r")
            dialog = await dialog_of(browser)
            if tick:
                await browser.press("down", "space")
                assert "[x] keep it" in browser.text()
            await fill(browser, dialog, ANA, PASSWORD)
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
            gateway.url, gateway.token, keeper=keeper, permissions=permissions
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


async def test_an_open_session_is_loaded_further() -> None:
    async with expiring(sessions=1_500) as (gateway, browser):
        screen = await open_session(
            browser, lambda row: row.verb == "exec" and 0 < row.event_size < 50_000
        )
        gateway.expire()
        await browser.press("r")
        await dialog_of(browser)
        await browser.press("escape")
        await browser.until(lambda: screen.opened.problem is not None)
        screen._look(Part.OUTPUT)
        await browser.until(lambda: screen.opened.was_refused)
        await browser.press("f3")
        dialog = await dialog_of(browser)
        await fill(browser, dialog, ANA, PASSWORD)
        await browser.until(lambda: browser.app.screen is screen)
        await browser.until(lambda: screen.opened.detail is not None and screen.opened.is_whole)
        assert screen._part is Part.OUTPUT
        assert screen.opened.problem is None


async def test_a_running_session_is_followed_again() -> None:
    with DemoGateway(sessions=20) as gateway:
        session_id = gateway.open()
        async with browser_on(gateway.url, gateway.token) as browser:
            await follow_again(gateway, browser, session_id)


async def follow_again(gateway: DemoGateway, browser: Browser, session_id: str) -> None:
    """Open a running session while signed out, sign in, and hear what it does."""
    gateway.expire()
    await browser.press("r")
    await dialog_of(browser)
    await browser.press("escape")
    screen = await open_without_detail(browser, session_id)
    screen._look(Part.OUTPUT)
    await browser.until(lambda: screen.opened.was_refused)
    await browser.press("f3")
    dialog = await dialog_of(browser)
    await fill(browser, dialog, ANA, PASSWORD)
    await browser.until(lambda: browser.app.screen is screen)
    await browser.until(lambda: screen.opened.loading is not None)
    await browser.until(lambda: not screen.opened.was_refused)
    # It is heard only by who has subscribed.
    for number in range(200):
        gateway.emit(session_id, "o", f"heard {number}\r\n".encode())
        await browser.pilot.pause(0.05)
        if "heard" in browser.text():
            break
    assert "heard" in browser.text()


async def open_without_detail(browser: Browser, session_id: str) -> SessionScreen:
    """A session, opened while nothing of it can be loaded."""
    index = browser.link.store.row_of(session_id)
    assert index is not None
    browser.table.move_cursor(index)
    await browser.pilot.pause()
    await browser.press("enter")
    await browser.until(lambda: len(browser.app.screen_stack) == 2)
    screen = session_of(browser)
    await browser.until(lambda: screen.opened.problem is not None)
    return screen


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """A free one, in the place of the usual one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    defaults = SignInLink.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "port", free)
    return free


async def answer_of(page: str) -> str:
    """Where the identity provider sends the browser of somebody who signed in."""
    async with httpx.AsyncClient(trust_env=False) as client:
        granted = await client.get(f"{page.replace('authorize', 'answer')}&email={ANA}")
        return granted.headers["location"]


@pytest.mark.parametrize("auth", ["oidc", "saml"])
@pytest.mark.parametrize("pasted", [False, True])
async def test_a_page_answers_by_itself_or_pasted(
    auth: AuthMethod, pasted: bool, port: int
) -> None:
    async with expiring(auth, size=(60, 20)) as (gateway, browser):
        gateway.expire()
        await browser.press("r")
        dialog = await dialog_of(browser)
        page = str(dialog.query_one("#sign-in-page", Static).content)
        assert page.startswith(f"{gateway.url}/idp/authorize?")
        shown = browser.text()
        assert page[:40] in shown
        assert page[-10:] in shown, "it is whole"
        callback = await answer_of(page)
        secret = dialog.query_one(SecretInput)
        if pasted:
            secret.value = callback
            await browser.press("enter")
        else:
            async with httpx.AsyncClient(trust_env=False) as client:
                answer = await client.get(callback.replace("3587", str(port)))
                assert answer.status_code == 200
        await browser.until(lambda: "● live" in browser.line("title"))
        assert not dialogs(browser)


async def test_where_the_port_is_taken_pasting_is_left(port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        async with expiring("oidc") as (gateway, browser):
            gateway.expire()
            await browser.press("r")
            dialog = await dialog_of(browser)
            hint = dialog.query_one("#sign-in-hint", Static)
            await browser.until(lambda: "has to be pasted" in str(hint.content))
            secret = dialog.query_one(SecretInput)
            secret.value = await answer_of(str(dialog.query_one("#sign-in-page", Static).content))
            await browser.press("enter")
            await browser.until(lambda: "● live" in browser.line("title"))


async def test_the_port_is_given_back_when_it_is_put_off(port: int) -> None:
    async with expiring("oidc") as (gateway, browser):
        gateway.expire()
        await browser.press("r")
        await dialog_of(browser)
        for _ in range(2):
            async with asyncio.timeout(10):
                while True:
                    try:
                        _, writer = await asyncio.open_connection("127.0.0.1", port)
                        writer.close()
                        break
                    except OSError:
                        await asyncio.sleep(0.02)
            await browser.press("escape")
            async with asyncio.timeout(10):
                while True:
                    try:
                        _, writer = await asyncio.open_connection("127.0.0.1", port)
                    except OSError:
                        break
                    writer.close()
                    await asyncio.sleep(0.02)
            await browser.press("f3")
            await dialog_of(browser)


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


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
@pytest.mark.parametrize("auth", ["local", "oidc"])
async def test_it_is_whole_in_small_terminals_with_ascii_signs_alone(
    size: tuple[int, int], auth: AuthMethod, port: int, tmp_path: Path
) -> None:
    with DemoGateway(sessions=50, now=NOW, auth=auth) as gateway:
        keeper = CredentialKeeper(gateway.url, path=tmp_path / "kept", way="file")
        async with browser_on(
            gateway.url, gateway.token, size=size, ascii_only=True, keeper=keeper
        ) as browser:
            gateway.expire()
            await browser.press("r")
            dialog = await dialog_of(browser)
            dialog.query_one(SecretInput).value = "12345"
            await browser.pilot.pause()
            inside = [
                line for line in browser.text().splitlines() if line.count("|") == 2 or "+-" in line
            ]
            shown = "\n".join(inside)
            assert shown.isascii(), shown
            for part in ("not shown", "*****", "[ ] keep it", "enter sign in", "later"):
                assert part in shown, browser.text()
