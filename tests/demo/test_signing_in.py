"""Getting a credential, as a real gateway gives it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from hoopscope.demo.access import PASSWORD
from hoopscope.demo.options import AuthMethod
from hoopscope.demo.server import DemoGateway
from tests.demo.captured import captured
from tests.demo.conftest import Asking

ANA = "ana@tidewater.example"


@contextmanager
def asking(auth: AuthMethod = "local", **more: Any) -> Iterator[Asking]:
    with DemoGateway(sessions=0, auth=auth, **more) as demo, Asking(demo) as found:
        yield found


def login(found: Asking, email: str, password: str) -> httpx.Response:
    given = {"email": email, "password": password}
    return httpx.post(f"{found.demo.url}/api/localauth/login", json=given, trust_env=False)


def test_a_password_gives_a_token_in_a_header() -> None:
    with asking() as found:
        answer = login(found, ANA, PASSWORD)
        assert answer.json() == captured("localauth-login-ok")
        recorded = {
            name.lower(): value for name, value in captured("localauth-login-ok.headers").items()
        }
        for name in ("access-control-expose-headers", "content-type"):
            assert answer.headers[name] == recorded[name]
        assert answer.headers["token"].split(".")[0] == recorded["token"].split(".")[0]
        mine = {"Authorization": f"Bearer {answer.headers['token']}"}
        assert found.response("/api/userinfo", **mine).json()["email"] == ANA


@pytest.mark.parametrize(
    ("email", "password", "status", "name"),
    [
        ("nobody@tidewater.example", PASSWORD, 404, "localauth-login-unknown-user"),
        (ANA.upper(), PASSWORD, 404, "localauth-login-unknown-user"),
        ("ci-deploy", PASSWORD, 404, "localauth-login-unknown-user"),
        (ANA, "wrong", 401, "localauth-login-wrong-password"),
        ("", "", 400, "localauth-login-empty"),
    ],
)
def test_refusals(asking: Asking, email: str, password: str, status: int, name: str) -> None:
    answer = login(asking, email, password)
    assert (answer.status_code, json.loads(answer.content)) == (status, captured(name))
    assert "token" not in answer.headers


def test_what_is_configured_is_said_and_the_other_ways_refused() -> None:
    with asking() as found:
        assert found.nobodys("/api/publicserverinfo").json() == captured("publicserverinfo")
        oidc, saml = found.nobodys("/api/login"), found.nobodys("/api/saml/login")
        assert (oidc.status_code, oidc.json()) == (403, captured("login-login"))
        assert (saml.status_code, saml.json()) == (401, captured("login-saml-login"))
    with asking("saml") as found:
        assert found.nobodys("/api/publicserverinfo").json()["auth_method"] == "saml"
        assert found.nobodys("/api/login").status_code == 403
        assert login(found, ANA, PASSWORD).status_code == 401


@pytest.mark.parametrize(("auth", "path"), [("oidc", "/api/login"), ("saml", "/api/saml/login")])
def test_the_identity_provider_sends_on_to_the_callback(auth: AuthMethod, path: str) -> None:
    with asking(auth) as found:
        url = found.nobodys(path).json()["login_url"]
        page = found.nobodys(url)
        assert page.headers["content-type"].startswith("text/html")
        state = url.rpartition("state=")[2]
        granted = found.nobodys(f"/idp/answer?state={state}&email={ANA}")
        assert granted.status_code == 307
        callback, _, token = granted.headers["location"].partition("?token=")
        assert callback == "http://127.0.0.1:3587/callback"
        mine = {"Authorization": f"Bearer {token}"}
        assert found.response("/api/userinfo", **mine).json()["email"] == ANA
        assert found.nobodys(f"/idp/answer?state={state}&email={ANA}").status_code == 400


def test_who_is_nobody_gets_an_error_and_another_host_nothing() -> None:
    with asking("oidc") as found:
        state = found.nobodys("/api/login").json()["login_url"].rpartition("state=")[2]
        denied = found.nobodys(f"/idp/answer?state={state}")
        assert denied.headers["location"].endswith("/callback?error=unexpected_error")
        assert found.nobodys("/api/login?redirect=http://elsewhere.example").status_code == 422


def test_tokens_of_people_expire_when_told_to_and_keys_do_not() -> None:
    with asking() as found:
        assert found.response("/api/userinfo").status_code == 200
        found.demo.expire()
        assert found.response("/api/userinfo").status_code == 401
        assert found.response("/api/userinfo", "ci-deploy").status_code == 200
        token = login(found, ANA, PASSWORD).headers["token"]
        mine = {"Authorization": f"Bearer {token}"}
        assert found.response("/api/userinfo", **mine).status_code == 200


def test_tokens_of_people_are_good_for_as_long_as_they_are_to_be() -> None:
    with asking(token_seconds=0.3) as found:
        deadline = time.monotonic() + 10
        while found.response("/api/userinfo").status_code == 200:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert found.response("/api/userinfo", "ci-deploy").status_code == 200
