"""Going from one gateway to another and back, with two real ones on loopback."""

from __future__ import annotations

import asyncio
import gc
import textwrap
import weakref
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from textual.command import CommandPalette
from textual.events import Paste
from textual.screen import Screen
from textual.widgets import Input, Static

from hoopscope.cli.other_gateway import beginning_of
from hoopscope.config.kept_state import KeptState, StateFile
from hoopscope.config.settings import Settings, load_settings
from hoopscope.demo.access import PASSWORD
from hoopscope.demo.server import DemoGateway
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.tui.accents import with_accent
from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.first_screens import FirstScreens
from hoopscope.tui.gateway_switch import GatewaySwitch
from hoopscope.tui.launch import open_link
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.screens.browser import BrowserScreen
from hoopscope.tui.screens.profile_picker import ProfilePicker
from hoopscope.tui.screens.sign_in import SignInScreen
from hoopscope.tui.theming import find_theme
from hoopscope.tui.widgets.profile_list import ProfileList
from hoopscope.tui.widgets.secret_input import SecretInput
from hoopscope.tui.widgets.session_table import VirtualTable
from tests.gateway.servers import Server, as_json
from tests.tui.conftest import FOLDERS, NOW, Browser

pytestmark = pytest.mark.whole

NOBODY = "http://127.0.0.1:9"


@pytest.fixture(scope="module")
def other() -> Iterator[DemoGateway]:
    """Another organisation's history."""
    with DemoGateway(sessions=300, seed=99, now=NOW) as running:
        yield running


