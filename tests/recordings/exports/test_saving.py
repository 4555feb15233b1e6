from __future__ import annotations

import hashlib
import resource
import threading
from pathlib import Path

import pytest

from hoopscope.recordings.exports import ExportOptions, NothingToExport
from hoopscope.recordings.exports.saving import Stopped, export_recording
from hoopscope.recordings.exports.whole_file import ExportFailed
from tests.recordings.exports.materials import SHELL, WIRE, material

LONG = [(number / 100, "o", b"x" * 999 + b"\n") for number in range(400)]
RAW = ExportOptions(escapes="raw")


def test_a_file_is_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "session.txt"
    path.write_text("before")
    told: list[tuple[str, int, int]] = []
    with material(LONG) as given:
        found = export_recording("txt", given, path, RAW, on_progress=lambda *at: told.append(at))
    content = path.read_bytes()
    assert content == b"".join(payload for _, _, payload in LONG)
    assert found == (path, len(content), hashlib.sha256(content).hexdigest())
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(told) > 4
    assert told == sorted(told)
    assert told[-1] == ("written", 400_000, 400_000)


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "session.txt"
    path.write_text("before")
    stop = threading.Event()
    with material(LONG) as given, pytest.raises(Stopped):
        export_recording("txt", given, path, on_progress=lambda *_: stop.set(), stop=stop)
    with material(LONG, WIRE) as given, pytest.raises(NothingToExport):
        export_recording("cast", given, path)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with material(LONG, SHELL) as given:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
        try:
            with pytest.raises(ExportFailed, match="cannot be written: File too large") as failed:
                export_recording("txt", given, path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert failed.value.disk_is_full
    assert [each.name for each in tmp_path.iterdir()] == ["session.txt"]
    assert path.read_text() == "before"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with material(LONG) as given, pytest.raises(ExportFailed, match="No such file or directory"):
        export_recording("txt", given, tmp_path / "no" / "session.txt")
