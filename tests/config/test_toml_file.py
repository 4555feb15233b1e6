from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoopscope.config.errors import SettingsError
from hoopscope.config.toml_file import MAX_BYTES, read_toml

SECRET = "hpk_PLANTEDsecret0123456789abcdef"


def test_no_file_is_none(tmp_path: Path) -> None:
    assert read_toml(tmp_path / "missing.toml") is None
    (tmp_path / "file").write_text("")
    assert read_toml(tmp_path / "file" / "below.toml") is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'theme = "dark"\nurl = \n', ", line 2: url: no TOML"),
        (b'theme = "dark"\nurl = "\n', ", line 2: url: no TOML"),
        (b"theme\n", ", line 1: no TOML"),
        (b'theme = "a"\ntheme = "b"\n', ", line 2: theme: no TOML"),
        (b'url = "x"\n\xff\n', ", line 2: is not UTF-8"),
        (b'token = "' + SECRET.encode() + b"\n", ", line 1: token: no TOML"),
        (SECRET.encode() + b"\n", ", line 1: no TOML"),
        (b"x = " + b"[" * 5000, "no TOML"),
    ],
)
def test_a_broken_file_names_line_and_key_and_no_value(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        read_toml(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)
    assert SECRET not in str(caught.value)


def test_what_is_no_settings_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_toml(tmp_path)
    with pytest.raises(SettingsError, match="cannot be read"):
        read_toml(tmp_path / "nul\0")
    large = tmp_path / "large.toml"
    large.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(SettingsError, match="larger"):
        read_toml(large)


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("a = 1\nb = 2\n", "b", 2),
        ('\n"b" = 2\n', "b", 2),
        ("ab = 1\nb.c = 2\n", "b", 2),
        ("a = 1\n\n[b]\nc = 1\n", "b", 3),
        ("[[b]]\n", "b", 1),
        ("a = 1\r\nb = 2\r\n", "b", 2),
    ],
)
def test_the_line_of_a_key(tmp_path: Path, text: str, key: str, line: int) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(text.encode())
    file = read_toml(path)
    assert file is not None
    assert file.place(key) == f"{path}, line {line}"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("key = 0\n[a]\nkey = 0\n[a.b]\nother = 1\nkey = 2\n[c]\nkey = 3\n", 6),
        ('[ a . "b" ]\n\nkey = 2\n', 3),
        ("[a]\nx = 1\nb.key = 2\n", 3),
        ("\na.b.key = 2\n", 2),
        ("[a]\nb = { key = 2 }\n", 2),
        ("a = { b = { key = 2 } }\n", 1),
    ],
)
def test_the_line_of_a_key_in_a_table(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    file = read_toml(path)
    assert file is not None
    assert file.place("key", ("a", "b")) == f"{path}, line {line}"
    assert file.wrong("key", "is wrong", ("a", "b")).args == (
        f"{path}, line {line}: a.b.key is wrong.",
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode(errors="replace")))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    try:
        file = read_toml(path)
    except SettingsError as error:
        told = str(error)
    else:
        assert file is not None
        assert file.place("x", ("y", "z")).startswith(str(path))
        told = " ".join([str(path), *(file.place(key) for key in file.content)])
    assert told.startswith(str(path))