@pytest.fixture
def settings(
    tmp_path: Path, gateway: DemoGateway, other: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """`acme` is chosen; `other` is another gateway; the rest cannot be opened."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    file = tmp_path / "config.toml"
    file.write_text(
        f"""
        profile = "acme"
        [profiles.acme]
        url = "{gateway.url}"
        token = "{gateway.token}"
        theme = "dark"
        [profiles.other]
        url = "{other.url}"
        token = "{other.token}"
        accent = "red"
        theme = "light"
        read_only = true
        utc = true
        [profiles.dead]
        url = "{NOBODY}"
        token = "x"
        deadline_seconds = 1
        [profiles.refused]
        url = "{other.url}"
        token = "{gateway.token}"
        [profiles.nothing]
        url = "https://nothing.example"
        [profiles.locked]
        url = "{other.url}"
        token = "{other.token}"
        restricted = true
        """
    )
    file.chmod(0o600)
    return load_settings({}, {}, own_file=file, hoop_file=tmp_path / "hoop.toml")


def application(settings: Settings, make_first: Callable[[], Screen[None]]) -> HoopscopeApp:
    return HoopscopeApp(
        make_first,
        FirstScreens(settings, Filters()).browser,
        theme=find_theme(settings.theme, FOLDERS),
        theme_folders=FOLDERS,
        accent=settings.accent,
        permissions=Permissions(settings.restricted, settings.read_only),
        gateways=GatewaySwitch(settings, beginning_of),
    )


@asynccontextmanager
async def browsing(
    settings: Settings, *, size: tuple[int, int] = (100, 30)
) -> AsyncIterator[Browser]:
    access = settings.access()
    assert access is not None
    link = open_link(settings, access, Filters())
    screens = FirstScreens(settings, Filters())
    app = application(settings, lambda: screens.browser(link, False))
    try:
        async with app.run_test(size=size) as pilot:
            browser = Browser(app, pilot, link)
            await browser.until(lambda: browser.table.row_count)
            yield browser
    finally:
        app.close_link()
        link.close()


def ids(browser: Browser) -> set[str]:
    """The sessions that are in the list."""
    return {row.id for row in browser.screen.link.store.rows(0, 1_000)}


async def choose(browser: Browser, name: str) -> None:
    """Choose a profile in the picker, by keys alone."""
    if not browser.app.screen.query(ProfileList):
        await browser.press("P")
        await browser.until(lambda: isinstance(browser.app.screen, ProfilePicker))
    options = browser.app.screen.query_one(ProfileList)
    assert options.highlighted is not None
    names = [options.name_at(index) for index in range(options.option_count)]
    by = names.index(name) - options.highlighted
    await browser.press(*["j" if by > 0 else "k"] * abs(by), "enter")


async def arrived(browser: Browser, gateway: DemoGateway) -> None:
    """Wait until a gateway's sessions are on screen."""

    def there() -> object:
        screen = browser.app.screen
        return (
            isinstance(screen, BrowserScreen)
            and screen.link.access.url == gateway.url
            and screen.query(VirtualTable)
            and screen.query_one(VirtualTable).row_count
        )

    await browser.until(there)


def collected(screens: list[weakref.ref[Screen[None]]]) -> bool:
    """Whether nothing of screens is in memory any more."""
    gc.collect()
    return not any(ref() for ref in screens)


def nameless_files() -> int:
    """How many files this process has open that have no name any more."""
    entries = [entry for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
    return sum("(deleted)" in str(entry.readlink()) for entry in entries)


async def gone(browser: Browser, screens: list[weakref.ref[Screen[None]]]) -> None:
    """Wait until screens have been taken down."""

    def down() -> bool:
        return not any(screen.is_attached for ref in screens if (screen := ref()) is not None)

    await browser.until(down)


async def tells(browser: Browser, text: str) -> None:
    """Wait until the picker says something."""
    line = browser.app.screen.query_one(Static)
    await browser.until(lambda: text in str(line.render()))


async def test_to_another_gateway_and_back(
    settings: Settings, gateway: DemoGateway, other: DemoGateway
) -> None:
    async with browsing(settings) as browser:
        app, first = browser.app, browser.screen
        here = ids(browser)
        await choose(browser, "other")
        await arrived(browser, other)
        there = ids(browser)
        assert there
        assert not here & there
        assert browser.app.screen_stack == [browser.screen]
        plain = find_theme("light", FOLDERS)
        assert app.current_theme == with_accent(plain, "red") != plain
        assert app.permissions == Permissions(read_only=True)
        assert browser.screen.link.access.read_only
        assert browser.screen._view.utc
        await browser.until(lambda: not first.is_running)
        await browser.until(lambda: not browser.link._worker._thread.is_alive())
        # The connection of the one that was left has nothing of the new one's.
        assert browser.link.access.credential == gateway.token
        await choose(browser, "acme")
        await arrived(browser, gateway)
        assert ids(browser) == here
        assert app.current_theme == find_theme("dark", FOLDERS)
        assert app.permissions == Permissions()


async def test_nothing_is_left_of_a_gateway_that_was_left(
    settings: Settings, gateway: DemoGateway, other: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The event loop keeps timers that were cancelled, and whose they were, until there are many.
    monkeypatch.setattr("asyncio.base_events._MIN_SCHEDULED_TIMER_HANDLES", 0)
    async with browsing(settings) as browser:
        # What was there before need not be looked through each time.
        gc.collect()
        gc.freeze()
        left: list[weakref.ref[Screen[None]]] = []
        files = nameless_files()
        for name, goes_to in (("other", other), ("acme", gateway), ("other", other)):
            await browser.press("enter")
            await browser.until(lambda: len(browser.app.screen_stack) == 2)
            left = [weakref.ref(cast("Screen[None]", each)) for each in browser.app.screen_stack]
            await choose(browser, name)
            await arrived(browser, goes_to)
            await gone(browser, left)
        await browser.until(lambda: nameless_files() <= files)
        # Textual holds the very first screen for as long as it runs; there are no others.
        await browser.until(lambda: collected(left))
    gc.unfreeze()


async def test_a_gateway_that_cannot_be_opened_leaves_everything_in_place(
    settings: Settings, gateway: DemoGateway
) -> None:
    async with browsing(settings) as browser:
        screen, here = browser.screen, ids(browser)
        await browser.press("down", "down")
        for name, told in (
            ("dead", "127.0.0.1:9"),
            ("nothing", "nothing.example"),
        ):
            await choose(browser, name)
            await tells(browser, told)
        await browser.press("escape")
        await browser.until(lambda: browser.app.screen is screen)
        assert ids(browser) == here
        assert browser.table.cursor_row == 2
        assert browser.screen.link.access.url == gateway.url


async def test_where_the_credential_is_not_accepted_one_can_sign_in_there(
    settings: Settings, gateway: DemoGateway
) -> None:
    async with browsing(settings) as browser:
        screen = browser.screen
        await choose(browser, "refused")
        await browser.until(lambda: isinstance(browser.app.screen, SignInScreen))
        await browser.until(lambda: browser.app.screen.query(SecretInput))
        await browser.press("escape")
        await browser.until(lambda: isinstance(browser.app.screen, ProfilePicker))
        await tells(browser, "does not accept the credential")
        await choose(browser, "refused")
        await browser.until(lambda: browser.app.screen.query(SecretInput))
        browser.app.screen.query_one("#sign-in-email", Input).value = "carla@tidewater.example"
        browser.app.screen.query_one(SecretInput).value = PASSWORD
        browser.app.screen.query_one(SecretInput).focus()
        await browser.press("enter")
        await browser.until(
            lambda: (
                isinstance(browser.app.screen, BrowserScreen) and browser.app.screen is not screen
            )
        )
        await browser.until(lambda: "carla@tidewater.example" in browser.line("title"))
        await browser.until(lambda: browser.table.row_count)


async def test_no_credential_of_one_gateway_reaches_another(
    settings: Settings, gateway: DemoGateway
) -> None:
    """The new one has none of its own, and there is one in the environment too."""
    file = settings.config_file
    environ = {"HOOP_TOKEN": gateway.token, "HOOP_APIURL": gateway.url}
    async with Server(as_json({"message": "unauthorized"}, 401)) as stranger:
        text = file.read_text().replace("https://nothing.example", stranger.url)
        file.write_text(f'token = "{gateway.token}"\n{textwrap.dedent(text)}')
        file.chmod(0o600)
        settings = load_settings(
            {"profile": "acme"}, environ, own_file=file, hoop_file=file.with_name("hoop.toml")
        )
        async with browsing(settings) as browser:
            await choose(browser, "nothing")
            await browser.until(lambda: isinstance(browser.app.screen, SignInScreen))
            await browser.press("escape")
            await browser.until(lambda: isinstance(browser.app.screen, ProfilePicker))
    assert stranger.received
    for request in stranger.received:
        assert not {"authorization", "api-key", "cookie"} & request.headers.keys()
        assert gateway.token not in str(request)


async def test_asking_can_be_given_up_and_without_profiles_the_key_says_so(
    settings: Settings, tmp_path: Path
) -> None:
    released = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        await released.wait()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    file = tmp_path / "config.toml"
    file.write_text(file.read_text().replace(NOBODY, f"http://127.0.0.1:{port}"))
    async with browsing(settings) as browser:
        await choose(browser, "dead")
        await tells(browser, "Asking dead")
        await browser.press("escape")
        await browser.until(lambda: isinstance(browser.app.screen, BrowserScreen))
        browser.app.gateways = None
        await browser.press("P")
        await browser.until(lambda: "names no gateway" in browser.notice)
    released.set()
    server.close()


async def ask_palette(browser: Browser, text: str) -> None:
    await browser.press("ctrl+p")
    await browser.until(lambda: isinstance(browser.app.screen, CommandPalette))
    browser.app.screen.query_one(Input).value = text


async def test_a_link_says_whose_it_is_and_a_command_of_the_palette_goes_there_at_once(
    settings: Settings, other: DemoGateway
) -> None:
    link = f"{other.url}/sessions/74efe044-b0a5-4451-93f1-bd7fa0f3a364"
    async with browsing(settings) as browser:
        await browser.press("o")
        browser.app.post_message(Paste(link))
        await browser.press("enter")
        await browser.until(lambda: "the gateway of the profile other" in browser.notice)
        assert "P goes there" in browser.notice
        await ask_palette(browser, "profile other")
        await browser.until(lambda: "Profile: other" in browser.text())
        await browser.press("enter")
        await arrived(browser, other)


async def test_where_no_gateway_is_chosen_the_profiles_are_offered(
    settings: Settings, gateway: DemoGateway, other: DemoGateway
) -> None:
    file = settings.config_file
    file.write_text(file.read_text().replace('profile = "acme"', ""))
    file.chmod(0o600)
    settings = load_settings({}, {}, own_file=file, hoop_file=file.with_name("none.toml"))
    assert settings.access() is None
    app = application(settings, FirstScreens(settings, Filters()).connect)
    async with app.run_test(size=(80, 24)) as pilot:
        browser = Browser(app, pilot, cast("GatewayLink", None))
        first = app.screen
        assert "read-only" in browser.text()
        await choose(browser, "dead")
        await browser.until(lambda: isinstance(app.screen, ProfilePicker))
        await tells(browser, "Nothing listens at 127.0.0.1:9")
        await browser.press("escape")
        await browser.until(lambda: app.screen is first)
        await choose(browser, "acme")
        await arrived(browser, gateway)
        await choose(browser, "other")
        await arrived(browser, other)
    app.close_link()


async def test_from_a_restricted_console_there_is_no_way_to_another_gateway(
    settings: Settings, other: DemoGateway
) -> None:
    async with browsing(settings) as browser:
        await choose(browser, "locked")
        await arrived(browser, other)
        await browser.press("P")
        await browser.until(lambda: "restricted" in browser.notice)
        assert isinstance(browser.app.screen, BrowserScreen)
        await ask_palette(browser, "gateway")
        await browser.until(lambda: "No matches" in browser.text())
        await browser.press("escape")
        await browser.until(lambda: isinstance(browser.app.screen, BrowserScreen))


async def test_each_gateway_is_found_as_it_was_left(
    settings: Settings, gateway: DemoGateway, other: DemoGateway
) -> None:
    async with browsing(settings) as browser:
        await browser.press("5")
        await browser.until(lambda: browser.screen.views.opened.name == "failed")
        await browser.until(lambda: browser.screen.link.state.generation == 2)
        await choose(browser, "other")
        await arrived(browser, other)
        assert browser.screen.views.opened.name == "everything"
        await browser.press("u")
        await choose(browser, "acme")
        await arrived(browser, gateway)
        assert browser.screen.views.opened.name == "failed"
        assert {row.status for row in browser.screen.link.store.rows(0, 50)} == {"done"}
    kept = {
        each.url: StateFile.of_gateway(each.url).read()._replace(looked={})
        for each in settings.profiles[:2]
    }
    assert kept == {gateway.url: KeptState("failed"), other.url: KeptState(utc=False)}
