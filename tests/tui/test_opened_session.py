"""What is loaded of sessions that are looked at: told, stopped, kept, given back."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.loading import OnProgress, Progress
from hoopscope.recordings.spool import Spool
from hoopscope.tui.opened_session import KEPT_BYTES, OpenedSession, OpenedSessions
from hoopscope.tui.session_standing import load_words
from hoopscope.tui.stream_load import LoadPhase, StreamLoad


class Work:
    """A load whose progress a test decides."""

    def __init__(self, expected: int = 0) -> None:
        self.told = 0
        self.future: Future[None] = Future()
        self.load = StreamLoad(self._start, self._count, expected=expected)

    def _start(self, tell: OnProgress) -> Future[None]:
        self.tell = tell
        return self.future

    def _count(self) -> None:
        self.told += 1


KEYS = {"session.reload": "r", "session.stop_loading": "s"}


def hint(binding_id: str, what: str) -> str:
    return f"{KEYS[binding_id]} {what}"


def words(load: StreamLoad) -> str:
    return "".join(text for text, _ in load_words(load, hint))


def test_the_first_bytes_are_told_at_once_and_the_rest_now_and_then() -> None:
    work = Work()
    for received in range(1, 1_000):
        work.tell(Progress(received, 10_000, 0))
    assert work.told == 1
    work.future.set_result(None)
    assert work.told == 2
    assert work.load.phase is LoadPhase.COMPLETE
    assert words(work.load) == ""


def test_a_load_says_how_far_it_is_and_what_can_be_done() -> None:
    work = Work(expected=110_000_000)
    assert words(work.load) == "asking for 110.0 MB …"
    work.tell(Progress(12_300_000, 82_500_000, 7))
    assert words(work.load).startswith("12.3 MB of about 82.5 MB · ")
    assert words(work.load).endswith("/s · s stops")
    work.load.stop()
    assert work.load.phase is LoadPhase.STOPPED
    assert words(work.load) == "stopped after 12.3 MB · r loads all"


def test_a_load_that_fails_says_why() -> None:
    work = Work()
    work.tell(Progress(500, 0, 1))
    work.future.set_exception(OSError("gone"))
    assert work.load.phase is LoadPhase.FAILED
    assert str(work.load.problem) == "gone"
    assert words(work.load) == "✗ broke off after 500 bytes · r tries again"


@pytest.mark.parametrize(
    ("size", "ended", "kept"), [(10, True, True), (10, False, False), (KEPT_BYTES + 1, True, False)]
)
def test_what_is_small_and_whole_stays_for_coming_back(size: int, ended: bool, kept: bool) -> None:
    sessions = OpenedSessions()
    row = SessionRow("a")
    opened = sessions.open(row)
    work = Work()
    opened.text, opened.text_loading = Spool(), work.load
    opened.text.append(bytes(size))
    if ended:
        work.future.set_result(None)
    sessions.leave(opened)
    assert work.future.cancelled() is not ended
    assert (sessions.open(row).text is not None) is kept
    sessions.close()


def test_the_oldest_and_the_changed_are_given_back() -> None:
    sessions = OpenedSessions(keep=2)
    first = sessions.open(SessionRow("1"))
    first.text = spool = Spool()
    spool.append(b"text")
    sessions.open(SessionRow("2"))
    assert sessions.open(SessionRow("1")) is first
    sessions.open(SessionRow("3"))
    sessions.open(SessionRow("4"))
    assert spool.size() == 0
    assert isinstance(sessions.open(SessionRow("4", status="done")), OpenedSession)
    assert sessions.open(SessionRow("4", status="done")).row.status == "done"
