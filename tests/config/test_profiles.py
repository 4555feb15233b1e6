"""Profiles: which one is chosen, where it ranks, and that no gateway gets another's credential."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from hoopscope.config.belonging import same_gateway
from hoopscope.config.credentials_store import CredentialsStore
from hoopscope.config.errors import SettingsError
from hoopscope.config.profiles import Profile
from hoopscope.config.settings import load_settings
from tests.config.conftest import Load

PROD = "https://prod.example"
DEV = "https://dev.example"
OTHER = "https://other.example"
SECRET = "hpk_PLANTED-secret-0123456789"
OWN = f"""
theme = "light"
utc = true

[profiles.acme-prod]
url = "{PROD}"
token = "of-prod"
accent = "red"
read_only = true
theme = "high-contrast"

[profiles."acme dev"]
url = "{DEV}"
poll_seconds = 60
"""


def test_a_profile_is_chosen_by_flag_variable_or_file(load: Load) -> None:
    for settings in (
        load({"profile": "acme-prod"}, own=OWN),
        load({}, {"HOOPSCOPE_PROFILE": "acme-prod"}, own=OWN),
        load(own='profile = "acme-prod"\n' + OWN),
        load({"profile": "acme-prod"}, {"HOOPSCOPE_PROFILE": "acme dev"}, own=OWN),
        load({}, {"HOOPSCOPE_PROFILE": "acme-prod"}, own='profile = "acme dev"\n' + OWN),
    ):
        assert (settings.url, settings.token) == (PROD, "of-prod")
        assert (settings.accent, settings.theme, settings.utc) == ("red", "high-contrast", True)
        assert settings.read_only
        assert settings.profile == settings.profile_of_gateway == "acme-prod"


def test_read_only_goes_along_to_the_gateway(load: Load) -> None:
    access = load({"profile": "acme-prod"}, own=OWN).access()
    assert access is not None
    assert access.read_only
    access = load({"profile": "acme dev"}, {"HOOPSCOPE_TOKEN": "x"}, own=OWN).access()
    assert access is None
    access = load({}, {"HOOPSCOPE_PROFILE": "acme dev", "HOOPSCOPE_TOKEN": "x"}, own=OWN).access()
    assert access is not None
    assert not access.read_only


def test_no_profile_is_chosen_by_an_empty_flag(load: Load) -> None:
    settings = load({"profile": ""}, own='profile = "acme-prod"\n' + OWN)
    assert (settings.url, settings.accent, settings.profile_of_gateway) == ("", "", "")
    assert not settings.read_only


def test_what_there_is_to_choose_from(load: Load) -> None:
    assert load(own=OWN).profiles == (
        Profile("acme-prod", PROD, "red", True),
        Profile("acme dev", DEV),
    )
    assert load().profiles == ()


def test_a_profile_ranks_right_below_what_chose_it(load: Load) -> None:
    environ = {"HOOPSCOPE_THEME": "mine", "HOOP_APIURL": OTHER, "HOOP_TOKEN": "of other"}
    by_flag = load({"profile": "acme-prod", "utc": False}, environ, own=OWN)
    assert (by_flag.url, by_flag.token, by_flag.theme) == (PROD, "of-prod", "high-contrast")
    assert not by_flag.utc
    by_variable = load({}, environ | {"HOOPSCOPE_PROFILE": "acme-prod"}, own=OWN)
    assert (by_variable.url, by_variable.token, by_variable.theme) == (PROD, "of-prod", "mine")
    by_file = load({}, environ, own='profile = "acme-prod"\n' + OWN)
    assert (by_file.url, by_file.token, by_file.theme) == (OTHER, "of other", "mine")


def test_another_address_has_nothing_of_the_profiles_gateway(load: Load) -> None:
    settings = load({"profile": "acme-prod", "url": OTHER}, own=OWN)
    assert (settings.url, settings.token, settings.accent) == (OTHER, "", "")
    assert settings.profile_of_gateway == ""
    assert any("token, accent not used" in line for line in settings.looked_for)
    # That it may only be read stays: it cannot harm.
    assert settings.read_only


def test_a_value_tells_its_profile_file_and_line(load: Load, own_file: Path) -> None:
    settings = load({"profile": "acme dev"}, own=OWN)
    assert settings.sources["url"].source == f"profile acme dev: {own_file}, line 13"
    assert settings.sources["poll_seconds"].source == f"profile acme dev: {own_file}, line 14"
    assert settings.sources["theme"].source == f"{own_file}, line 2"


def test_an_unknown_profile_names_those_that_there_are(load: Load, own_file: Path) -> None:
    with pytest.raises(SettingsError, match=r"^--profile: 'x' is no profile; there are acme-prod,"):
        load({"profile": "x"}, own=OWN)
    with pytest.raises(SettingsError, match=r"^HOOPSCOPE_PROFILE: .* the settings file has none"):
        load({}, {"HOOPSCOPE_PROFILE": "x"})
    with pytest.raises(SettingsError, match=re.escape(f"{own_file}, line 1: 'x' is no profile")):
        load(own='profile = "x"\n' + OWN)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[profiles.a]\n", "line 1: profiles.a has no url"),
        ('[profiles.a]\nurl = ""\n', "line 1: profiles.a has no url"),
        ("profiles = 3\n", "line 1: profiles has to be a table"),
        ("[profiles]\na = 3\n", "line 1: profiles 'a' has to be a table"),
        ('[profiles." a"]\nurl = "x"\n', "line 1: profiles ' a' is no name"),
        ('[profiles."\\u001b"]\nurl = "x"\n', "line 1: profiles '\\x1b' is no name"),
        (
            f'[profiles.a]\nurl = "x"\n\n[profiles.b]\nurl = "y"\ntoken = [{SECRET!r}]\n',
            "line 6: profiles.b.token has to be text",
        ),
        (
            '[profiles.a]\nurl = "x"\npoll_seconds = "often"\n',
            "line 3: profiles.a.poll_seconds has to be a number",
        ),
        ('[profiles.a]\nurl = "x"\ncolor = "red"\n', "line 3: profiles.a.color is no setting"),
        ('[profiles.a]\nurl = "x"\nmouse = true\n', "line 3: profiles.a.mouse is not for a"),
        ('[profiles.a]\nurl = "x"\nprofile = "b"\n', "line 3: profiles.a.profile is not for"),
        ('[profiles.a]\nurl = "x"\naccent = "rose"\n', "line 3: profiles.a.accent has to be one"),
        (
            f'[profiles.a]\nurl = "x"\ntoken = {SECRET!r}\ntoken_file = "t"\n',
            "line 4: profiles.a.token_file stands beside token",
        ),
        ('profiles.a = { url = "x", utc = 3 }\n', "line 1: profiles.a.utc has to be true or false"),
        ('[profiles]\n\na.url = "x"\na.utc = 3\n', "line 4: profiles.a.utc has to be"),
    ],
)
def test_what_is_wrong_names_line_profile_and_key(
    load: Load, own_file: Path, text: str, told: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(own=text)
    assert f"{own_file}, {told}" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_credential_of_a_profile_is_kept_to_its_owner(load: Load, own_file: Path) -> None:
    assert load(own=OWN).warnings == ()
    own_file.chmod(0o640)
    assert "chmod 600" in load_settings({}, {}, own_file=own_file, hoop_file=own_file).warnings[0]
    assert "of-prod" not in repr(load({"profile": "acme-prod"}, own=OWN))


def test_a_token_file_is_beside_the_settings_file_and_read_for_its_own_profile_only(
    load: Load, own_file: Path
) -> None:
    own = OWN + f'token_file = "token"\n[profiles.third]\nurl = "{OTHER}"\ntoken_file = "gone"\n'
    own_file.parent.mkdir()
    (own_file.parent / "token").write_text(SECRET, encoding="utf-8")
    assert load({"profile": "acme dev"}, own=own).token == SECRET
    with pytest.raises(SettingsError, match="gone cannot be read"):
        load({"profile": "third"}, own=own)


def test_another_profile_is_as_if_it_had_been_named_at_the_start(load: Load) -> None:
    flags: dict[str, object] = {"url": OTHER, "token_file": "-", "theme": "mine", "view": "v"}
    flags |= {"skip_tls_verify": True, "tls_ca": "x", "read_only": True}
    environ = {"HOOP_TOKEN": "of another", "HOOPSCOPE_URL": OTHER, "HOOP_TLS_SKIP_VERIFY": "yes"}
    first = load({**flags, "token_file": None}, environ, own=OWN)
    settings = first.for_profile("acme dev")
    assert (settings.url, settings.token, settings.tls_ca) == (DEV, "", "")
    assert not settings.skip_tls_verify
    assert (settings.theme, settings.view, settings.read_only) == ("mine", "", True)
    assert settings.for_profile("acme-prod").token == "of-prod"
    with pytest.raises(SettingsError, match="'x' is no profile"):
        settings.for_profile("x")


def test_what_login_kept_for_a_profiles_gateway_is_used_for_it(
    load: Load, store_file: Path
) -> None:
    CredentialsStore(store_file, "file").keep(DEV, SECRET)
    settings = load({"profile": "acme dev"}, {"HOOP_TOKEN": "of another"}, own=OWN)
    assert (settings.token, settings.token_is_kept) == (SECRET, True)
    assert load({"profile": "acme-prod"}, own=OWN).token == "of-prod"
    assert load({"profile": "acme-prod"}, own=OWN).for_profile("acme dev").token == SECRET


def test_another_profile_is_of_the_same_settings_file(
    load: Load, own_file: Path, tmp_path: Path
) -> None:
    load(own=OWN)
    other = tmp_path / "other.toml"
    other.write_text('[profiles."acme dev"]\nurl = "https://wrong.example"\n')
    environ = {"HOOPSCOPE_CONFIG": str(other)}
    first = load_settings({"config": str(own_file)}, environ, hoop_file=tmp_path / "none")
    assert first.for_profile("acme dev").url == DEV
    first = load_settings({}, environ, own_file=own_file, hoop_file=tmp_path / "none")
    assert first.for_profile("acme dev").url == "https://wrong.example"


def test_standard_input_gives_no_credential_later(load: Load) -> None:
    first = load(own=OWN + 'token_file = "-"\n', gateway=False)
    with pytest.raises(SettingsError, match=r"line 15: .* only as hoopscope starts"):
        first.for_profile("acme dev")


@pytest.mark.parametrize("name", ["read_only", "restricted"])
def test_what_is_on_anywhere_stays_on(load: Load, own_file: Path, name: str) -> None:
    own = f'{name} = true\n[profiles.a]\nurl = "{PROD}"\n{name} = false\n'
    variable = {f"HOOPSCOPE_{name.upper()}": "off"}
    settings = load({name: False, "profile": "a"}, variable, own=own)
    assert getattr(settings, name)
    assert settings.sources[name].source == f"{own_file}, line 1"
    own = f'{name} = false\n[profiles.a]\nurl = "{PROD}"\n{name} = true\n'
    assert getattr(load({name: False, "profile": "a"}, variable, own=own), name)
    settings = load({"profile": "a"}, {f"HOOPSCOPE_{name.upper()}": "on"}, own=own)
    assert settings.sources[name].source.startswith("profile a: ")
    assert not getattr(load({name: False}, variable, own=own), name)


ABOVE = {
    "flag": (),
    "HOOPSCOPE_PROFILE": ("own-variables",),
    "file": ("own-variables", "hoop-variables"),
}
_url = st.none() | st.sampled_from([PROD, DEV, OTHER])
_profiles = st.dictionaries(
    st.sampled_from(["one", "two"]), st.tuples(st.sampled_from([PROD, DEV]), st.booleans())
)
_place = st.tuples(_url, st.booleans())


@how(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=max(150, how().max_examples),
)
@given(
    st.sampled_from(["flag", "HOOPSCOPE_PROFILE", "file", ""]),
    _profiles,
    *[_place] * 5,
    st.sets(st.sampled_from([PROD, DEV, OTHER])),
)
def test_a_credential_goes_to_its_own_gateway_only(
    tmp_path: Path,
    chosen_by: str,
    profiles: dict[str, tuple[str, bool]],
    flags_place: tuple[str | None, bool],
    own_variables: tuple[str | None, bool],
    hoop_variables: tuple[str | None, bool],
    own: tuple[str | None, bool],
    hoop: tuple[str | None, bool],
    kept: set[str],
) -> None:
    """Each token says which place it is of; `unnamed` is one beside no address."""

    def pair(place: str, given: tuple[str | None, bool], url: str, token: str) -> dict[str, str]:
        address, has_token = given
        values = {url: address} if address else {}
        return values | ({token: f"{place} {address or 'unnamed'}"} if has_token else {})

    def lines(values: dict[str, str]) -> str:
        return "".join(f"{name} = {value!r}\n" for name, value in values.items())

    chosen = next(iter(profiles), "")
    text = f"profile = '{chosen}'\n" if chosen_by == "file" and chosen else ""
    text += lines(pair("own", own, "url", "token"))
    for name, given_there in profiles.items():
        text += f"[profiles.{name}]\n" + lines(pair(name, given_there, "url", "token"))
    own_file, hoop_file = tmp_path / "own.toml", tmp_path / "hoop.toml"
    own_file.write_text(text)
    hoop_file.write_text(lines(pair("hoop", hoop, "api_url", "token")))
    flags: dict[str, object] = {}
    flags |= {name: v for name, v in pair("", flags_place, "url", "").items() if name}
    environ = pair("own-variables", own_variables, "HOOPSCOPE_URL", "HOOPSCOPE_TOKEN")
    environ |= pair("hoop-variables", hoop_variables, "HOOP_APIURL", "HOOP_TOKEN")
    if chosen_by == "flag" and chosen:
        flags["profile"] = chosen
    elif chosen_by == "HOOPSCOPE_PROFILE" and chosen:
        environ["HOOPSCOPE_PROFILE"] = chosen
    store_file = tmp_path / "store.json"
    store_file.unlink(missing_ok=True)
    for url in kept:
        CredentialsStore(store_file, "file").keep(url, f"kept {url}")
    first = load_settings(
        flags, environ, own_file=own_file, hoop_file=hoop_file, store_file=store_file
    )
    for settings, switched in [
        (first, False),
        *((first.for_profile(name), True) for name in profiles),
    ]:
        if switched:
            url, has_token = profiles[settings.profile]
            assert settings.url == url
            # What is its own, or was kept for it, is found.
            assert settings.token or (not has_token and url not in kept)
        if not settings.token:
            continue
        place, _, meant_for = settings.token.partition(" ")
        if place == "own" and meant_for == "unnamed" and hoop[0]:
            # A file without an address was written to be used with the one below it.
            meant_for = hoop[0]
        if meant_for != "unnamed":
            assert same_gateway(meant_for, settings.url)
        elif settings.sources["url"].source.startswith("profile "):
            # Of the places without an address only those above the profile were set for it.
            assert not switched
            assert place in ABOVE[chosen_by]
