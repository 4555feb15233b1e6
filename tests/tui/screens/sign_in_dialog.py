"""The dialog in which one signs in, and a gateway whose tokens expire when they are told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.widgets import Input, Static

from hoopscope.demo.options import AuthMethod
from hoopscope.demo.server import DemoGateway
from hoopscope.tui.screens.sign_in import SignInScreen
from hoopscope.tui.widgets.secret_input import SecretInput
from tests.tui.conftest import NOW, Browser, browser_on

ANA, CARLA = "ana@tidewater.example", "carla@tidewater.example"


@asynccontextmanager
async def expiring(
    auth: AuthMethod = "local", *, sessions: int = 400, size: tuple[int, int] = (80, 24), **how: Any
) -> AsyncIterator[tuple[DemoGateway, Browser]]:
    """A browser on a gateway of its own."""
    with DemoGateway(sessions=sessions, now=NOW, auth=auth) as gateway:
        async with browser_on(gateway.url, gateway.token, size=size, **how) as browser:
            yield gateway, browser


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
