from __future__ import annotations

import threading
from pathlib import Path

import pytest

from hoopscope.config.credential_keeper import CredentialKeeper
from hoopscope.config.credentials_store import CredentialsStore
from hoopscope.config.errors import SettingsError

HERE = "https://here.example"
ANA = "ana@here.example"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "credentials.json"


def kept(path: Path) -> str:
    for thread in threading.enumerate():
        if thread.name == "credential-keeper":
            thread.join(10)
    found = CredentialsStore(path, "file").find(HERE)
    return "" if found is None else found.value


@pytest.fixture
def keeper(path: Path) -> CredentialKeeper:
    """Of a credential that is kept."""
    CredentialsStore(path, "file").keep(HERE, "first", ANA)
    return CredentialKeeper(HERE, "first", is_kept=True, way="file", path=path)


def test_what_is_renewed_again_and_again_is_kept_each_time(
    keeper: CredentialKeeper, path: Path
) -> None:
    for credential in ("second", "third"):
        keeper.renewed(credential)
        assert kept(path) == credential
    assert keeper.user() == ANA


def test_what_another_sign_in_kept_meanwhile_stays(keeper: CredentialKeeper, path: Path) -> None:
    CredentialsStore(path, "file").keep(HERE, "of-another-terminal", ANA)
    keeper.renewed("second")
    assert kept(path) == "of-another-terminal"


def test_what_was_not_kept_is_not_kept_when_it_is_renewed(path: Path) -> None:
    keeper = CredentialKeeper(HERE, "first", way="file", path=path)
    keeper.renewed("second")
    assert kept(path) == ""
    assert keeper.user() == ""
    keeper.keep("third", ANA)
    assert kept(path) == "third"
    keeper.renewed("fourth")
    assert kept(path) == "fourth"


def test_a_credential_that_takes_its_place_and_is_not_kept_leaves_it_alone(
    keeper: CredentialKeeper, path: Path
) -> None:
    keeper.use("for now")
    keeper.renewed("renewed for now")
    assert kept(path) == "first"


def test_a_place_that_cannot_be_written_to_is_said_and_a_renewal_goes_on(
    keeper: CredentialKeeper, path: Path
) -> None:
    path.chmod(0o644)
    keeper.renewed("second")
    with pytest.raises(SettingsError):
        keeper.keep("third", ANA)
    assert not keeper.is_kept


def test_where_nothing_may_be_kept_nothing_counts_as_kept(path: Path) -> None:
    keeper = CredentialKeeper(HERE, "x", is_kept=True, may_keep=False, way="file", path=path)
    assert not keeper.is_kept
    keeper.renewed("second")
    assert kept(path) == ""
