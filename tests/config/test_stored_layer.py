"""What `hoopscope login` kept, among the other settings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hoopscope.config.credentials_store import CredentialsStore
from tests.config.conftest import Load

HERE = "https://here.example"
THERE = "https://there.example"
TOKEN = "hpk_PLANTED-kept-0123456789"


@pytest.fixture
def store(store_file: Path) -> CredentialsStore:
    return CredentialsStore(store_file, "file")


def test_it_is_used_for_its_own_gateway_only(load: Load, store: CredentialsStore) -> None:
    store.keep(HERE, TOKEN)
    settings = load({"url": HERE + "/"})
    assert (settings.token, settings.token_is_kept) == (TOKEN, True)
    assert settings.sources["token"].source == str(store.path)
    assert "kept by `hoopscope login`: a credential" in settings.looked_for
    other = load({"url": THERE})
    assert (other.token, other.token_is_kept) == ("", False)


def test_it_ranks_below_the_own_file_and_above_the_hoop_clis(
    load: Load, store: CredentialsStore
) -> None:
    store.keep(HERE, TOKEN)
    hoop = f'api_url = "{HERE}"\ntoken = "of-the-cli"\n'
    assert load(hoop=hoop).token == TOKEN
    own = f'url = "{HERE}"\ntoken = "of-the-own-file"\n'
    assert load(own=own, hoop=hoop).token == "of-the-own-file"
    settings = load({}, {"HOOP_TOKEN": "of-a-variable"}, hoop=hoop)
    assert (settings.token, settings.token_is_kept) == ("of-a-variable", False)


def test_an_own_credential_for_another_gateway_does_not_stand_in_its_way(
    load: Load, store: CredentialsStore
) -> None:
    store.keep(HERE, TOKEN)
    own = f'url = "{THERE}"\ntoken = "of-the-own-file"\n'
    assert load({"url": HERE}, own=own).token == TOKEN


def test_the_last_sign_in_is_the_address_where_there_is_no_other(
    load: Load, store: CredentialsStore
) -> None:
    store.keep(THERE, "hpk_other")
    store.keep(HERE, TOKEN)
    settings = load()
    assert (settings.url, settings.token) == (HERE, TOKEN)
    assert settings.sources["url"].source == str(store.path)
    hoop = f'api_url = "{THERE}"\ntoken = "of-the-cli"\n'
    assert (load(hoop=hoop).url, load(hoop=hoop).token) == (THERE, "hpk_other")


def test_a_store_that_cannot_be_used_is_complained_about_and_stops_nothing(
    load: Load, store: CredentialsStore
) -> None:
    store.keep(HERE, TOKEN)
    store.path.chmod(0o644)
    settings = load({"url": HERE})
    assert settings.token == ""
    (warning,) = settings.warnings
    assert "chmod 600" in warning
    assert "kept by `hoopscope login`: cannot be read" in settings.looked_for


def test_it_is_not_opened_for_what_needs_no_gateway(load: Load, store: CredentialsStore) -> None:
    store.keep(HERE, TOKEN)
    store.path.chmod(0o644)
    assert load({"url": HERE}, gateway=False).warnings == ()


LOADED = """
import sys
from hoopscope.config.settings import load_settings
settings = load_settings()
print(bool(settings.token), *(name.split(".")[0] for name in sys.modules))
"""


def loaded_with(tmp_path: Path, **more: str) -> set[str]:
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "HOME": str(tmp_path),
        "XDG_STATE_HOME": str(tmp_path),
        **more,
    }
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environ)
    return set(done.stdout.split())


def test_a_start_loads_nothing_for_it_that_it_does_not_need(tmp_path: Path) -> None:
    assert not {"json", "keyring", "True"} & loaded_with(tmp_path)
    store = CredentialsStore(tmp_path / "hoopscope" / "credentials.json", "file")
    store.keep(HERE, TOKEN)
    loaded = loaded_with(tmp_path)
    assert "True" in loaded
    assert "keyring" not in loaded
    # What is in a keyring is left there where another credential is used.
    text = store.path.read_text().replace(f'"credential": "{TOKEN}"', '"keyring": "x.Y"')
    store.path.write_text(text)
    loaded = loaded_with(tmp_path, HOOP_APIURL=HERE, HOOP_TOKEN="another")
    assert "True" in loaded
    assert "keyring" not in loaded
