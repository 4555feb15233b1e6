"""A credential goes to its own gateway and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.config.belonging import public_address, same_gateway, usable
from hoopscope.config.sourced import Sourced
from hoopscope.config.sources import Layer
from tests.config.conftest import Load

HERE = "https://here.example"
THERE = "https://there.example"


def test_a_token_of_a_lower_file_does_not_go_to_another_gateway(load: Load) -> None:
    hoop = f'token = "secret"\napi_url = "{THERE}"\nskip_tls_verify = true\ntls_ca = "x"\n'
    for flags, environ in (
        ({"url": HERE}, {}),
        ({}, {"HOOP_APIURL": HERE}),
        ({}, {"HOOPSCOPE_URL": HERE}),
    ):
        settings = load(flags, environ, hoop=hoop)
        assert settings.url == HERE
        assert settings.token == ""
        assert settings.access() is None
        assert not settings.skip_tls_verify
        assert settings.tls_ca == ""
        assert f"not used, meant for {THERE} and not for {HERE}" in settings.looked_for[-1]


def test_a_token_without_an_address_belongs_to_the_next_one_below(load: Load) -> None:
    hoop = f'api_url = "{THERE}"\n'
    assert load({"url": HERE}, own='token = "secret"', hoop=hoop).token == ""
    assert load({"url": THERE}, own='token = "secret"', hoop=hoop).token == "secret"
    assert load({"url": HERE}, own='token = "secret"').token == "secret"


def test_a_token_of_the_environment_was_set_for_the_command_at_hand(load: Load) -> None:
    hoop = f'api_url = "{THERE}"\ntoken = "other"\n'
    assert load({"url": HERE}, {"HOOP_TOKEN": "secret"}, hoop=hoop).token == "secret"
    assert load({}, {"HOOP_TOKEN": "secret"}, hoop=hoop).token == "secret"
    environ = {"HOOP_TOKEN": "secret", "HOOP_APIURL": THERE}
    assert load({"url": HERE}, environ).token == ""


def test_the_next_token_that_fits_is_taken(load: Load) -> None:
    own = f'url = "{THERE}"\ntoken = "other"\n'
    hoop = f'api_url = "{HERE}/"\ntoken = "right"\n'
    assert load({"url": HERE}, own=own, hoop=hoop).token == "right"


def test_a_token_file_is_not_even_opened_for_another_gateway(load: Load, tmp_path: Path) -> None:
    own = f'url = "{THERE}"\ntoken_file = "{tmp_path}/missing"\n'
    assert load({"url": HERE}, own=own).token == ""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example", "https://A.example:443/", True),
        ("https://a.example/api", "https://a.example", True),
        ("http://a.example", "http://a.example:80", True),
        ("http://a.example", "https://a.example", False),
        ("https://a.example", "https://a.example:8443", False),
        ("https://a.example/one", "https://a.example/two", False),
        ("https://a.example", "https://a.example.evil.example", False),
        ("https://a.example", "https://evil.example/a.example", False),
        ("https://a.example@evil.example", "https://a.example", False),
        ("https://[::1", "https://a.example", False),
    ],
)
def test_which_addresses_are_one_gateway(one: str, other: str, same: bool) -> None:
    assert same_gateway(one, other) is same
    assert same_gateway(other, one) is same


def test_an_address_is_shown_without_a_password() -> None:
    assert public_address("https://me:secret@a.example/x@y") == "https://a.example/x@y"
    assert public_address("me:secret@a.example") == "a.example"
    assert public_address("https://a.example") == "https://a.example"


_urls = st.none() | st.sampled_from([HERE, THERE])
_layers = st.lists(st.tuples(_urls, st.booleans(), st.booleans()), min_size=1, max_size=5).map(
    lambda drawn: [
        Layer(
            str(rank),
            "",
            ({"url": Sourced(url, str(rank))} if url else {})
            | ({"token": Sourced(f"for {url}", str(rank))} if token else {}),
            is_file=is_file,
        )
        for rank, (url, token, is_file) in enumerate(drawn)
    ]
)


@given(_layers)
def test_no_token_beside_an_address_is_used_for_another(layers: list[Layer]) -> None:
    address = next((layer.values["url"].value for layer in layers if "url" in layer.values), None)
    fit, refused = usable(layers)
    for layer in fit:
        if "token" in layer.values and "url" in layer.values:
            assert layer.values["url"].value == address
    assert len(refused) == sum("token" in layer.values for layer in layers if layer not in fit)
