from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from hoopscope.recordings.exports.manifest import Entry, Manifest
from hoopscope.recordings.exports.whole_file import ExportFailed, WholeFile

ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
OPTIONS: dict[str, object] = {"with_secrets": False}
CONTENT = b"what it printed\n"
WHOLE = Entry(
    ID,
    "txt",
    "complete",
    file="a.txt",
    bytes=len(CONTENT),
    sha256=hashlib.sha256(CONTENT).hexdigest(),
    options=OPTIONS,
)


def has_whole(folder: Path, options: dict[str, object] = OPTIONS) -> bool:
    manifest = Manifest(folder, "gateway.example")
    try:
        return manifest.has_whole(ID, "txt", options)
    finally:
        manifest.close()


def test_a_file_counts_only_as_it_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    manifest = Manifest(folder, "gateway.example")
    manifest.begin_run({"began": "now"})
    (folder / "a.txt").write_bytes(CONTENT)
    manifest.add(WHOLE)
    manifest.end_run({"complete": True})
    manifest.close()
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in folder.iterdir()} == {"a.txt", "manifest.json"}
    found = json.loads((folder / "manifest.json").read_text())
    assert found["runs"] == [{"began": "now", "complete": True}]
    assert found["sessions"][0]["sha256"] == WHOLE.sha256
    assert has_whole(folder)
    assert not has_whole(folder, {"with_secrets": True})
    (folder / "a.txt").write_bytes(CONTENT.upper())
    assert not has_whole(folder)
    (folder / "a.txt").unlink()
    assert not has_whole(folder)


def test_what_was_done_is_known_after_a_run_that_was_killed(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, "gateway.example")
    manifest.begin_run({})
    (tmp_path / "a.txt").write_bytes(CONTENT)
    manifest.add(WHOLE)
    manifest.close()
    with (tmp_path / ".manifest.journal").open("ab") as journal:
        journal.write(b'{"id": "half a li')
    assert has_whole(tmp_path)
    with pytest.raises(ExportFailed, match=r"holds sessions of gateway\.example"):
        Manifest(tmp_path, "other.example")


def test_what_was_half_written_when_a_run_was_killed_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".hoopscope-0123456789ab.part").write_bytes(CONTENT)
    (tmp_path / ".hoopscope-mine").write_bytes(CONTENT)
    with WholeFile(tmp_path / "being-written.txt") as file:
        file.write(CONTENT)
        Manifest(tmp_path, "gateway.example").close()
        assert len(list(tmp_path.glob(".hoopscope-*"))) == 2
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {".hoopscope-mine", "being-written.txt", ".manifest.journal"}


def test_a_folder_is_written_by_one_at_a_time(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path, "gateway.example")
    with pytest.raises(ExportFailed, match="Another export is writing"):
        Manifest(tmp_path, "gateway.example")
    manifest.close()
    Manifest(tmp_path, "gateway.example").close()


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "..", "", "link.txt"])
def test_a_manifest_cannot_make_it_look_outside_of_its_folder(tmp_path: Path, name: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_bytes(CONTENT)
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "link.txt").symlink_to(secret)
    entry: dict[str, object] = {
        "id": ID,
        "format": "txt",
        "status": "complete",
        "file": name,
        "options": OPTIONS,
    }
    entry |= {"bytes": WHOLE.bytes, "sha256": WHOLE.sha256}
    manifest: dict[str, object] = {"version": 1, "gateway": "gateway.example", "runs": []}
    manifest["sessions"] = [entry]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert not has_whole(folder)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "[" * 100_000, '{"version": 1, "gateway": "x", "runs": [], "sessions": [1]}', "\0"],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ExportFailed, match="is no manifest of an export"):
        Manifest(tmp_path, "gateway.example")
    assert (tmp_path / "manifest.json").read_text() == content
