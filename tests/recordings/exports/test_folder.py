"""Many sessions, from an embedded gateway over loopback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hoopscope.demo.server import DemoGateway
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import NotAuthorised, Unreachable
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.exports import ExportOptions
from hoopscope.recordings.exports.folder import FolderExport, Tally
from hoopscope.recordings.exports.manifest import Manifest

UNKNOWN = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoGateway]:
    with DemoGateway(sessions=60, seed=3, now=datetime(2026, 11, 23, 12, tzinfo=UTC)) as gateway:
        yield gateway


@pytest.fixture
async def gateway(demo: DemoGateway) -> AsyncIterator[Gateway]:
    async with Gateway(GatewayAccess(demo.url, demo.token)) as gateway:
        yield gateway


async def some(rows: list[SessionRow] | list[str]) -> AsyncIterator[SessionRow | str]:
    for row in rows:
        yield row


async def exported(
    gateway: Gateway, folder: Path, sessions: AsyncIterator[SessionRow | str], name: str = "jsonl"
) -> Tally:
    manifest = Manifest(folder, "gateway")
    manifest.begin_run({})
    export = FolderExport(gateway, manifest, name, ExportOptions(), jobs=3)
    try:
        await export.run(sessions, ahead=0)
    finally:
        manifest.end_run({})
        manifest.close()
    return export.tally


def entries(folder: Path) -> dict[str, dict[str, object]]:
    found = json.loads((folder / "manifest.json").read_text())["sessions"]
    return {entry["id"]: entry for entry in found}


async def rows_of(gateway: Gateway) -> list[SessionRow]:
    """The sessions that are not large ones."""
    rows = (await gateway.sessions(SessionQuery(limit=60))).rows
    return [row for row in rows if row.event_size < 1_000_000]


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_every_session_is_there_or_said_to_be_missing(
    gateway: Gateway, tmp_path: Path
) -> None:
    rows = (await rows_of(gateway))[-30:]
    tally = await exported(gateway, tmp_path, some([UNKNOWN, *(row.id for row in rows)]))
    assert (tally.failed, tally.already) == (1, 0)
    assert tally.complete + tally.nothing == len(rows) == 30
    found = entries(tmp_path)
    assert set(found) == {UNKNOWN, *(row.id for row in rows)}
    assert "not found" in str(found[UNKNOWN]["reason"])
    names = [str(entry["file"]) for entry in found.values() if entry["status"] == "complete"]
    assert files(tmp_path) == {*names, "manifest.json"}
    again = await exported(gateway, tmp_path, some(rows))
    ended = [row for row in rows if row.end is not None or row.status == "done"]
    assert again.already == len(ended) > 20
    spoilt = next(tmp_path / str(found[row.id]["file"]) for row in ended if found[row.id]["bytes"])
    spoilt.write_bytes(b"")
    third = await exported(gateway, tmp_path, some(ended))
    assert third.complete == 1
    assert spoilt.stat().st_size > 0


async def test_json_is_the_gateways_own_answer(gateway: Gateway, tmp_path: Path) -> None:
    (row,) = (await gateway.sessions(SessionQuery(limit=1, review_status="EXECUTED"))).rows
    await exported(gateway, tmp_path, some([row]), "json")
    path = tmp_path / str(entries(tmp_path)[row.id]["file"])
    answer = await gateway.get_json(
        f"/api/sessions/{row.id}", [("expand", "event_stream,session_input")]
    )
    assert json.loads(path.read_bytes()) == answer
    assert answer["event_stream"]


async def test_what_is_withheld_is_missing_and_says_so(
    demo: DemoGateway, gateway: Gateway, tmp_path: Path
) -> None:
    rows = (await gateway.sessions(SessionQuery(limit=60))).rows
    for email, token in demo.tokens.items():
        async with Gateway(GatewayAccess(demo.url, token)) as theirs:
            seen = (await theirs.sessions(SessionQuery(limit=60))).rows
            others = [row for row in seen if row.user != email and row.event_size]
            if len(seen) == len(rows) or not others:
                continue
            for name in ("jsonl", "json"):
                tally = await exported(theirs, tmp_path / name, some(others[:1]), name)
                assert tally.failed == 1
                reason = str(entries(tmp_path / name)[others[0].id]["reason"])
                assert reason.startswith("The gateway withholds what this session recorded")
                assert files(tmp_path / name) == {"manifest.json"}
            return
    raise AssertionError("no reviewer in this history")


async def test_ending_in_the_middle_names_what_is_missing(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (await rows_of(gateway))[:30]
    begun = asyncio.Event()
    events = Gateway.recorded_events

    async def slow(self: Gateway, session_id: str) -> AsyncIterator[object]:
        if session_id == rows[10].id:
            begun.set()
            await asyncio.sleep(60)
        async for batch in events(self, session_id):
            yield batch

    monkeypatch.setattr(Gateway, "recorded_events", slow)
    running = asyncio.ensure_future(exported(gateway, tmp_path, some(rows)))
    await begun.wait()
    running.cancel()
    await asyncio.wait([running])
    assert running.cancelled()
    found = entries(tmp_path)
    assert set(found) == {row.id for row in rows}
    assert found[rows[10].id]["reason"] == "The export ended before this session was complete."
    assert found[rows[29].id]["reason"] == "The export ended before this session was begun."
    monkeypatch.undo()
    await exported(gateway, tmp_path, some(rows))
    assert all(entry["status"] != "failed" for entry in entries(tmp_path).values())


async def test_a_mistake_of_our_own_costs_one_session(
    gateway: Gateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row for row in await rows_of(gateway) if row.event_size][:5]
    events = Gateway.recorded_events

    async def broken(self: Gateway, session_id: str) -> AsyncIterator[object]:
        async for batch in events(self, session_id):
            yield batch if session_id != rows[2].id else 1 / 0

    monkeypatch.setattr(Gateway, "recorded_events", broken)
    tally = await exported(gateway, tmp_path, some(rows))
    assert (tally.complete, tally.failed) == (4, 1)
    assert entries(tmp_path)[rows[2].id]["reason"] == "A mistake in hoopscope: ZeroDivisionError."


async def test_a_walk_that_fails_is_told_of_when_the_rest_is_done(
    gateway: Gateway, tmp_path: Path
) -> None:
    rows = (await gateway.sessions(SessionQuery(limit=9))).rows

    async def failing() -> AsyncIterator[SessionRow | str]:
        for row in rows:
            yield row
        raise Unreachable("gone")

    with pytest.raises(Unreachable):
        await exported(gateway, tmp_path, failing())
    found = entries(tmp_path)
    assert len(found) == 9
    assert all(entry["status"] != "failed" for entry in found.values())


async def test_a_gateway_that_is_gone_is_not_asked_for_ever(tmp_path: Path) -> None:
    ids = [f"{number:08}-0000-0000-0000-000000000000" for number in range(200)]
    access = GatewayAccess("http://127.0.0.1:9", "token")
    async with Gateway(access, deadline=0.2) as nobody:
        with pytest.raises(Unreachable):
            await exported(nobody, tmp_path, some(ids))
    found = entries(tmp_path)
    assert len(found) == 200
    assert sum("was begun" in str(entry["reason"]) for entry in found.values()) > 180


async def test_a_credential_that_is_not_accepted_ends_it(demo: DemoGateway, tmp_path: Path) -> None:
    async with Gateway(GatewayAccess(demo.url, "nobody's")) as gateway:
        with pytest.raises(NotAuthorised):
            await exported(gateway, tmp_path, some([UNKNOWN]))
    assert entries(tmp_path)[UNKNOWN]["status"] == "failed"
