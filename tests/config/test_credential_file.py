from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from hoopscope.config.credential_file import MAX_BYTES, read_credential_file
from hoopscope.config.errors import SettingsError

SECRET = "hpk_PLANTEDsecret0123456789abcdef"


def test_a_credential_is_read_without_the_line_break_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    path.chmod(0o600)
    assert read_credential_file(str(path), "--token-file") == (SECRET, "")
    path.chmod(0o644)
    assert "chmod 600" in read_credential_file(str(path), "--token-file")[1]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"\xff\xfe", "holds no credential"),
        (SECRET.encode() * (MAX_BYTES // len(SECRET) + 1), "more than a credential"),
    ],
)
def test_what_is_no_credential(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "token"
    path.write_bytes(content)
    with pytest.raises(SettingsError, match=told) as caught:
        read_credential_file(str(path), "--token-file")
    assert str(caught.value).startswith("--token-file: ")
    assert SECRET not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read: No such file"):
        read_credential_file(str(tmp_path / "missing"), "HOOPSCOPE_TOKEN_FILE")
    with pytest.raises(SettingsError, match="cannot be read: Is a directory"):
        read_credential_file(str(tmp_path), "HOOPSCOPE_TOKEN_FILE")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{SECRET}\n".encode())))
    assert read_credential_file("-", "--token-file") == (SECRET, "")
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SettingsError, match="standard input holds no credential"):
        read_credential_file("-", "--token-file")
