"""GatewayAccess: which addresses and credentials are taken, and what is said of the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.errors import GatewayError, InvalidAddress, InvalidCredential


@pytest.mark.parametrize(
    ("given_url", "url"),
    [
        ("https://gateway.example", "https://gateway.example"),
        ("https://gateway.example/", "https://gateway.example"),
        (" https://gateway.example\n", "https://gateway.example"),
        ("HTTPS://Gateway.Example:8443", "https://gateway.example:8443"),
        ("https://gateway.example/api", "https://gateway.example"),
        ("https://gateway.example/api/", "https://gateway.example"),
        ("https://gateway.example/hoop/", "https://gateway.example/hoop"),
        ("http://127.0.0.1:8009", "http://127.0.0.1:8009"),
        ("http://[::1]:8009", "http://[::1]:8009"),
    ],
)
def test_addresses_have_one_normal_form(given_url: str, url: str) -> None:
    assert GatewayAccess(given_url).url == url
    assert GatewayAccess(url).url == url


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("", "no gateway address"),
        ("   ", "no gateway address"),
        ("gateway.example", "does not begin with https://"),
        ("localhost:8009", "does not begin with https://"),
        ("ftp://gateway.example", "does not begin with https://"),
        ("grpcs://gateway.example:8443", "does not begin with https://"),
        ("https://", "no host"),
        ("https:///api", "no host"),
        ("https://:8009", "no host"),
        ("https://gate way.example", "characters"),
        ("https://gateway.example\nX-Evil: 1", "characters"),
        ("https://gateway\\.example", "characters"),
        ("https://ana:secret@gateway.example", "user name or a password"),
        ("https://gateway.example?a=b", "? or a #"),
        ("https://gateway.example#top", "? or a #"),
        ("https://gateway.example:99999", "cannot be read"),
        ("https://gateway.example:port", "cannot be read"),
        ("https://[::1", "cannot be read"),
        ("https://gateway.example:0", "port 0"),
    ],
)
def test_what_is_no_address_is_refused_with_a_reason(url: str, what: str) -> None:
    with pytest.raises(InvalidAddress) as caught:
        GatewayAccess(url)
    assert what in caught.value.what
    assert caught.value.advice
    assert "secret" not in str(caught.value)


def test_the_grpc_address_is_recognised() -> None:
    with pytest.raises(InvalidAddress, match="gRPC"):
        GatewayAccess("grpcs://gateway.example:8443")


@pytest.mark.parametrize(
    ("credential", "what"),
    [
        ("eyJh\nbGci", "line break"),
        ("eyJh\r\nX-Evil: 1", "line break"),
        ("eyJhbGci\n", "line break"),
        ("two words", "space"),
        ("tab\there", "space"),
        ("Bearer eyJhbGci", "Bearer"),
        ("eyJ\x00", "character"),
        ("eyJ\x7f", "character"),
        ("tökén", "character"),
        ("“eyJ”", "character"),
    ],
)
def test_a_credential_that_would_break_out_of_its_header_is_refused(
    credential: str, what: str
) -> None:
    with pytest.raises(InvalidCredential) as caught:
        GatewayAccess("https://gateway.example", credential)
    assert what in caught.value.what
    assert caught.value.advice
    assert credential not in str(caught.value)
    assert credential not in repr(caught.value)


@pytest.mark.parametrize(
    "credential",
    ["", "hpk_0123", "xapi-0123", "eyJh.bGci.OiJF-_", "123e4567-e89b-42d3-a456-426614174000|k=="],
)
def test_credentials_of_every_form_are_taken(credential: str) -> None:
    assert GatewayAccess("https://gateway.example", credential).credential == credential


def test_the_repr_keeps_the_secrets() -> None:
    access = GatewayAccess("https://gateway.example", "hpk_secret", tls_ca="-----BEGIN secret")
    assert "secret" not in repr(access)
    assert "gateway.example" in repr(access)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://gateway.example/hoop", "gateway.example"),
        ("http://127.0.0.1:8009", "127.0.0.1:8009"),
        ("http://[::1]:8009", "[::1]:8009"),
    ],
)
def test_the_host_is_named_as_people_write_it(url: str, host: str) -> None:
    assert GatewayAccess(url).host == host


@given(st.text(max_size=40) | st.text(max_size=30).map("https://".__add__), st.text(max_size=20))
def test_whatever_is_given_is_taken_or_refused_with_a_sentence(url: str, credential: str) -> None:
    try:
        access = GatewayAccess(url, credential)
    except GatewayError as error:
        refused = error
    else:
        assert GatewayAccess(access.url, credential) == access
        assert access.url.startswith(("https://", "http://"))
        return
    assert refused.what.endswith(".")
    assert refused.advice.endswith(".")
