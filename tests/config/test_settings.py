from __future__ import annotations

import base64
from pathlib import Path

import pytest

from hoopscope.config.errors import SettingsError
from hoopscope.config.keys import size
from hoopscope.config.settings import Settings
from hoopscope.gateway.errors import InvalidAddress, InvalidCredential
from tests.config.conftest import Load

HERE = "https://here.example"
THERE = "https://there.example"
SECRET = "hpk_PLANTED-secret-0123456789"


def test_nothing_configured_gives_the_defaults_and_where_was_looked(
    load: Load, own_file: Path, hoop_file: Path
) -> None:
    settings = load()
    assert settings.access() is None
    assert (settings.theme, settings.poll_seconds, settings.deadline_seconds) == ("dark", 5.0, 30.0)
    assert settings.sidebar
    assert settings.detail
    assert settings.mouse
    assert not settings.utc
    assert {sourced.source for sourced in settings.sources.values()} == {"default"}
    places = "\n".join(settings.looked_for)
    for place in ("--url", "HOOPSCOPE_URL", "HOOP_APIURL", str(own_file), str(hoop_file)):
        assert place in places


def test_each_place_outranks_the_next(load: Load) -> None:
    flags: dict[str, object] = {"theme": "flag", "utc": False, "config": None}
    environ = {"HOOPSCOPE_THEME": "variable", "HOOPSCOPE_UTC": "yes", "HOOPSCOPE_MOUSE": "off"}
    own = 'theme = "file"\nutc = true\nmouse = true\npoll_seconds = 9\n'
    settings = load(flags, environ, own=own)
    assert (settings.theme, settings.utc) == ("flag", False)
    assert (settings.mouse, settings.poll_seconds) == (False, 9.0)
    assert settings.sources["theme"].source == "--theme"
    assert settings.sources["utc"].source == "--local"
    assert settings.sources["mouse"].source == "HOOPSCOPE_MOUSE"
    assert settings.sources["poll_seconds"].source.endswith("own/config.toml, line 4")


def test_whoever_ran_hoop_login_needs_nothing(load: Load) -> None:
    pem = "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n"
    encoded = base64.b64encode(pem.encode()).decode()
    settings = load(
        hoop=f'token = "{SECRET}"\napi_url = "{HERE}"\ngrpc_url = "grpcs://here:8443"\n'
        f'tls_ca = "{encoded}"\nskip_tls_verify = true\n'
    )
    access = settings.access()
    assert access is not None
    assert (access.url, access.credential) == (HERE, SECRET)
    assert access.tls_ca == encoded
    assert access.skip_tls_verify


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"HOOP_APIURL": HERE}, {"HOOPSCOPE_URL": THERE}),
        ({"HOOP_TOKEN": "one"}, {"HOOPSCOPE_TOKEN": "two"}),
        ({"HOOP_TLSCA": "one"}, {"HOOPSCOPE_TLS_CA": "two"}),
        ({"HOOP_TLS_SKIP_VERIFY": "true"}, {"HOOPSCOPE_SKIP_TLS_VERIFY": "false"}),
    ],
)
def test_own_variables_outrank_the_hoop_clis(
    load: Load, first: dict[str, str], second: dict[str, str]
) -> None:
    (variable,) = second
    name = variable.removeprefix("HOOPSCOPE_").lower()
    assert load({}, first).sources[name].source == next(iter(first))
    assert load({}, first | second).sources[name].source == variable


def test_an_empty_variable_counts_as_not_set(load: Load) -> None:
    settings = load({}, {"HOOPSCOPE_URL": "", "HOOP_APIURL": HERE, "HOOPSCOPE_UTC": ""})
    assert settings.url == HERE
    assert not settings.utc


