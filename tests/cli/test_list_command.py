from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path

import pytest

from hoopscope.demo.server import DemoGateway
from tests.cli.conftest import Command


def test_all_formats_tell_of_the_same_sessions(on_demo: Command) -> None:
    lines = on_demo("list", "--all", "--format", "jsonl")
    assert (lines.code, lines.err) == (0, "")
    sessions = [json.loads(line) for line in lines.out.splitlines()]
    assert len(sessions) >= 250
    assert len({session["id"] for session in sessions}) == len(sessions)
    starts = [session["start_date"] for session in sessions]
    assert starts == sorted(starts, reverse=True)
    assert json.loads(on_demo("list", "--all", "--format", "json").out) == sessions
    ids = [session["id"] for session in sessions]
    rows = list(csv.DictReader(io.StringIO(on_demo("list", "--all", "--format", "csv").out)))
    assert [row["id"] for row in rows] == ids
    table = on_demo("list", "--all", "--columns", "id,verb").out.splitlines()
    assert table[0].split() == ["ID", "VERB"]
    assert [line.split()[0] for line in table[1:]] == ids


@pytest.mark.parametrize("limit", [1, 7, 100, 130])
def test_a_limit_gives_so_many_of_the_newest(on_demo: Command, limit: int) -> None:
    everything = on_demo("list", "--all", "--format", "jsonl").out.splitlines()
    limited = on_demo("list", "--limit", str(limit), "--format", "jsonl").out.splitlines()
    assert limited == everything[:limit]


def test_twenty_sessions_unless_told_otherwise(on_demo: Command) -> None:
    assert len(on_demo("list", "--format", "jsonl").out.splitlines()) == 20


def test_what_the_gateway_filters(on_demo: Command) -> None:
    every = [
        json.loads(line) for line in on_demo("list", "--all", "--format", "jsonl").out.splitlines()
    ]
    one = every[17]

    def found(*filters: str) -> list[str]:
        outcome = on_demo("list", "--all", "--format", "jsonl", *filters)
        assert (outcome.code, outcome.err) == (0, "")
        return [json.loads(line)["id"] for line in outcome.out.splitlines()]

    def expected(key: str, value: object) -> list[str]:
        return [session["id"] for session in every if session.get(key) == value]

    assert found("--connection", one["connection"]) == expected("connection", one["connection"])
    assert found("--type", one["type"]) == expected("type", one["type"])
    assert found("--user", one["user_id"]) == expected("user_id", one["user_id"])
    assert set(found("--connection-contains", "prod")) == {
        session["id"] for session in every if "prod" in session["connection"]
    }
    assert found("--without-review") == expected("review", None)
    day = one["start_date"][:10]
    assert set(found("--since", day, "--until", day, "--utc")) == {
        session["id"] for session in every if session["start_date"].startswith(day)
    }
    assert found("--connection", "there-is-no-such-connection") == []


def test_people_are_looked_up(on_demo: Command, demo: DemoGateway) -> None:
    every = [
        json.loads(line) for line in on_demo("list", "--all", "--format", "jsonl").out.splitlines()
    ]
    email = next(session["user"] for session in every if "@" in session["user"])
    found = on_demo("list", "--all", "--format", "jsonl", "--user", email)
    assert {json.loads(line)["user"] for line in found.out.splitlines()} == {email}
    nobody = on_demo("list", "--user", "nobody@nowhere.example")
    assert nobody.code == 2
    assert "nobody has the e-mail" in nobody.err


def test_what_is_filtered_here(on_demo: Command) -> None:
    every = list(csv.DictReader(io.StringIO(on_demo("list", "--all", "--format", "csv").out)))

    def found(*filters: str) -> list[str]:
        outcome = on_demo("list", "--all", "--format", "csv", *filters)
        assert outcome.code == 0
        return [row["id"] for row in csv.DictReader(io.StringIO(outcome.out))]

    def rows(**values: set[str]) -> list[str]:
        return [row["id"] for row in every if all(row[key] in values[key] for key in values)]

    assert found("--outcome", "failed,blocked") == rows(outcome={"failed", "blocked"})
    assert found("--outcome", "failed", "--outcome", "blocked") == rows(
        outcome={"failed", "blocked"}
    )
    assert found("--verb", "connect") == rows(verb={"connect"})
    assert found("--subtype", "postgres", "--subtype", "mysql") == rows(
        subtype={"postgres", "mysql"}
    )
    types = {row["type"] for row in every}
    assert len(types) > 2
    two = sorted(types)[:2]
    assert found("--type", two[0], "--type", two[1]) == rows(type=set(two))
    long = {row["id"] for row in every if row["seconds"] and float(row["seconds"]) >= 60}
    assert set(found("--took", "1m")) >= long
    assert not set(found("--took", "< 59s")) & long


def test_a_list_goes_on_where_another_ended(on_demo: Command) -> None:
    everything = on_demo("list", "--all", "--format", "jsonl").out.splitlines()
    last = json.loads(everything[119])
    position = f"{last['start_date'].removesuffix('Z')},{last['id']}"
    rest = on_demo("list", "--all", "--format", "jsonl", "--resume-from", position)
    assert rest.out.splitlines() == everything[120:]


def test_a_file_is_written_for_its_owner_only(on_demo: Command, tmp_path: Path) -> None:
    path = tmp_path / "sessions.csv"
    outcome = on_demo("list", "--format", "csv", "--output", str(path))
    assert outcome == (0, "", "")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(path.read_text().splitlines()) == 21
    assert list(tmp_path.glob(".*")) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--all", "--limit", "3"], "--all and --limit exclude each other"),
        (["--format", "json", "--columns", "id"], "--columns goes with table and csv"),
        (["--columns", "id,nope"], "There is no column 'nope'; there are when, who"),
        (["--format", "csv", "--columns", "nope"], "There is no CSV column 'nope'; there are id"),
        (["--connection", ""], "--connection is empty"),
        (["--jira", ""], "--jira is empty"),
        (["--jira", "OPS-1", "--jira", " "], "--jira is empty"),
        (["--connection-contains", " "], "--connection-contains is empty"),
        (["--connection", "a", "--connection-contains", "b"], "exclude each other"),
        (["--review-status", "PENDING", "--without-review"], "exclude each other"),
        (["--review-status", "pending"], "--review-status: must be written in capitals: PENDING"),
        (["--outcome", "splendid"], "--outcome: there is no outcome splendid"),
        (["--since", "the day of the dog"], "--since: "),
        (["--since", "today", "--until", "yesterday"], "--since: is after the end"),
        (["--resume-from", "there"], "--resume-from: A position looks like"),
        (["--correlation-id", "a\0b"], "--correlation-id"),
        (["--took", "long"], "--took: not understood"),
        (["--limit", "0"], "0 is not in the range"),
        (["--output", "/"], "is a folder"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_asked(
    on_demo: Command, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    monkeypatch.setenv("HOOP_APIURL", "http://127.0.0.1:1")
    outcome = on_demo("list", *arguments)
    assert outcome.code == (1 if "--output" in arguments else 2)
    assert told in outcome.err
    assert outcome.out == ""
