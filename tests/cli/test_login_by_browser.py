"""Signing in on an identity provider's page, whose answer comes by itself or is pasted."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from hoopscope.config.credentials_store import CredentialsStore
from hoopscope.demo.options import AuthMethod
from hoopscope.demo.server import DemoGateway
from tests.cli.login_terminal import Terminal, hoopscope

ANA = "ana@tidewater.example"
ELSEWHERE = "import hoopscope.gateway.login_callback as callback; callback.PORT = {port}"


@pytest.fixture
def port() -> int:
    """A free one, for the usual one may be somebody else's here."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    return free


@pytest.fixture(scope="module")
def gateway() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=0, auth="oidc") as running:
        yield running


@contextmanager
def signing_in(
    gateway: DemoGateway, home: Path, port: int, more: str = ""
) -> Iterator[tuple[Terminal, str]]:
    """`hoopscope login`, and the page that it names."""
    program = ELSEWHERE.format(port=port) + more
    with hoopscope(home, "login", "--url", gateway.url, program=program) as terminal:
        terminal.until("Or paste")
        terminal.hide_first()
        found = re.search(r"^(http://\S+/idp/authorize\S+)\r$", terminal.shown, re.MULTILINE)
        assert found is not None, terminal.shown
        yield terminal, found.group(1)


def answer_of(page: str, email: str = ANA) -> str:
    """Where the identity provider sends the browser."""
    assert httpx.get(page, trust_env=False).status_code == 200
    granted = httpx.get(f"{page.replace('authorize', 'answer')}&email={email}", trust_env=False)
    return granted.headers["location"]


def kept(home: Path, gateway: DemoGateway) -> str:
    store = CredentialsStore(home / "state" / "hoopscope" / "credentials.json", "file")
    found = store.find(gateway.url)
    return "" if found is None else found.value


@pytest.mark.parametrize("auth", ["oidc", "saml"])
def test_the_browsers_answer_is_enough(tmp_path: Path, port: int, auth: AuthMethod) -> None:
    with (
        DemoGateway(sessions=0, auth=auth) as gateway,
        signing_in(gateway, tmp_path, port) as (terminal, page),
    ):
        callback = answer_of(page)
        token = callback.partition("token=")[2]
        answered = httpx.get(callback.replace("3587", str(port)), trust_env=False)
        assert "You can close this window" in answered.text
        assert terminal.ended() == 0
        assert terminal.echoes()
        assert f"as {ANA} (admin)" in terminal.shown
        assert kept(tmp_path, gateway) == token
        assert token not in terminal.shown


@pytest.mark.parametrize("form", ["{}", "'{}'"])
def test_a_pasted_answer_is_as_good(
    gateway: DemoGateway, tmp_path: Path, port: int, form: str
) -> None:
    with signing_in(gateway, tmp_path, port) as (terminal, page):
        callback = answer_of(page)
        token = callback.partition("token=")[2]
        terminal.type("http://127.0.0.1:3587/callback")
        terminal.until("no token in this address")
        terminal.until("Or paste")
        terminal.hide_first()
        terminal.type("eyJ.PLANTED-not-accepted.x")
        terminal.until("does not accept the credential")
        terminal.until("Or paste")
        terminal.hide_first()
        terminal.type(form.format(callback))
        assert terminal.ended() == 0
    assert kept(tmp_path, gateway) == token
    assert token not in terminal.shown
    assert "PLANTED" not in terminal.shown


def test_junk_at_the_port_keeps_nobody_from_signing_in(
    gateway: DemoGateway, tmp_path: Path, port: int
) -> None:
    with signing_in(gateway, tmp_path, port) as (terminal, page):
        here = f"http://127.0.0.1:{port}"
        assert httpx.get(f"{here}/", trust_env=False).status_code == 404
        assert httpx.post(f"{here}/callback?token=x", trust_env=False).status_code == 405
        assert httpx.get(f"{here}/callback?token=PLANTED", trust_env=False).status_code == 200
        terminal.until("does not accept the credential")
        httpx.get(answer_of(page).replace("3587", str(port)), trust_env=False)
        assert terminal.ended() == 0


def test_an_answer_that_is_an_error_ends_it(
    gateway: DemoGateway, tmp_path: Path, port: int
) -> None:
    with signing_in(gateway, tmp_path, port) as (terminal, page):
        callback = answer_of(page, "nobody")
        assert callback.endswith("error=unexpected_error")
        answered = httpx.get(callback.replace("3587", str(port)), trust_env=False)
        assert "You were not signed in: unexpected_error" in answered.text
        assert terminal.ended() == 3
        assert terminal.echoes()
    assert "unexpected_error" in terminal.shown
    assert not (tmp_path / "state").exists()


def test_where_the_port_is_taken_pasting_is_left(gateway: DemoGateway, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with signing_in(gateway, tmp_path, taken.getsockname()[1]) as (terminal, page):
            assert "is taken" in terminal.shown
            terminal.type(answer_of(page))
            assert terminal.ended() == 0


def test_nobody_waits_for_ever(gateway: DemoGateway, tmp_path: Path, port: int) -> None:
    soon = "; callback.WAIT_SECONDS = 1"
    with signing_in(gateway, tmp_path, port, soon) as (terminal, _):
        assert terminal.ended() == 1
        assert terminal.echoes()
    assert "nothing came back" in terminal.shown


def test_ctrl_c_ends_it(gateway: DemoGateway, tmp_path: Path, port: int) -> None:
    with signing_in(gateway, tmp_path, port) as (terminal, _):
        terminal.interrupt()
        assert terminal.ended() == 130
        assert terminal.echoes()
    assert "Traceback" not in terminal.shown
