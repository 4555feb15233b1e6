"""What is said beside a list, and the exit code, where something is out of reach."""

from __future__ import annotations

import pytest

from hoopscope.gateway.errors import Unreachable
from hoopscope.gateway.query import SessionQuery
from hoopscope.gateway.row import SessionRow
from tests.cli.conftest import Command
from tests.simulated_gateway import SECOND, SimulatedGateway


@pytest.fixture
def gateway(nobody: None, monkeypatch: pytest.MonkeyPatch) -> SimulatedGateway:
    """A gateway in memory in place of the one that is configured."""
    simulated = SimulatedGateway()

    class InPlace:
        def __init__(
            self, access: object, *, deadline: float, on_credential_renewed: object = None
        ) -> None:
            assert access is not None
            assert deadline == 30.0

        async def __aenter__(self) -> SimulatedGateway:
            return simulated

        async def __aexit__(self, *_: object) -> None:
            pass

    monkeypatch.setattr("hoopscope.gateway.client.Gateway", InPlace)
    monkeypatch.setenv("HOOP_APIURL", "https://gateway.example")
    monkeypatch.setenv("HOOP_TOKEN", "token")
    return simulated


def test_sessions_out_of_reach_make_an_exit_code_of_their_own(
    command: Command, gateway: SimulatedGateway
) -> None:
    moment = 1_795_000_000 * SECOND
    gateway.add(*(SessionRow(f"{number:036}", moment + 5) for number in range(10_250)))
    gateway.add(SessionRow("older", moment - 9 * SECOND))
    outcome = command("list", "--all", "--format", "csv", "--columns", "id")
    assert outcome.code == 5
    lines = outcome.out.splitlines()
    assert lines[-1] == "older"
    missing = 10_250 - (len(lines) - 2)
    assert f"{missing} of 10,250 sessions in the second before 2026-11-18" in outcome.err


def test_an_error_on_the_way_says_where_to_go_on(
    command: Command, gateway: SimulatedGateway
) -> None:
    moment = 1_795_000_000 * SECOND
    gateway.add(*(SessionRow(f"{number:036}", moment + number * 7) for number in range(500)))

    def fail(_query: SessionQuery) -> None:
        if len(gateway.queries) >= 3:
            raise Unreachable("The gateway is gone.", "Try again.")

    gateway.before = fail
    first = command("list", "--all", "--format", "csv", "--columns", "id")
    assert first.code == 1
    assert "The gateway is gone. Try again." in first.err
    position = first.err.partition("--resume-from '")[2].partition("'")[0]
    gateway.before = None
    rest = command("list", "--all", "-f", "csv", "--columns", "id", "--resume-from", position)
    assert rest.code == 0
    ids = [*first.out.splitlines()[1:], *rest.out.splitlines()[1:]]
    assert ids == [row.id for row in reversed(gateway.rows)]
