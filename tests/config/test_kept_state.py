"""What is remembered of a gateway: it survives whatever happens to its file, and is nobody's."""

from __future__ import annotations

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.config.kept_state import KeptState, Looked, StateFile, as_left, with_kept
from tests.config.conftest import Load

FIRST = Looked(1_790_000_000_000_000, 1_790_000_100_000_000)
LATER = Looked(1_790_000_200_000_000, 1_790_000_300_000_000)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "hoopscope" / "one.json"


def test_nothing_is_remembered_at_first_and_nothing_is_made(path: Path) -> None:
    file = StateFile(path)
    assert file.read() == KeptState()
    file.write()
    assert not path.parent.exists()


def test_what_was_chosen_comes_back(path: Path) -> None:
    file = StateFile(path)
    file.keep(view="failed", theme="light", utc=False)
    file.keep(sidebar=False, detail=True)
    file.keep_looked("failed", FIRST)
    file.write()
    kept = StateFile(path).read()
    assert kept == KeptState("failed", "light", False, False, True, {"failed": FIRST})


def test_only_the_owner_can_read_it(path: Path) -> None:
    old = os.umask(0)
    try:
        file = StateFile(path)
        file.keep(view="failed")
        file.write()
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["one.json"]


def test_the_look_of_a_slow_line_is_another_one(path: Path) -> None:
    usual, console = StateFile(path), StateFile(path, console=True)
    usual.keep(theme="dark", sidebar=True, view="failed")
    console.keep(theme="16-colour", sidebar=False)
    usual.write()
    console.write()
    assert StateFile(path).read() == KeptState("failed", "dark", sidebar=True)
    there = StateFile(path, console=True).read()
    assert there == KeptState("failed", "16-colour", sidebar=False)


def test_two_browsers_keep_what_the_other_said(path: Path) -> None:
    one, other = StateFile(path), StateFile(path)
    one.keep(theme="light", utc=True)
    one.keep_looked("everything", LATER)
    other.keep(view="failed", utc=False)
    other.keep_looked("everything", FIRST)
    other.keep_looked("failed", FIRST)
    one.write()
    other.write()
    looked = {"everything": LATER, "failed": FIRST}
    assert StateFile(path).read() == KeptState("failed", "light", False, looked=looked)


def test_many_at_once_lose_nothing(path: Path) -> None:
    def written(number: int) -> None:
        file = StateFile(path)
        file.keep_looked(f"view {number}", FIRST)
        file.write()

    threads = [threading.Thread(target=written, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(StateFile(path).read().looked) == 12


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[1, 2]",
        b"null",
        b"[" * 50_000,
        b'{"view": "' + b"x" * 70_000 + b'"}',
        b'{"view": 7, "theme": ["x"], "utc": "yes", "sidebar": 1, "looked": [], "console": 3}',
        b'{"looked": {"a": 1, "b": [1], "c": ["x", "y"], "d": [-5, 1], "e": [true, 1]}}',
        b'{"looked": {"a": [99999999999999999999, 1]}}',
    ],
)
def test_a_broken_file_is_as_none_and_written_over(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    file = StateFile(path)
    assert file.read() == KeptState()
    assert StateFile(path, console=True).read() == KeptState()
    file.keep(view="failed")
    file.keep_looked("a", FIRST)
    file.write()
    assert StateFile(path).read() == KeptState("failed", looked={"a": FIRST})


def test_what_a_later_version_wrote_stays(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text('{"shape": "round", "console": {"shape": "flat"}}')
    file = StateFile(path, console=True)
    file.keep(theme="light")
    file.write()
    content = json.loads(path.read_bytes())
    assert content == {"shape": "round", "console": {"shape": "flat", "theme": "light"}}


def test_a_file_that_cannot_be_read_is_left_alone(path: Path) -> None:
    path.mkdir(parents=True)
    file = StateFile(path)
    assert file.read() == KeptState()
    file.keep(view="failed")
    file.write()
    assert path.is_dir()
    assert [each.name for each in path.parent.iterdir()] == ["one.json"]
    path.rmdir()
    file.write()
    assert StateFile(path).read().view == "failed"


def test_a_folder_that_cannot_be_made_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    file = StateFile(tmp_path / "state" / "hoopscope" / "one.json")
    assert file.read() == KeptState()
    file.keep(view="failed")
    file.write()
    assert (tmp_path / "state").read_text() == "a file where the folder should be"


def test_a_link_in_its_place_is_replaced_and_not_followed(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(parents=True)
    (tmp_path / "precious").write_text("{}")
    path.symlink_to(tmp_path / "precious")
    file = StateFile(path)
    file.keep(view="failed")
    file.write()
    assert not path.is_symlink()
    assert (tmp_path / "precious").read_text() == "{}"


def test_views_that_were_looked_at_long_ago_are_forgotten(path: Path) -> None:
    file = StateFile(path)
    for number in range(250):
        file.keep_looked(f"view {number}", Looked(number, number))
    file.write()
    looked = StateFile(path).read().looked
    assert set(looked) == {f"view {number}" for number in range(50, 250)}


def test_a_gateway_has_one_file_however_its_address_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    for url in ("https://Hoop.example/api/", "https://hoop.example:443", "https://hoop.example"):
        file = StateFile.of_gateway(url)
        file.keep(view="failed")
        file.write()
    (only,) = (tmp_path / "hoopscope" / "gateways").iterdir()
    assert "hoop.example" not in only.name
    assert StateFile.of_gateway("https://other.example").read() == KeptState()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["view", "looked", "console", "theme", "utc", "a"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_can_be_read_and_written_over(content: object) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.json"
        path.write_text(json.dumps(content))
        file = StateFile(path, console=True)
        file.read()
        file.keep(theme="light", view="failed")
        file.keep_looked("a", FIRST)
        file.write()
        kept = StateFile(path, console=True).read()
        assert (kept.theme, kept.view) == ("light", "failed")
        assert kept.looked["a"].newest >= FIRST.newest


def test_it_stands_in_for_defaults_only(load: Load) -> None:
    kept = KeptState("failed", "light", True, False, None)
    plain = with_kept(load({}, {}), kept, view=True)
    assert (plain.view, plain.theme, plain.utc, plain.sidebar) == ("failed", "light", True, False)
    assert plain.detail is True
    assert plain.sources["theme"].source == "last time"
    assert plain.sources["detail"].source == "default"
    own = 'theme = "dark"\nview = "running"\n'
    told = with_kept(load({"utc": False}, {"HOOPSCOPE_SIDEBAR": "1"}, own=own), kept, view=True)
    assert (told.view, told.theme, told.utc, told.sidebar) == ("running", "dark", False, True)
    assert with_kept(load({}, {}), kept, view=False).view == ""


def test_it_stands_in_for_what_a_slow_line_would_have(load: Load) -> None:
    over_ssh = load({}, {"SSH_CONNECTION": "here there"})
    assert over_ssh.theme == "16-colour"
    assert with_kept(over_ssh, KeptState(theme="light"), view=True).theme == "light"


def test_a_restricted_browser_does_not_even_read_it(
    load: Load, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    url = {"HOOPSCOPE_URL": "https://hoop.example"}
    file = StateFile.of_gateway("https://hoop.example")
    file.keep(theme="light")
    file.write()
    assert as_left(load({}, url), view=True).theme == "light"
    assert as_left(load({}, {}), view=True).theme == "dark"
    assert as_left(load({}, {**url, "HOOPSCOPE_RESTRICTED": "1"}), view=True).theme != "light"
