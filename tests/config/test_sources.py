from __future__ import annotations

from pathlib import Path

import pytest

from hoopscope.config.errors import SettingsError
from hoopscope.config.sources import (
    from_flags,
    from_hoop_file,
    from_own_file,
    from_own_variables,
)

SECRET = "hpk_PLANTEDsecret0123456789abcdef"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('theme = "dark"\nthme = "x"\n', "line 2: thme is no setting; there are url, token"),
        ("utc = 3\n", "line 1: utc has to be true or false"),
        ('\npoll_seconds = "often"\n', "line 2: poll_seconds has to be a number of seconds"),
        ("poll_seconds = 0.5\n", "line 1: poll_seconds has to be a number of seconds from 1"),
        ("deadline_seconds = 0\n", "line 1: deadline_seconds has to be a number"),
        ("deadline_seconds = nan\n", "line 1: deadline_seconds has to be a number"),
        ('stream_limit = "4 chunks"\n', "line 1: stream_limit has to be a number of bytes"),
        ("stream_limit = -1\n", "line 1: stream_limit has to be a number of bytes"),
        ("deadline_seconds = true\n", "line 1: deadline_seconds has to be a number"),
        (f"token = [{SECRET!r}]\n", "line 1: token has to be text"),
        (f"token = {SECRET!r}\ntoken_file = 'x'\n", "line 2: token_file stands beside token"),
        ("[gateway]\nurl = 'x'\n", "line 1: gateway is no setting"),
        ("keys = 3\n", "line 1: keys has to be a table"),
        ("utc = true\n[keys]\nx = 3\n", "line 3: keys.x has to be a key"),
        ('url = "a\\u0000b"\n', "line 1: url has to be text without NUL"),
    ],
)
def test_what_is_wrong_in_the_own_file_names_line_and_key(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        from_own_file(path)
    assert f"{path}, {told}" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_a_value_that_cannot_be_names_its_flag_or_variable() -> None:
    with pytest.raises(SettingsError, match=r"^--poll-seconds has to be a number"):
        from_flags({"poll_seconds": "x"})
    with pytest.raises(SettingsError, match=r"^HOOPSCOPE_UTC has to be true or false"):
        from_own_variables({"HOOPSCOPE_UTC": "perhaps"})


@pytest.mark.parametrize(
    ("word", "value"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("No", False)]
)
def test_words_for_yes_and_no(word: str, value: bool) -> None:
    assert from_own_variables({"HOOPSCOPE_ASCII": word}).values["ascii"].value is value


def test_a_variable_that_is_no_setting_is_warned_about() -> None:
    layer = from_own_variables({"HOOPSCOPE_THME": "x", "HOOPSCOPE_DEBUG": "1", "HOME": "/"})
    assert len(layer.warnings) == 1
    assert "HOOPSCOPE_THME" in layer.warnings[0]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_file_with_a_secret_that_others_can_read_is_complained_about(
    tmp_path: Path, mode: int
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'token = "{SECRET}"\n', encoding="utf-8")
    path.chmod(0o600)
    assert from_own_file(path).warnings == ()
    path.chmod(mode)
    for layer in (from_own_file(path), from_hoop_file(path)):
        assert layer.warnings == (
            f"{path} holds a credential and others can read it: chmod 600 {path}",
        )
    path.write_text('theme = "dark"\n', encoding="utf-8")
    assert from_own_file(path).warnings == ()


def test_what_else_the_hoop_cli_writes_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('api_url = "https://a.example"\ntoken = ""\nnew = [1, 2]\n[more]\n', "utf-8")
    layer = from_hoop_file(path)
    assert set(layer.values) == {"url"}
    assert layer.values["url"].source == f"{path}, line 1"


def test_a_wrong_value_of_the_hoop_cli_names_its_key(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("skip_tls_verify = 'perhaps'\n", "utf-8")
    with pytest.raises(SettingsError, match="line 1: skip_tls_verify has to be true or false"):
        from_hoop_file(path)
