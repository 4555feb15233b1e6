from __future__ import annotations

import time
from pathlib import Path

import pytest

from hoopscope.config import system_keyring
from hoopscope.config.credentials_store import CredentialsStore, stored_credential
from hoopscope.config.errors import SettingsError
from tests.keyrings import (
    LockedKeyring,
    MemoryKeyring,
    PlainTextKeyring,
    RefusingKeyring,
    use_keyring,
)

HERE = "https://here.example"
THERE = "https://there.example/hoop"
TOKEN = "hpk_PLANTED-one-0123456789"
OTHER = "hpk_PLANTED-two-0123456789"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "credentials.json"


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    backend = MemoryKeyring()
    use_keyring(monkeypatch, backend)
    return backend


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No keyring, as on a machine that is reached over ssh."""
    from keyring.backends.fail import Keyring

    use_keyring(monkeypatch, Keyring())  # type: ignore[no-untyped-call]


@pytest.mark.usefixtures("nothing")
def test_without_a_keyring_it_is_kept_in_the_file(path: Path) -> None:
    store = CredentialsStore(path)
    assert store.find(HERE) is None
    assert store.keep(HERE, TOKEN, "ana@here.example").place == str(path)
    found = CredentialsStore(path).find(HERE)
    assert found == (TOKEN, str(path), True)
    assert TOKEN not in repr(found)


def test_with_a_keyring_the_file_says_only_where_it_is(path: Path, memory: MemoryKeyring) -> None:
    store = CredentialsStore(path)
    assert store.keep(HERE, TOKEN, "ana@here.example").place == "keyring (Memory Keyring)"
    assert memory.kept == {("hoopscope", HERE): TOKEN}
    assert TOKEN not in path.read_text()
    found = CredentialsStore(path).find(HERE)
    assert found is not None
    assert (found.value, found.source) == (TOKEN, "keyring (Memory Keyring)")
    about = store.about(HERE)
    assert about is not None
    assert about.user == "ana@here.example"


def test_the_setting_decides_where(path: Path, memory: MemoryKeyring) -> None:
    assert CredentialsStore(path, "file").keep(HERE, TOKEN).place == str(path)
    assert not memory.kept
    assert CredentialsStore(path, "keyring").keep(HERE, TOKEN).place.startswith("keyring")
    assert TOKEN not in path.read_text(), "it is in one place only"
    CredentialsStore(path, "file").keep(HERE, OTHER)
    assert not memory.kept


@pytest.mark.usefixtures("nothing")
def test_where_a_keyring_is_wanted_and_there_is_none_nothing_is_kept(path: Path) -> None:
    with pytest.raises(SettingsError, match="keyring cannot be used"):
        CredentialsStore(path, "keyring").keep(HERE, TOKEN)
    assert not path.exists()


@pytest.mark.parametrize("kind", [PlainTextKeyring, RefusingKeyring])
def test_a_keyring_that_protects_nothing_or_fails_is_none(
    path: Path, monkeypatch: pytest.MonkeyPatch, kind: type[MemoryKeyring]
) -> None:
    backend = kind()
    use_keyring(monkeypatch, backend)
    assert CredentialsStore(path).keep(HERE, TOKEN).place == str(path)
    assert not backend.kept
    with pytest.raises(SettingsError) as failed:
        CredentialsStore(path, "keyring").keep(THERE, TOKEN)
    assert TOKEN not in str(failed.value)


def test_a_keyring_that_never_answers_is_not_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = LockedKeyring()
    use_keyring(monkeypatch, backend)
    backend.unlocked.set()
    CredentialsStore(path).keep(HERE, TOKEN)
    backend.unlocked.clear()
    monkeypatch.setattr(system_keyring, "READ_SECONDS", 0.1)
    began = time.monotonic()
    with pytest.raises(SettingsError, match="did not answer"):
        CredentialsStore(path).find(HERE)
    assert time.monotonic() - began < 5
    monkeypatch.setattr(system_keyring, "WRITE_SECONDS", 0.1)
    assert CredentialsStore(path).keep(THERE, TOKEN).place == str(path)
    backend.unlocked.set()


@pytest.mark.parametrize("way", ["keyring", "file"])
@pytest.mark.parametrize(
    "same",
    ["https://here.example:443", "HTTPS://Here.Example/", "https://here.example/api/"],
)
def test_an_address_is_the_same_however_it_is_written(
    path: Path, memory: MemoryKeyring, way: str, same: str
) -> None:
    store = CredentialsStore(path, way)
    store.keep(same, TOKEN)
    found = store.find(HERE)
    assert found is not None
    assert found.value == TOKEN
    assert [stored.address for stored in store.listed()] == [HERE]


@pytest.mark.parametrize(
    "other", ["http://here.example", "https://here.example:8443", "https://here.example/other"]
)
@pytest.mark.usefixtures("nothing")
def test_another_gateway_is_another(path: Path, other: str) -> None:
    store = CredentialsStore(path)
    store.keep(HERE, TOKEN)
    assert store.find(other) is None


@pytest.mark.parametrize("way", ["keyring", "file"])
def test_what_is_forgotten_is_gone(path: Path, memory: MemoryKeyring, way: str) -> None:
    store = CredentialsStore(path, way)
    store.keep(HERE, TOKEN)
    store.keep(THERE, OTHER)
    assert store.last_address() == THERE
    forgotten = store.forget(THERE)
    assert forgotten is not None
    assert forgotten.address == THERE
    assert store.last_address() == HERE
    assert store.forget(THERE) is None
    store.forget(HERE)
    assert not memory.kept
    assert not path.exists(), "nothing is left behind"
    assert store.last_address() == ""


def test_what_somebody_else_took_out_of_the_keyring_is_forgotten_too(
    path: Path, memory: MemoryKeyring
) -> None:
    store = CredentialsStore(path)
    store.keep(HERE, TOKEN)
    memory.kept.clear()
    assert store.find(HERE) is None
    assert store.forget(HERE) is not None


@pytest.mark.parametrize("way", ["keyring", "file"])
def test_a_renewed_credential_takes_the_place_of_the_one_it_renews(
    path: Path, memory: MemoryKeyring, way: str
) -> None:
    store = CredentialsStore(path, way)
    store.keep(HERE, TOKEN, "ana")
    store.renew(HERE, "renewed", "another that was in use")
    found = store.find(HERE)
    assert found is not None
    assert found.value == TOKEN
    store.renew(HERE, "renewed", TOKEN)
    found = store.find(HERE)
    assert found is not None
    assert found.value == "renewed"
    store.renew(THERE, "renewed", TOKEN)
    assert store.find(THERE) is None
    (stored,) = store.listed()
    assert stored.user == "ana"


@pytest.mark.parametrize("content", ["", "[]", "{", '{"gateways": 1}', '{"gateways": {"a": []}}'])
def test_a_file_that_is_something_else_is_left_alone(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content)
    path.chmod(0o600)
    store = CredentialsStore(path, "file")
    if not content:
        assert store.find(HERE) is None
        return
    for use in (lambda: store.find(HERE), lambda: store.keep(HERE, TOKEN)):
        with pytest.raises(SettingsError, match="not what hoopscope wrote"):
            use()
    assert path.read_text() == content


def test_the_usual_place_is_asked_by_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    CredentialsStore(None, "file").keep(HERE, TOKEN)
    assert (tmp_path / "hoopscope" / "credentials.json").is_file()
    found = stored_credential(HERE)
    assert found is not None
    assert found.value == TOKEN