def test_a_settings_file_that_was_named_has_to_exist(load: Load, tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    for flags, environ in (
        ({"config": str(missing)}, {}),
        ({}, {"HOOPSCOPE_CONFIG": str(missing)}),
    ):
        with pytest.raises(SettingsError, match=r"missing\.toml: there is no such file"):
            load(flags, environ)
    missing.write_text('theme = "light"\n', encoding="utf-8")
    assert load({"config": str(missing)}, own='theme = "high-contrast"').theme == "light"


def test_a_broken_file_of_the_hoop_cli_is_a_warning(load: Load, hoop_file: Path) -> None:
    settings = load({}, {"HOOPSCOPE_THEME": "light"}, hoop="token = \n")
    assert settings.theme == "light"
    assert [w for w in settings.warnings if f"{hoop_file}, line 1: token" in w]
    assert [line for line in settings.looked_for if line.endswith("cannot be read")]


def test_an_own_relative_authority_is_beside_the_settings_file(load: Load, own_file: Path) -> None:
    own_file.parent.mkdir()
    (own_file.parent / "ca.pem").write_text("x", encoding="utf-8")
    assert load(own='tls_ca = "ca.pem"').tls_ca == str(own_file.parent / "ca.pem")
    assert load({}, {"HOOP_TLSCA": "ca.pem"}, own="").tls_ca == "ca.pem"
    assert load(own='tls_ca = "QUJD"').tls_ca == "QUJD"


def test_a_token_file_is_beside_the_settings_file(load: Load, own_file: Path) -> None:
    own_file.parent.mkdir()
    (own_file.parent / "token").write_text(SECRET, encoding="utf-8")
    settings = load(own='token_file = "token"\n')
    assert settings.token == SECRET
    assert settings.sources["token"].source == f"{own_file}, line 1 ({own_file.parent}/token)"
    assert any("chmod 600" in warning for warning in settings.warnings)


def test_what_is_wrong_with_an_address_or_a_credential_names_its_source(load: Load) -> None:
    with pytest.raises(InvalidAddress, match="from HOOP_APIURL"):
        load({}, {"HOOP_APIURL": "ftp://x", "HOOP_TOKEN": "t"}).access()
    with pytest.raises(InvalidCredential, match="from HOOP_TOKEN") as caught:
        load({}, {"HOOP_APIURL": HERE, "HOOP_TOKEN": f"{SECRET}\n{SECRET}"}).access()
    assert SECRET not in str(caught.value)


def test_signs_are_ascii_where_the_terminal_is(load: Load) -> None:
    assert load(encoding="iso-8859-1").ascii
    assert not load(encoding="UTF-8").ascii
    assert not load({"ascii": False}, encoding="ascii").ascii


def test_no_credential_is_opened_for_what_needs_no_gateway(load: Load) -> None:
    own = 'token_file = "/nowhere/at/all"\ntheme = "light"\n'
    assert load(own=own, gateway=False).theme == "light"
    with pytest.raises(SettingsError, match="/nowhere/at/all"):
        load(own=own)


def test_keys_of_the_user_are_taken_over(load: Load) -> None:
    assert load(own='[keys]\n"browser.refresh" = "f5"\n').keys == {"browser.refresh": "f5"}


def test_a_secret_is_in_no_repr(load: Load) -> None:
    settings = load({}, {"HOOP_APIURL": HERE}, own=f'token = "{SECRET}"\nurl = "{HERE}"\n')
    assert settings.token == SECRET
    assert SECRET not in repr(settings)
    assert settings.sources["token"].shown == "********"


def test_settings_without_anything_are_the_defaults() -> None:
    assert Settings().access() is None


@pytest.mark.parametrize(
    ("given", "bytes_meant"), [("4 MiB", 4 * 2**20), ("10MB", 10**7), ("512", 512), (0, 0)]
)
def test_sizes_are_read_as_people_write_them(given: object, bytes_meant: int) -> None:
    assert size(given) == bytes_meant


def test_over_ssh_it_begins_as_a_slow_line_wants_it(load: Load) -> None:
    ssh = {"SSH_CONNECTION": "192.0.2.1 5 192.0.2.2 22"}
    settings = load(environ=ssh)
    assert settings.console
    assert (settings.theme, settings.sidebar, settings.detail) == ("16-colour", False, False)
    settings = load(environ=ssh, own='theme = "light"\ndetail = true\n')
    assert (settings.theme, settings.sidebar, settings.detail) == ("light", False, True)
    assert load(flags={"console": False}, environ=ssh).theme == "dark"
    assert load(own="console = true\n").theme == "16-colour"


def test_tables_of_the_file_are_given_as_they_are(load: Load) -> None:
    assert load(own='[views.mine]\nuser = "ana"\n').views == {"mine": {"user": "ana"}}
