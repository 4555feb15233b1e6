"""What the index pass prepares: seeks that equal a straight replay, searches, marks, activity."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from hoopscope.gateway.event import Event
from hoopscope.recordings import index_pass
from hoopscope.recordings.activity import BUCKETS, Activity, resampled
from hoopscope.recordings.emulator import open_emulator
from hoopscope.recordings.feeding import PIECE, Position, pieces
from hoopscope.recordings.index_pass import IndexPass
from hoopscope.recordings.markers import COMMAND, ERROR, PROMPT, WORD
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.replayed_screen import ReplayedScreen
from hoopscope.recordings.shared_recording import SharedRecording
from hoopscope.recordings.snapshots import Snapshots

STREAMS = Path(__file__).parent / "streams"


class Indexed:
    """A recording, shared and indexed."""

    def __init__(self, events: list[Event], *, plain: bool = False, words: tuple[str, ...] = ()):
        self.recording = Recording()
        self.recording.append(events)
        self.shared = SharedRecording(
            self.recording.payloads.fileno(), self.recording.index.fileno()
        )
        self.index = IndexPass(self.shared, 80, 24, plain=plain, words=words)
        self.plain = plain

    def grow(self, events: list[Event]) -> None:
        self.recording.append(events)

    def finish(self) -> Indexed:
        while self.index.is_behind:
            self.index.step(0.001)
        self.index.step(1.0)
        return self

    def find(self, text: str) -> list[int]:
        return sorted(set(self.index.appearances.find(text)))

    def __enter__(self) -> Indexed:
        return self.finish()

    def __exit__(self, *_: object) -> None:
        self.index.close()
        self.recording.close()


def real_session() -> list[Event]:
    """What real programs printed, cut into events here and there."""
    chance = random.Random(7)
    events, clock = [], 0.0
    for path in [*sorted(STREAMS.glob("*.bin")), *sorted(STREAMS.glob("*.bin"))]:
        content = path.read_bytes()
        while content:
            size = chance.choice([1, 5, 80, 700, 4096, 9000])
            clock += chance.choice([0.001, 0.05, 0.3])
            events.append(Event(clock, "o", content[:size]))
            content = content[size:]
            if chance.random() < 0.2:
                events.append(Event(clock, "i", b"k"))
    return events


def test_a_seek_equals_a_straight_replay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_pass, "SNAPSHOT_BYTES", 10_000)
    events = real_session()
    straight, screens = open_emulator(80, 24), [""]
    for event in events:
        if event.kind == "o":
            straight.feed(event.payload)
        screens.append(repr((straight.rows(), straight.cursor())))
    with Indexed(events) as indexed:
        assert len(indexed.index.snapshots) > 5
        screen = ReplayedScreen(indexed.shared, 80, 24)
        chance = random.Random(3)
        for number in [len(events), 1, *(chance.randrange(1, len(events)) for _ in range(60))]:
            for _ in screen.seek(number, indexed.index.snapshots):
                pass
            assert screen.position == Position(number)
            assert repr((screen.rows(), screen.cursor())) == screens[number]
        screen.close()


def test_a_seek_into_costly_bytes_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """One event whose few bytes keep an emulator busy: it is entered amid it."""
    monkeypatch.setattr(index_pass, "SNAPSHOT_SECONDS", 0.0)
    with Indexed([Event(0, "o", b"=\x1b[65535b" * 4000), Event(1, "o", b"x")]) as indexed:
        found = indexed.index.snapshots.before(Position(0, 1 << 30))
        assert found is not None
        assert found[0].event == 0
        assert found[0].byte > 30_000
        screen = ReplayedScreen(indexed.shared, 80, 24)
        assert len(list(screen.seek(1, indexed.index.snapshots))) <= 2
        screen.close()


def test_finds_what_showed_and_when() -> None:
    events = [
        Event(0, "o", b"$ "),
        *(Event(1 + n, "o", bytes([sign])) for n, sign in enumerate(b"grep Needle")),
        Event(20, "o", b"\r\nfound the \x1b[1mneed\x1b[0mle\r\n"),
        Event(21, "o", b"\x1b[2J\x1b[H"),
        Event(22, "o", "ÄRGER und größe\r\n".encode()),
        Event(30, "o", b"".join(b"%d\r\n" % number for number in range(5000))),
        Event(31, "o", b"\x1b[H\x1b[2Jlast"),
    ]
    with Indexed(events) as indexed:
        # Typed letter by letter it counts once.
        assert indexed.find("needle") == [11, 12]
        assert indexed.find("Needle") == [11]
        assert indexed.find("ärger") == [14]
        assert indexed.find("GRÖSSE") == []
        # What only rushed by is found too.
        assert indexed.find("2345") == [15]
        assert indexed.find("last") == [16]
        assert indexed.find("nowhere") == []


def test_finds_alike_what_is_kept_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    monkeypatch.setattr("hoopscope.recordings.appearances._BLOCK", 4_000)
    for most in (1 << 30, 10_000, 0):
        monkeypatch.setattr("hoopscope.recordings.appearances.MAX_OPEN", most)
        with Indexed(real_session()) as indexed:
            found.append([indexed.find(text) for text in ("the", "e", "%", "/")])
            assert bool(indexed.index.appearances.size) == (most < 1 << 30)
    assert all(found[0])
    assert found[0] == found[1] == found[2]


def test_finds_plain_text_wherever_the_cursor_takes_it() -> None:
    """Text without sequences is looked at where the cursor passes, and nowhere else."""
    events = [
        Event(0, "o", b"\x1b[5;10r\x1b[9;1H"),
        *(Event(1 + n, "o", b"in the region %d\r\n" % n) for n in range(12)),
        Event(20, "o", b"\x1b[r\x1b[24;70H"),
        Event(21, "o", b"wraps around the corner\r\n"),
        Event(22, "o", b"a" * 79 + b"b" * 79 + b"\tTab\b\b\bBack"),
    ]
    with Indexed(events) as indexed:
        for number in range(12):
            assert indexed.find(f"in the region {number}")[0] == 1 + number
        assert indexed.find("he corner") == [14]
        assert indexed.find("bbbbb") == [15]
        assert indexed.find("back") == [15]


def test_marks_commands_errors_words_and_what_came_later() -> None:
    events = [
        Event(0, "o", b"user@db:~$ "),
        Event(1, "i", b"ls nowhere\r"),
        Event(1.1, "o", b"ls nowhere\r\nls: cannot access 'nowhere': No such file\r\n"),
        Event(2, "o", b"\x1b[?1049hvim, no errors"),
        Event(3, "i", b":q\r"),
        Event(4, "o", b"\x1b[?1049luser@db:~$ "),
        Event(5, "i", b"DROP TABLE x;\r"),
        Event(5.2, "o", b"DROP TABLE x;\r\n"),
        Event(6, "e", b"session killed"),
    ]
    with Indexed(events, words=("drop table",)) as indexed:
        of = indexed.index.markers.of
        assert list(of(COMMAND)) == [1, 6]
        assert list(of(ERROR)) == [2, 8]
        assert list(of(WORD)) == [7]
        assert not of(PROMPT)
        told: dict[str, int] = {}
        assert indexed.index.markers.since(told)[COMMAND] == [1, 6]
        indexed.grow([Event(9, "o", b"\r\nFATAL: gone\r\n")])
        indexed.finish()
        assert indexed.index.markers.since(told) == {ERROR: [9]}


def test_prompts_stand_in_where_no_input_was_recorded() -> None:
    events = [Event(0, "o", b"user@db:~$ "), Event(5, "o", b"ls\r\nREADME\r\nuser@db:~$ ")]
    with Indexed([*events, Event(9, "o", b"\r\npostgres=# ")]) as indexed:
        assert list(indexed.index.markers.commands()) == [0, 2]


def test_a_shell_that_marks_its_commands_is_believed() -> None:
    events = [
        Event(0, "o", b"\x1b]133;A\x07$ \x1b]133;B\x07"),
        Event(1, "o", b"ls\r\n\x1b]133;C\x07"),
        Event(2, "i", b"\r"),
    ]
    with Indexed(events) as indexed:
        assert list(indexed.index.markers.commands()) == [1]


@pytest.mark.parametrize("rows", [1, 2, 24])
def test_pieces_are_small_and_pass_over_no_screen(rows: int) -> None:
    content = b"\n".join(b"x" * (n % 300) for n in range(300))
    found = list(pieces(content, rows))
    assert b"".join(found) == content
    assert all(len(piece) <= PIECE for piece in found)
    assert all(piece.count(b"\n") <= max(1, rows - 1) for piece in found)
    whole = b"x\n" * max(1, rows - 1) + b"prompt"
    assert list(pieces(whole, rows)) == [whole]


def test_snapshots_stay_within_their_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hoopscope.recordings.snapshots.MAX_TOTAL", 10_000)
    monkeypatch.setattr("hoopscope.recordings.snapshots.MAX_SNAPSHOT", 2_000)
    snapshots, chance = Snapshots(), random.Random(1)
    for number in range(100):
        snapshots.add(Position(number), chance.randbytes(1000))
    snapshots.add(Position(200), chance.randbytes(3000))
    assert snapshots.size <= 10_000
    assert 4 < len(snapshots) < 12
    nearest = snapshots.before(Position(60))
    assert nearest is not None
    assert 20 < nearest[0].event <= 60
    assert snapshots.before(Position(0)) is not None


def amounts() -> Iterator[tuple[float, int]]:
    yield from ((number * 30.0, 10) for number in range(1000))


def test_activity_keeps_its_amounts_whatever_the_length() -> None:
    activity = Activity()
    for clock, amount in amounts():
        activity.add(clock, amount)
    assert len(activity.amounts) <= BUCKETS
    assert sum(activity.amounts) == 10_000
    shown = resampled(activity.amounts, activity.seconds, 999 * 30.0, 80)
    assert len(shown) == 80
    assert round(sum(shown)) == 10_000
    assert all(shown)
