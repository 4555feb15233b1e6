"""The replay process: what it loads, what it may do, how it ends; spoken to as its owner does."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings import replay_client
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.replay_client import ReplayClient
from hoopscope.recordings.replay_messages import BadMessage, Inbox, Message, encoded

LOADED = """
import sys
import hoopscope.recordings.replay_process
from hoopscope.recordings.emulator import open_emulator
open_emulator(80, 24)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


class Spoken:
    """A client, and all that it heard."""

    def __init__(self, events: list[Event]) -> None:
        self.recording = Recording()
        self.recording.append(events)
        self.heard: list[Message] = []
        self.ended: list[str] = []
        self.client = ReplayClient(self.recording, self.heard.append, self.ended.append)

    async def until(self, holds: Callable[[], object]) -> None:
        for _ in range(3000):
            if holds():
                return
            await asyncio.sleep(0.005)
        raise AssertionError("it did not come to that")

    async def answer(self, kind: str) -> Message:
        await self.until(lambda: any(each["is"] == kind for each in self.heard))
        return next(each for each in self.heard if each["is"] == kind)


@pytest.fixture
async def spoken() -> AsyncIterator[Spoken]:
    made = Spoken([Event(0, "o", b"hello\r\n"), Event(1, "o", b"world")])
    yield made
    made.client.close()
    made.recording.close()


def test_loads_nothing_of_the_interface() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "hoopscope" in loaded
    assert not loaded & {"textual", "httpx", "pydantic", "asyncio", "pyghostty", "pickletools"}


async def test_shows_screens_and_only_what_changed(spoken: Spoken) -> None:
    spoken.client.tell({"do": "open", "columns": 20, "rows": 3})
    spoken.client.ask({"do": "show", "id": 1, "event": 1})
    first = await spoken.answer("screen")
    assert (first["event"], first["whole"]) == (1, True)
    assert first["changed"][0] == [0, [["hello".ljust(20), 0, -1, -1]]]
    assert first["cursor"] == [0, 1, True]
    spoken.heard.clear()
    spoken.client.ask({"do": "show", "id": 2, "event": 2})
    second = await spoken.answer("screen")
    assert second["changed"] == [[1, [["world".ljust(20), 0, -1, -1]]]]
    spoken.client.ask({"do": "find", "id": 3, "text": "WORLD".lower()})
    assert (await spoken.answer("found"))["events"] == [1]


async def test_takes_in_what_comes_later(spoken: Spoken) -> None:
    spoken.client.tell({"do": "open", "columns": 0, "rows": 0})
    assert (await spoken.answer("size"))["certainty"] == "assumed"
    spoken.recording.append([Event(2, "o", b"\r\nlater\x1b[1;40r")])
    spoken.client.tell({"do": "grew"})
    await spoken.until(
        lambda: any(each["is"] == "progress" and each["indexed"] == 3 for each in spoken.heard)
    )
    # A size that was assumed is concluded again once there is more to conclude it from.
    spoken.recording.append(Event(3, "o", b"more") for _ in range(20))
    spoken.client.tell({"do": "grew"})
    await spoken.until(lambda: any(each.get("rows") == 40 for each in spoken.heard))


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
async def test_may_do_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOP_TOKEN", "hpk_secret")
    fresh = Spoken([Event(0, "o", b"x")])
    fresh.client.tell({"do": "open", "columns": 80, "rows": 24})
    fresh.client.ask({"do": "show", "id": 1, "event": 1})
    await fresh.answer("screen")
    process = Path("/proc") / str(fresh.client.process_id)
    limits = (process / "limits").read_text()
    assert "Max core file size        0" in limits
    assert "Max file size             0" in limits
    assert "Max address space         1073741824" in limits
    assert b"HOOP_TOKEN" not in (process / "environ").read_bytes()
    # No terminal that it could write to: pipes, the recording's two files, nothing else.
    targets = [str(each.readlink()) for each in (process / "fd").iterdir()]
    assert not [each for each in targets if each.startswith(("/dev/pts", "/dev/tty", "socket"))]
    assert sum(each.startswith("pipe:") for each in targets) == 2
    fresh.client.close()
    fresh.recording.close()


async def test_a_crash_is_told_of(spoken: Spoken) -> None:
    os.kill(spoken.client.process_id, signal.SIGKILL)
    await spoken.until(lambda: spoken.ended)
    assert spoken.ended == ["The replay ended unexpectedly (SIGKILL)."]
    spoken.client.tell({"do": "grew"})


async def test_a_hang_is_ended(spoken: Spoken, monkeypatch: pytest.MonkeyPatch) -> None:
    spoken.client.tell({"do": "open", "columns": 20, "rows": 3})
    spoken.client.ask({"do": "show", "id": 1, "event": 1})
    await spoken.answer("screen")
    monkeypatch.setattr(replay_client, "PATIENCE_SECONDS", 0.2)
    os.kill(spoken.client.process_id, signal.SIGSTOP)
    spoken.client.ask({"do": "show", "id": 1, "event": 1})
    await spoken.until(lambda: spoken.ended)
    assert spoken.ended == ["The replay did not answer any more and was ended."]
    with pytest.raises(ProcessLookupError):
        os.kill(spoken.client.process_id, 0)


def test_ends_with_its_owner() -> None:
    """Not by a signal: its input ends."""
    recording = Recording()
    files = (recording.payloads.fileno(), recording.index.fileno())
    process = subprocess.Popen(
        [sys.executable, "-m", "hoopscope.recordings.replay_process", *map(str, files)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=files,
    )
    assert process.stdin is not None
    process.stdin.write(encoded({"do": "open", "columns": 80, "rows": 24}))
    process.stdin.close()
    assert process.wait(10) == 0
    assert process.stdout is not None
    process.stdout.close()
    recording.close()


@given(
    st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=3), max_size=4),
    st.integers(1, 40),
)
def test_messages_survive_any_cut(messages: list[Message], size: int) -> None:
    content, inbox = b"".join(map(encoded, messages)), Inbox()
    found: list[Message] = []
    for start in range(0, len(content), size):
        found += inbox.take(content[start : start + size])
    assert found == messages


@pytest.mark.parametrize("content", [b"\xff\xff\xff\xff", b"\0\0\0\1x", b"\0\0\0\2[]"])
def test_what_is_no_message_ends_the_talk(content: bytes) -> None:
    with pytest.raises(BadMessage):
        list(Inbox().take(content))
