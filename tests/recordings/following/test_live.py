"""Following open sessions of a simulated gateway: nothing doubled, nothing silently missing."""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import NotAuthorised, RecordingWithheld, UnexpectedAnswer
from hoopscope.gateway.event import Event, LiveEvent
from hoopscope.recordings.following.snapshot import GapReason, LiveSnapshot, LiveState
from hoopscope.recordings.following.unseen import Unseen
from hoopscope.recordings.live import LiveRecording
from tests.recordings.following.simulated import BEGAN, SECOND, Phase, SimulatedGateway
from tests.recordings.following.virtual_time import run

# The start of a session that somebody connected for: the same moment, cut to microseconds.
EXACT = BEGAN - BEGAN % 1_000

PHASES = st.lists(
    st.one_of(
        st.builds(Phase, st.just("idle"), st.integers(1, 90)),
        st.builds(Phase, st.just("typing"), st.integers(1, 12)),
        st.builds(Phase, st.just("flood"), st.integers(1, 120)),
        st.builds(Phase, st.just("query"), st.integers(1, 5)),
        st.builds(Phase, st.just("break"), st.integers(0, 60)),
        st.builds(Phase, st.just("refuse"), st.integers(0, 1)),
        st.builds(Phase, st.just("slow"), st.integers(0, 1)),
        st.builds(Phase, st.just("flush"), st.just(0)),
    ),
    max_size=12,
)


class Followed:
    """A session that is followed while every snapshot is held against the truth."""

    def __init__(self, gateway: SimulatedGateway, began: int | None = None) -> None:
        self.gateway = gateway
        self.live = LiveRecording(gateway, "id", self._check, began=began)
        self.states: list[LiveState] = []
        self.reasons: set[str] = set()
        self.given: list[tuple[str, bytes]] = []
        self._unseen = Unseen()
        self.failures: list[AssertionError] = []

    async def follow(self, after: float = 0.0) -> LiveSnapshot:
        """Begin to follow when the session is `after` seconds old; gives the last snapshot."""
        playing = asyncio.create_task(self.gateway.play())
        await asyncio.sleep(after)
        await asyncio.wait_for(self.live.run(), 3_600)
        await playing
        if self.failures:
            raise self.failures[0]
        return self.live.snapshot

    def _check(self, snapshot: LiveSnapshot) -> None:
        try:
            self._hold_against_truth(snapshot)
        except AssertionError as error:
            # A loop would only log it.
            self.failures.append(error)

    def _hold_against_truth(self, snapshot: LiveSnapshot) -> None:
        if not self.states or self.states[-1] is not snapshot.state:
            self.states.append(snapshot.state)
        self.reasons |= {gap.reason.name for gap in snapshot.gaps}
        truth = [event for event in self.gateway.truth if event.payload]
        count = len(snapshot.recording)
        stored = self.gateway.stored(len(self.gateway.truth))[: snapshot.stored]
        held = list(snapshot.recording.events())
        assert same(held[: snapshot.stored], stored), "what is stored is not as it is stored"
        times = [event.nanoseconds for event in truth]
        began = self.live._joined._began
        places = list(range(snapshot.stored))
        for seconds, kind, payload in held[snapshot.stored :]:
            assert began is not None
            place = bisect_left(times, began + round(seconds * SECOND) - 20)
            assert truth[place][1:] == (kind, payload)
            places.append(place)
        assert places == sorted(set(places)), "doubled, or out of order"
        doubtful = {n for gap in snapshot.gaps for n in range(gap.first, gap.last + 1)}
        before = -1
        for number, place in enumerate(places):
            assert place == before + 1 or number in doubtful, "silently missing"
            before = place
        unseen = self._unseen.take(snapshot)
        self.given += [held[number][1:] for number in (*unseen.late, *unseen.new)]
        assert all(0 <= gap.first <= gap.last <= count for gap in snapshot.gaps)


def same(held: list[Event], stored: list[Event]) -> bool:
    """Whether events are the same, their times to a microsecond."""
    return [event[1:] for event in held] == [event[1:] for event in stored] and all(
        abs(a.seconds - b.seconds) < 1e-6 for a, b in zip(held, stored, strict=True)
    )


def followed(
    phases: list[Phase],
    seed: int = 1,
    after: float = 0.0,
    *,
    began: int | None = None,
    replicas: bool = False,
) -> tuple[Followed, LiveSnapshot]:
    async def follow() -> tuple[Followed, LiveSnapshot]:
        gateway = SimulatedGateway(phases, seed, replicas=replicas)
        watching = Followed(gateway, began)
        last = await watching.follow(after)
        assert last.state is LiveState.ENDED, last.why
        assert last.gaps == ()
        assert same(list(last.recording.events()), gateway.stored())
        assert last.stored == len(last.recording)
        # Which of two equal ones it was that came alone, nobody can tell.
        stored = [event[1:] for event in gateway.stored()]
        assert sorted(watching.given) == sorted(stored), "not given once to a pipe"
        assert last.recording.is_complete
        watching.live.close()
        return watching, last

    return run(follow())


@given(
    PHASES,
    st.integers(0, 2**32),
    st.floats(0, 120),
    st.sampled_from([None, EXACT, EXACT - 3_600 * SECOND]),
    st.booleans(),
)
def test_whatever_happens_nothing_is_doubled_and_nothing_silently_missing(
    phases: list[Phase], seed: int, after: float, began: int | None, replicas: bool
) -> None:
    if began != EXACT:
        # Without a beginning to go by, a line that is slower than the store may double an event
        # until the next reading.
        phases = [phase for phase in phases if phase.what != "slow"]
    followed([*phases, Phase("refuse", 0)], seed, after, began=began, replicas=replicas)


