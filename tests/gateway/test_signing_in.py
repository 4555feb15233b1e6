"""Getting a credential, against the demo gateway and gateways that do as a test tells them."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator

import httpx
import pytest

from hoopscope.demo.access import PASSWORD
from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.errors import (
    GatewayError,
    NotAuthorised,
    SignInRefused,
    TimedOut,
    UnexpectedAnswer,
    Unreachable,
)
from hoopscope.gateway.signing_in import SignIn, SignInMethod
from tests.gateway.servers import Received, Server, answer, as_json, silent

ANA = "ana@tidewater.example"
PLANTED = "PLANTED-password"


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=0) as running:
        yield running


def sign_in(url: str, deadline: float = 5) -> SignIn:
    return SignIn(GatewayAccess(url, "eyJ.of-before.x"), deadline=deadline)


async def test_a_password_gives_a_credential_of_its_owner(demo: DemoGateway) -> None:
    signing_in = sign_in(demo.url)
    assert await signing_in.method() is SignInMethod.LOCAL
    credential = await signing_in.with_password(ANA, PASSWORD)
    assert (await signing_in.who(credential)).email == ANA
    with pytest.raises(NotAuthorised):
        await signing_in.who(credential + "x")


@pytest.mark.parametrize(
    ("email", "password", "said"),
    [
        ("nobody@tidewater.example", PASSWORD, "knows nobody by this e-mail"),
        (ANA.title(), PASSWORD, "capitals count"),
        (ANA, "wrong", "password is not right"),
    ],
)
async def test_who_is_not_let_in_is_told_why(
    demo: DemoGateway, email: str, password: str, said: str
) -> None:
    with pytest.raises(SignInRefused, match=said):
        await sign_in(demo.url).with_password(email, password)


@pytest.mark.parametrize("method", [SignInMethod.OIDC, SignInMethod.SAML])
async def test_an_identity_providers_page_leads_to_a_credential(method: SignInMethod) -> None:
    with DemoGateway(sessions=0, auth="oidc" if method == "oidc" else "saml") as demo:
        signing_in = sign_in(demo.url)
        assert await signing_in.method() is method
        assert method.needs_browser
        url = await signing_in.login_url(method)
        assert url.startswith(f"{demo.url}/idp/authorize?")
        granted = url.replace("authorize", "answer") + f"&email={ANA}"
        async with httpx.AsyncClient(trust_env=False) as browser:
            location = (await browser.get(granted)).headers["location"]
        assert (await signing_in.who(location.partition("token=")[2])).email == ANA


@pytest.mark.parametrize(
    ("said", "method"),
    [
        ("local", "local"),
        ("idp", "oidc"),
        ("saml", "saml"),
        ("smartcard", "token"),
        (None, "token"),
    ],
)
async def test_the_method_is_what_the_gateway_says_as_far_as_it_is_known(
    said: str | None, method: str
) -> None:
    async with Server(lambda _: as_json({"auth_method": said})) as server:
        assert await sign_in(server.url).method() == method
        assert "authorization" not in server.received[0].headers


@pytest.mark.parametrize(
    "missing",
    [
        answer("404 page not found", 404),
        as_json({"message": "access denied"}, 401),
        answer("<!doctype html><title>hoop</title>"),
    ],
)
async def test_an_old_gateway_that_does_not_say_wants_a_token(missing: bytes) -> None:
    def answering(request: Received) -> bytes:
        return as_json({"liveness": "OK"}) if request.path == "/api/healthz" else missing

    async with Server(answering) as server:
        assert await sign_in(server.url).method() is SignInMethod.TOKEN


async def test_what_is_no_gateway_is_said_before_anybody_types_a_password() -> None:
    async with Server(lambda _: answer("<html>a wiki</html>")) as server:
        with pytest.raises(UnexpectedAnswer):
            await sign_in(server.url).method()
    with pytest.raises(Unreachable):
        await sign_in("http://127.0.0.1:9", deadline=0.5).method()


@pytest.mark.parametrize(
    "given",
    [
        as_json({"login_url": "javascript:alert(1)"}),
        as_json({"login_url": None}),
        as_json({"login_url": "https://[broken"}),
        as_json({"login_url": "https://idp.example/" + "x" * 20_000}),
        as_json([]),
    ],
)
async def test_a_page_that_is_none_is_not_passed_on(given: bytes) -> None:
    async with Server(lambda _: given) as server:
        with pytest.raises(UnexpectedAnswer, match="names no page"):
            await sign_in(server.url).login_url(SignInMethod.OIDC)


TOKEN_TAKEN = as_json({"status": "ok"})
BROKEN_TOKEN = as_json({"status": "ok"}, headers={"Token": "two words"})


@pytest.mark.parametrize("given", [TOKEN_TAKEN, BROKEN_TOKEN])
async def test_a_password_that_gives_no_token_is_said(given: bytes) -> None:
    async with Server(lambda _: given) as server:
        with pytest.raises(UnexpectedAnswer, match="gives no token"):
            await sign_in(server.url).with_password(ANA, PLANTED)
        (received,) = server.received
        assert (received.method, received.path) == ("POST", "/api/localauth/login")


async def test_a_password_is_sent_on_nowhere() -> None:
    async with Server(lambda _: as_json({})) as elsewhere:
        for location in (elsewhere.url + "/api/localauth/login", "/another"):
            moved = answer("", 307, {"Location": location})
            async with Server(lambda _, moved=moved: moved) as server:  # type: ignore[misc]
                with pytest.raises(UnexpectedAnswer, match="not followed"):
                    await sign_in(server.url).with_password(ANA, PLANTED)
                assert len(server.received) == 1
        assert not elsewhere.received


async def test_a_password_that_is_not_answered_is_sent_once() -> None:
    async with Server(lambda _: silent()) as server:
        with pytest.raises(TimedOut):
            await sign_in(server.url, deadline=0.3).with_password(ANA, PLANTED)
        assert len(server.received) == 1


async def test_nothing_tells_a_password(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    told: list[str] = []
    answers = [
        as_json({"message": "user not found"}, 404),
        as_json({"message": "invalid credentials"}, 401),
        as_json({"message": "bad"}, 400),
        as_json({}, 500),
        answer("", 302, {"Location": "http://elsewhere.invalid/"}),
        b"nonsense",
    ]
    for given in answers:
        async with Server(lambda _, given=given: given) as server:  # type: ignore[misc]
            signing_in = sign_in(server.url, deadline=1)
            try:
                await signing_in.with_password(ANA, PLANTED)
            except GatewayError as error:
                told += [
                    str(error),
                    repr(error),
                    error.detail,
                    repr(vars(error)),
                ]
                told += traceback.format_exception(error)
            told += [repr(signing_in), repr(vars(signing_in))]
    told += [record.getMessage() for record in caplog.records]
    told += [caplog.text, *capfd.readouterr()]
    assert len(told) > 20
    assert not [text for text in told if PLANTED in text]
