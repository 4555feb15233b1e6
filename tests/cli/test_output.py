from __future__ import annotations

import os
import signal
import stat
import threading
from pathlib import Path

import pytest

from hoopscope.cli.failures import OutputFailed
from hoopscope.cli.output import opened


def parts(folder: Path) -> list[Path]:
    return list(folder.glob(".hoopscope-*"))


def test_a_file_appears_whole_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_text("before")
    path.chmod(0o644)
    with opened(str(path)) as sink:
        sink.write("new ✓")
        assert path.read_text() == "before"
        (part,) = parts(tmp_path)
        assert stat.S_IMODE(part.stat().st_mode) == 0o600
    assert path.read_text(encoding="utf-8") == "new ✓"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert parts(tmp_path) == []


@pytest.mark.parametrize("failure", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_failure_leaves_everything_as_it_was(
    tmp_path: Path, failure: type[BaseException]
) -> None:
    path = tmp_path / "list"
    path.write_text("before")
    with pytest.raises(failure), opened(str(path)) as sink:  # noqa: PT012
        sink.write("half")
        raise failure
    assert path.read_text() == "before"
    assert parts(tmp_path) == []


def test_being_told_to_end_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "list"
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as caught, opened(str(path)) as sink:  # noqa: PT012
        sink.write("half")
        os.kill(os.getpid(), signal.SIGTERM)
    assert caught.value.code == 143
    assert list(tmp_path.iterdir()) == []
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "folder" / "real")
    with opened(str(link)) as sink:
        sink.write("x")
    assert link.is_symlink()
    assert (tmp_path / "folder" / "real").read_text() == "x"


def test_a_named_pipe_is_written_to_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    with opened(str(pipe)) as sink:
        sink.write("through")
    reader.join(5)
    assert read == ["through"]
    assert pipe.is_fifo()


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    for path, told in (
        (tmp_path, "is a folder"),
        (tmp_path / "missing" / "list", "No such file or directory"),
        (Path("/dev/full"), "No space left on device"),
        (tmp_path / "nul\0", "null byte"),
    ):
        with pytest.raises(OutputFailed, match=told), opened(str(path)) as sink:
            sink.write("x")
    assert list(tmp_path.iterdir()) == []
