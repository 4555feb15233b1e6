from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from hoopscope.config.errors import SettingsError
from hoopscope.config.owner_only_file import MAX_BYTES, OwnerOnlyFile

CONTENT = b"PLANTED-content"


@pytest.fixture
def file(tmp_path: Path) -> OwnerOnlyFile:
    return OwnerOnlyFile(tmp_path / "state" / "hoopscope" / "kept.json")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nothing_is_there_to_begin_with(file: OwnerOnlyFile) -> None:
    assert file.read() is None
    assert not file.path.parent.exists(), "looking makes no folder"


@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_only_its_owner_can_read_it_whatever_the_umask(file: OwnerOnlyFile, mask: int) -> None:
    before = os.umask(mask)
    try:
        file.write(CONTENT)
    finally:
        os.umask(before)
    assert file.read() == CONTENT
    assert mode(file.path) == 0o600
    assert mode(file.path.parent) == 0o700
    file.write(b"another")
    assert file.read() == b"another"
    assert [path.name for path in file.path.parent.iterdir()] == ["kept.json"]


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o620, 0o610])
def test_what_others_can_open_is_refused_and_left_alone(file: OwnerOnlyFile, bits: int) -> None:
    file.write(CONTENT)
    file.path.chmod(bits)
    for use in (file.read, lambda: file.write(b"new")):
        with pytest.raises(SettingsError, match="chmod 600"):
            use()
    assert file.path.read_bytes() == CONTENT


def test_a_link_is_refused_and_what_it_leads_to_left_alone(
    file: OwnerOnlyFile, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(CONTENT)
    elsewhere.chmod(0o600)
    file.path.parent.mkdir(parents=True)
    file.path.symlink_to(elsewhere)
    for use in (file.read, lambda: file.write(b"new")):
        with pytest.raises(SettingsError, match="is a link"):
            use()
    assert elsewhere.read_bytes() == CONTENT


def test_a_pipe_of_that_name_is_not_waited_for(file: OwnerOnlyFile) -> None:
    file.path.parent.mkdir(parents=True)
    os.mkfifo(file.path, 0o600)
    with pytest.raises(SettingsError, match="is no file"):
        file.read()


def test_a_folder_that_others_can_write_to_is_refused(file: OwnerOnlyFile) -> None:
    file.path.parent.mkdir(parents=True)
    file.path.parent.chmod(0o777)
    with pytest.raises(SettingsError, match="chmod 700"):
        file.write(CONTENT)
    assert not list(file.path.parent.iterdir())


def test_what_is_too_large_is_not_read(file: OwnerOnlyFile) -> None:
    file.write(b"x" * (MAX_BYTES + 1))
    with pytest.raises(SettingsError, match="larger"):
        file.read()


def test_a_place_that_cannot_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    file = OwnerOnlyFile(tmp_path / "a-file" / "folder" / "kept.json")
    assert file.read() is None
    with pytest.raises(SettingsError, match="cannot be used"):
        file.write(CONTENT)


COUNT = """
import sys
from pathlib import Path
from hoopscope.config.owner_only_file import OwnerOnlyFile
file = OwnerOnlyFile(Path(sys.argv[1]))
for _ in range(25):
    with file.locked():
        file.write(str(int(file.read() or 0) + 1).encode())
"""


def test_processes_that_change_it_at_once_lose_nothing(file: OwnerOnlyFile) -> None:
    command = [sys.executable, "-c", COUNT, str(file.path)]
    running = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert file.read() == b"75"
