from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.position import moment_of
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.walk import SessionWalk
from hoopscope.sessions.oldest import oldest_end
from tests.simulated_gateway import SECOND, SimulatedGateway, session

BASE = 1_763_000_000 * SECOND


@given(
    st.lists(st.integers(0, 4_000), min_size=1, max_size=300),
    st.sampled_from([1_000, SECOND, 3_600 * SECOND]),
    st.booleans(),
    st.none() | st.integers(0, 2_000),
    st.data(),
)
async def test_leads_to_the_oldest_session(
    steps: list[int], unit: int, old: bool, since: int | None, data: st.DataObject
) -> None:
    rows = [session(n, BASE - step * unit) for n, step in enumerate(steps)]
    gateway = SimulatedGateway(rows, old=old)
    query = SessionQuery(start=None if since is None else moment_of(BASE - since * unit + 1))
    matching = gateway.matching(query)
    if not matching:
        return
    known = data.draw(st.sampled_from(matching))
    end = await oldest_end(gateway, query, known.start)
    assert len(gateway.queries) <= 48
    walk = SessionWalk(gateway, query.replace(end=end))
    last = None
    while page := await walk.next_page():
        last = page.rows[-1]
    assert last == matching[-1]


async def test_gives_about_a_page() -> None:
    gateway = SimulatedGateway([session(n, BASE - n * 11 * SECOND) for n in range(20_000)])
    end = await oldest_end(gateway, SessionQuery(), BASE)
    found = gateway.matching(SessionQuery(end=end))
    assert 50 <= len(found) <= 100
    assert len(gateway.queries) < 40


async def test_a_crowded_last_second_is_found_too() -> None:
    gateway = SimulatedGateway([session(n, BASE + 1 + n % 7) for n in range(500)])
    end = await oldest_end(gateway, SessionQuery(), BASE + 7)
    assert len(gateway.matching(SessionQuery(end=end))) == 500