def test_a_gap_is_told_with_its_length_and_closes_once_it_is_stored() -> None:
    seen: list[LiveSnapshot] = []

    class Watched(Followed):
        def _check(self, snapshot: LiveSnapshot) -> None:
            super()._check(snapshot)
            seen.append(snapshot)

    async def follow() -> None:
        phases = [
            Phase("typing", 5),
            Phase("break", 0),
            Phase("typing", 3),
            Phase("idle", 10),
            Phase("typing", 3),
            Phase("idle", 120),
        ]
        watching = Watched(SimulatedGateway(phases, 1), EXACT)
        last = await watching.follow()
        assert last.state is LiveState.ENDED
        watching.live.close()

    run(follow())
    lost = [gap for shot in seen for gap in shot.gaps if gap.reason is GapReason.LINE_LOST]
    assert lost[0].length is None
    assert any(gap.length is not None and gap.length > 0 for gap in lost)
    closed = next(
        number
        for number, shot in enumerate(seen)
        if not shot.gaps and LiveState.LOST in {before.state for before in seen[:number]}
    )
    assert seen[closed].state is LiveState.LIVE
    assert seen[closed].generation == 1
    assert seen[-1].generation == 1


def test_without_anything_live_the_stored_part_is_followed_and_that_is_said() -> None:
    phases = [Phase("typing", 3), Phase("idle", 70)] * 6
    watching, _ = followed(phases, replicas=True, began=EXACT)
    assert watching.states == [LiveState.LIVE, LiveState.STORED_ONLY, LiveState.ENDED]
    # About once a minute, and not more often.
    assert watching.gateway.readings <= 9


def test_nothing_is_read_again_where_nothing_is_to_be_settled() -> None:
    watching, _ = followed([Phase("typing", 3), Phase("idle", 3_000)], began=EXACT)
    assert watching.gateway.readings <= 4


def test_who_may_not_read_the_stored_part_watches_with_a_gap() -> None:
    class Withholding(SimulatedGateway):
        async def recorded_events(self, session_id: str) -> AsyncGenerator[list[Event]]:
            raise RecordingWithheld("withheld")
            yield []

    async def follow() -> LiveSnapshot:
        gateway = Withholding([Phase("typing", 40), Phase("idle", 400)], 1)
        live = LiveRecording(gateway, "id", began=EXACT)
        playing = asyncio.create_task(gateway.play())
        await asyncio.sleep(5)
        await live.run()
        await playing
        last = live.snapshot
        assert [event.payload for event in last.recording.events()] == [
            event.payload for event in gateway.truth if event.kind != "e"
        ][-len(last.recording) :]
        live.close()
        return last

    last = run(follow())
    assert last.state is LiveState.ENDED
    assert last.is_withheld
    assert not last.recording.is_complete
    [gap] = last.gaps
    assert (gap.first, gap.last, gap.reason) == (0, 0, GapReason.WITHHELD)


def test_a_gateway_without_live_streams_is_followed_by_what_it_stores() -> None:
    class Older(SimulatedGateway):
        @asynccontextmanager
        async def live_events(self, session_id: str) -> AsyncIterator[AsyncGenerator[LiveEvent]]:
            raise UnexpectedAnswer("no hoop API at this address", status=404)
            yield

    async def follow() -> list[LiveState]:
        watching = Followed(Older([Phase("typing", 20), Phase("idle", 200)], 1))
        last = await watching.follow()
        assert last.recording.is_complete
        assert list(last.recording.events()) == watching.gateway.stored()
        watching.live.close()
        return watching.states

    assert run(follow()) == [LiveState.STORED_ONLY, LiveState.ENDED]


def test_what_cannot_get_better_ends_it_and_says_why() -> None:
    class Refusing(SimulatedGateway):
        async def recorded_events(self, session_id: str) -> AsyncGenerator[list[Event]]:
            raise NotAuthorised("The credential has expired.")
            yield []

    async def follow() -> LiveSnapshot:
        live = LiveRecording(Refusing([], 1), "id")
        await asyncio.wait_for(live.run(), 10)
        live.close()
        return live.snapshot

    last = run(follow())
    assert (last.state, last.why) == (LiveState.FAILED, "The credential has expired.")


async def test_the_embedded_gateway_is_followed_to_the_end() -> None:
    now = datetime.now(UTC)
    with DemoGateway(sessions=20) as demo:
        session = demo.open(start=now - timedelta(minutes=1))
        demo.emit(session, "i", b"ls\r")
        demo.flush(session)
        demo.emit(session, "o", b"not stored yet")
        async with Gateway(GatewayAccess(demo.url, demo.token)) as gateway:
            seen: asyncio.Queue[LiveSnapshot] = asyncio.Queue()

            async def until(events: int) -> None:
                async with asyncio.timeout(10):
                    while len((await seen.get()).recording) < events:
                        pass

            live = LiveRecording(gateway, session, seen.put_nowait)
            running = asyncio.create_task(live.run())
            await until(1)
            demo.emit(session, "o", b"$ ")
            await until(2)
            [gap] = live.snapshot.gaps
            assert (gap.first, gap.reason) == (1, GapReason.NOT_STORED)
            await asyncio.to_thread(
                demo.change, session, status="done", end_date=datetime.now(UTC), exit_code=0
            )
            await asyncio.wait_for(running, 10)
            last = live.snapshot
            assert last.state is LiveState.ENDED
            assert last.gaps == ()
            assert [event.payload for event in last.recording.events()] == [
                b"ls\r",
                b"not stored yet",
                b"$ ",
            ]
            live.close()
