from __future__ import annotations

import stat
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hoopscope.config import settings_editing
from hoopscope.config.errors import SettingsError
from hoopscope.config.settings_editing import put_table, remove_table

SECRET = "hpk_PLANTEDsecret0123456789abcdef"
TEXT = f"""\
# mine
token = "{SECRET}" # where

[views.a]   # first
took = "1s"
# last comment
[keys]
"browser.refresh" = "f5"
[views."b c"]
key = 3
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(TEXT)
    return path


def test_a_new_table_stands_at_the_end_and_nothing_else_changes(path: Path) -> None:
    put_table(path, "views", "new one", {"columns": ["when", "who"], "widths": {"who": 3}})
    added = '\n[views."new one"]\ncolumns = ["when", "who"]\nwidths = {who = 3}\n'
    assert path.read_text() == TEXT + added
    for _ in range(3):
        remove_table(
            path, "views", "new one", known={"columns": ["when", "who"], "widths": {"who": 3}}
        )
        assert path.read_text() == TEXT + "\n"
        put_table(path, "views", "new one", {"columns": ["when", "who"], "widths": {"who": 3}})
    assert path.read_text() == TEXT + added


def test_a_table_is_changed_where_it_stands_and_keeps_its_comments(path: Path) -> None:
    put_table(path, "views", "a", {"took": "2s", "since": "7d"}, known={"took": "1s"})
    changed = '[views.a]   # first\ntook = "2s"\n# last comment\nsince = "7d"\n'
    assert path.read_text() == TEXT.replace(
        '[views.a]   # first\ntook = "1s"\n# last comment\n', changed
    )


def test_a_table_is_taken_out(path: Path) -> None:
    remove_table(path, "views", "b c", known={"key": 3})
    assert path.read_text() == TEXT.replace('[views."b c"]\nkey = 3\n', "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "utc = true",
        "views = { a = { took = '1s' } }\nutc = true\n",
        "views.a.took = '1s'\nutc = true\n",
        "[views]\na = { took = '1s' }\n",
        "[views]\r\n[views.a]\r\ntook = '1s'\r\n",
        "[[list]]\na = 1\n[views.a]\ntook = '1s'\n[[list]]\n[views.c]\n",
    ],
)
def test_however_it_was_written(path: Path, text: str) -> None:
    path.write_text(text, newline="")
    before = tomllib.loads(text)
    put_table(path, "views", "b", {"took": "2s"})
    after = tomllib.loads(path.read_text())
    assert after == {**before, "views": {**before.get("views", {}), "b": {"took": "2s"}}}
    remove_table(path, "views", "b", known={"took": "2s"})
    assert tomllib.loads(path.read_text()) in (before, {**before, "views": {}})


plain = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)
values = st.dictionaries(
    st.from_regex(r"[a-z_]{1,8}", fullmatch=True),
    plain | st.booleans() | st.integers(-9, 9) | st.lists(plain, max_size=3),
    max_size=3,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(plain, values, max_size=3), plain, values, st.booleans())
def test_what_else_is_in_the_file_stays(
    path: Path, tables: dict[str, Any], name: str, table: dict[str, Any], after: bool
) -> None:
    keys = '[keys]\n"browser.refresh" = "f5"\n'
    text = tomlkit.dumps({"views": tables})
    path.write_text(text + keys if after else keys + text, newline="")
    put_table(path, "views", name, table, known=tables.get(name))
    wanted = {"keys": {"browser.refresh": "f5"}, "views": {**tables, name: table}}
    assert tomllib.loads(path.read_bytes().decode()) == wanted
    remove_table(path, "views", name, known=table)
    assert tomllib.loads(path.read_bytes().decode()).get("views", {}) == {
        each: tables[each] for each in tables if each != name
    }


def test_the_mode_stays_and_a_new_file_is_its_owners(path: Path, tmp_path: Path) -> None:
    path.chmod(0o640)
    put_table(path, "views", "new", {})
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    fresh = tmp_path / "not" / "there" / "config.toml"
    put_table(fresh, "views", "new", {"took": "1s"})
    assert fresh.read_text() == '[views.new]\ntook = "1s"\n'
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600
    assert [each.name for each in fresh.parent.iterdir()] == ["config.toml"]


def test_a_link_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    put_table(link, "views", "new", {})
    assert link.is_symlink()
    assert "[views.new]" in path.read_text()


@pytest.mark.parametrize("known", [None, {"took": "3s"}])
def test_what_somebody_else_changed_is_left_alone(path: Path, known: object) -> None:
    with pytest.raises(SettingsError, match=r"views\.a was changed by somebody else"):
        put_table(path, "views", "a", {}, known=known)
    with pytest.raises(SettingsError, match=r"views\.a was changed by somebody else"):
        remove_table(path, "views", "a", known=known)
    assert path.read_text() == TEXT


def test_also_when_it_happens_at_that_very_moment(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = settings_editing._edited

    def meanwhile(*given: Any) -> str:
        path.write_text(TEXT + "# by hand\n")
        return edited(*given)

    monkeypatch.setattr(settings_editing, "_edited", meanwhile)
    with pytest.raises(SettingsError, match="meanwhile; try again"):
        put_table(path, "views", "new", {})
    assert path.read_text() == TEXT + "# by hand\n"
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


@pytest.mark.parametrize("text", [f'token = "{SECRET}\n', "views = 3\n", f"{SECRET}\n", "\x00"])
def test_what_is_no_settings_file_is_left_alone(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        put_table(path, "views", "new", {})
    assert str(path) in str(caught.value)
    assert SECRET not in str(caught.value)
    assert path.read_text() == text


def test_what_the_editor_gets_wrong_is_not_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_editing, "_edited", lambda *_: "utc = true\n")
    with pytest.raises(SettingsError, match="cannot be changed without changing more"):
        put_table(path, "views", "new", {})
    assert path.read_text() == TEXT


def test_a_file_that_is_not_to_be_written_is_left_alone(path: Path) -> None:
    path.chmod(0o400)
    with pytest.raises(SettingsError, match="is not to be written"):
        put_table(path, "views", "new", {})
    assert path.read_text() == TEXT
    assert [each.name for each in path.parent.iterdir()] == ["config.toml"]


def test_a_file_of_somebody_else_is_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(SettingsError, match="belongs to somebody else"):
        put_table(path, "views", "new", {})
    assert path.read_text() == TEXT


def test_a_folder_that_cannot_be_made_is_told() -> None:
    with pytest.raises(SettingsError, match="cannot be written"):
        put_table(Path("/proc/nothing/config.toml"), "views", "new", {})
