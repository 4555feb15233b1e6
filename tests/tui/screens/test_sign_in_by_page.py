"""Signing in again on an identity provider's page, while somebody works."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest
from textual.widgets import Static

from hoopscope.demo.options import AuthMethod
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.widgets.secret_input import SecretInput
from tests.tui.screens.sign_in_dialog import ANA, dialog_of, dialogs, expiring

pytestmark = pytest.mark.whole


async def answer_of(page: str) -> str:
    """Where the identity provider sends the browser of somebody who signed in."""
    async with httpx.AsyncClient(trust_env=False) as client:
        granted = await client.get(f"{page.replace('authorize', 'answer')}&email={ANA}")
        return granted.headers["location"]


@pytest.mark.parametrize("auth", ["oidc", "saml"])
async def test_a_page_answers_by_itself_or_pasted(auth: AuthMethod, port: int) -> None:
    async with expiring(auth, size=(60, 20)) as (gateway, browser):
        for pasted in (False, True):
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
            await browser.until(lambda: not dialogs(browser))
            await browser.until(lambda: "● live" in browser.line("title"))


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


async def test_a_restricted_console_opens_no_port_and_takes_what_is_pasted(port: int) -> None:
    async with expiring("oidc", permissions=Permissions(restricted=True)) as (gateway, browser):
        gateway.expire()
        await browser.press("r")
        dialog = await dialog_of(browser)
        page = str(dialog.query_one("#sign-in-page", Static).content)
        assert not str(dialog.query_one("#sign-in-hint", Static).content)
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", port)
        dialog.query_one(SecretInput).value = await answer_of(page)
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
