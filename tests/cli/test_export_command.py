"""`hoopscope export`, `output` and `script`, on the demo gateway."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hoopscope.cli.signals import EndedBySignal, run_until_ended
from hoopscope.demo.server import DemoGateway
from tests.cli.conftest import Command

COMMAND = [sys.executable, "-m", "hoopscope"]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOWHERE = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"


def some_id(on_demo: Command, *filters: str) -> str:
    found = on_demo("list", "-n", "1", "--format", "jsonl", "--outcome", "succeeded", *filters)
    return str(json.loads(found.out)["id"])


def environ(gateway: DemoGateway, home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "HOME": str(home),
        "HOOP_APIURL": gateway.url,
        "HOOP_TOKEN": gateway.token,
    }


def test_one_session_into_a_file_or_a_pipe(on_demo: Command, tmp_path: Path) -> None:
    session_id = some_id(on_demo, "--verb", "exec")
    path = tmp_path / "session.txt"
    assert on_demo("export", session_id, "-o", str(path)) == (0, "", "")
    text = path.read_text()
    assert text
    assert path.stat().st_mode & 0o777 == 0o600
    assert on_demo("export", session_id.upper(), "--output", "-") == (0, text, "")
    raw = on_demo("export", session_id, "-o", "-", "--escapes", "raw", "--with-secrets")
    assert on_demo("output", session_id, "--with-secrets") == raw
    script = on_demo("script", session_id)
    whole = json.loads(on_demo("export", session_id, "-f", "json", "-o", "-").out)
    assert script.out == whole["script"]["data"] != ""
    assert [event[1] for event in whole["event_stream"]][:2] == ["i", "o"]


def test_the_name_of_a_file_is_made_of_the_session(
    on_demo: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    session_id = some_id(on_demo, "--verb", "exec")
    assert on_demo("export", session_id, "-f", "cast").code == 0
    (path,) = tmp_path.iterdir()
    assert path.name.endswith(f"_{session_id}.cast")


def test_many_into_a_folder_and_again(on_demo: Command, tmp_path: Path) -> None:
    folder = str(tmp_path / "found")
    arguments = ("export", "--limit", "30", "--until", "yesterday", "-o", folder)
    assert on_demo(*arguments) == (0, "", "")
    manifest = json.loads((tmp_path / "found" / "manifest.json").read_text())
    (run,) = manifest["runs"]
    assert (run["filters"], run["complete"]) == ({"until": "yesterday"}, True)
    assert run["written"] + run["with_nothing"] == 30
    assert on_demo(*arguments) == (0, "", "")
    again = json.loads((tmp_path / "found" / "manifest.json").read_text())
    ended = [entry["ended"] for entry in manifest["sessions"]]
    assert again["runs"][1]["there_already"] == ended.count(True) > 20


def test_what_is_missing_is_said(on_demo: Command, tmp_path: Path) -> None:
    session_id = some_id(on_demo, "--verb", "exec")
    outcome = on_demo("export", NOWHERE, session_id, "-o", str(tmp_path))
    assert outcome.code == 5
    assert f"{NOWHERE} is missing: The gateway does not have this" in outcome.err
    assert len(list(tmp_path.iterdir())) == 2
    alone = on_demo("export", NOWHERE)
    assert (alone.code, alone.err.count("\n")) == (4, 1)


def test_what_makes_no_sense_is_refused(on_demo: Command, tmp_path: Path) -> None:
    def refused(*arguments: str) -> str:
        outcome = on_demo("export", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        return outcome.err

    assert "say which sessions" in refused()
    assert "say which sessions" in refused("--outcome", "failed")
    assert "not both" in refused(NOWHERE, "--all")
    assert "exclude each other" in refused("--all", "--limit", "3")
    assert "takes one session" in refused("--all", "-o", "-")
    assert "UUID" in refused("../../etc/passwd")
    assert "120x40" in refused(NOWHERE, "--size", "0x40")
    assert "--since" in refused("--all", "--since", "no date at all", "-o", str(tmp_path))
    outcome = on_demo("export", some_id(on_demo), "-o", "/dev/null")
    assert (outcome.code, outcome.err) == (
        1,
        "hoopscope: /dev/null is no file; --output - writes to standard output.\n",
    )


def test_a_gateway_that_allows_no_downloads(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with DemoGateway(sessions=20, downloads=False) as gateway:
        monkeypatch.setenv("HOOP_APIURL", gateway.url)
        monkeypatch.setenv("HOOP_TOKEN", gateway.token)
        session_id = some_id(command)
        for arguments in (
            ("export", session_id, "-o", str(tmp_path / "a.txt")),
            ("export", "--all", "-o", str(tmp_path / "a")),
            ("output", session_id),
            ("script", session_id),
        ):
            outcome = command(*arguments)
            assert (outcome.code, outcome.out) == (3, "")
            assert "does not allow sessions to be downloaded" in outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_every_signal_cancels_and_is_told(number: signal.Signals, code: int) -> None:
    tidied: list[bool] = []

    async def work() -> None:
        os.kill(os.getpid(), number)
        try:
            await asyncio.sleep(5)
        finally:
            tidied.append(True)

    with pytest.raises(EndedBySignal) as ended:
        run_until_ended(work())
    assert (ended.value.exit_code, tidied) == (code, [True])


def test_ended_in_the_middle_it_goes_on(tmp_path: Path) -> None:
    with DemoGateway(sessions=150, latency=0.03, now=NOW) as gateway:
        folder = tmp_path / "all"
        # The newest sessions of this history are large ones.
        arguments = [*COMMAND, "export", "--all", "--until", "2026-11-22", "-f", "jsonl",
                     "-o", str(folder), "-j", "2"]  # fmt: skip
        running = subprocess.Popen(
            arguments, env=environ(gateway, tmp_path), stderr=subprocess.PIPE, text=True
        )
        until = time.monotonic() + 20
        while len(list(folder.glob("*.jsonl"))) < 5 and time.monotonic() < until:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=10)
        assert running.returncode == 130
        assert err == (
            "hoopscope: the export was ended; the same command goes on where this one stopped.\n"
        )
        found = json.loads((folder / "manifest.json").read_text())
        entries = {entry["id"]: entry for entry in found["sessions"]}
        assert found["runs"][0]["reason"] == "ended"
        files = {path.name for path in folder.iterdir()} - {"manifest.json"}
        assert files == {entry["file"] for entry in entries.values() if "file" in entry}
        assert 5 <= len(files) < 30
        assert any(entry["status"] == "failed" for entry in entries.values())
        before = {name: (folder / name).stat().st_ino for name in files}
        subprocess.run(
            [*arguments[:-1], "8"], env=environ(gateway, tmp_path), check=True, capture_output=True
        )
        found = json.loads((folder / "manifest.json").read_text())
        assert len(found["sessions"]) > 40
        assert all(entry["status"] != "failed" for entry in found["sessions"])
        ended = {entry["file"] for entry in entries.values() if entry["ended"] and "file" in entry}
        assert all((folder / name).stat().st_ino == before[name] for name in ended)


def test_a_full_disk_leaves_what_is_complete(demo: DemoGateway, tmp_path: Path) -> None:
    script = f'ulimit -f 8; "$@" export --all --until yesterday -f jsonl -o {tmp_path}/all'
    done = subprocess.run(
        ["bash", "-c", script, "bash", *COMMAND],
        env=environ(demo, tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "cannot be written: File too large." in done.stderr
    assert "Traceback" not in done.stderr
    complete = list((tmp_path / "all").glob("*.jsonl"))
    assert complete
    assert all(json.loads(line) for path in complete for line in path.read_text().splitlines())
    assert not list((tmp_path / "all").glob(".*.part"))


def test_on_a_terminal_nothing_is_obeyed(
    demo: DemoGateway, tmp_path: Path, on_demo: Command
) -> None:
    session_id = some_id(on_demo, "--verb", "connect", "--type", "custom")
    assert "\x1b[" in on_demo("output", session_id).out
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [*COMMAND, "output", session_id], env=environ(demo, tmp_path), stdout=theirs
    )
    os.close(theirs)
    seen = b""
    # A terminal whose other end is closed fails instead of ending.
    with contextlib.suppress(OSError):
        while piece := os.read(ours, 65536):
            seen += piece
    os.close(ours)
    assert running.wait(10) == 0
    assert seen.count(b"\n") > 3
    assert all(line.decode().isprintable() for line in seen.replace(b"\r\n", b"\n").split(b"\n"))


def test_whoever_reads_may_leave(demo: DemoGateway, tmp_path: Path, on_demo: Command) -> None:
    session_id = some_id(on_demo, "--verb", "exec")
    done = subprocess.run(
        [
            "bash",
            "-c",
            f'"$@" output {session_id} | true; echo ${{PIPESTATUS[0]}}',
            "-",
            *COMMAND,
        ],
        env=environ(demo, tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout.strip() in ("0", "141"), done.stderr) == (True, "")
    closed = subprocess.run(
        ["bash", "-c", f'"$@" output {session_id} >&-; echo "$?" >&2', "-", *COMMAND],
        env=environ(demo, tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert closed.stderr == "hoopscope: There is no standard output to write to.\n1\n"
