from __future__ import annotations

import json

import pytest

from hoopscope.cli.people import people_for
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.errors import Forbidden
from hoopscope.sessions.filters import Filters
from tests.cli.conftest import Answering, Command
from tests.gateway.servers import Server, answer


@pytest.mark.parametrize(
    ("filters", "needed"),
    [
        (Filters(), False),
        (Filters(user="00u3b194eaadd9c51458"), True),
        (Filters(user="Ana"), True),
        (Filters(user="ana@x.example"), True),
        (Filters(user="Ana Silva"), True),
        (Filters(approver="ana@x.example"), False),
        (Filters(approver="Ana"), True),
    ],
)
def test_who_has_to_be_looked_up(filters: Filters, needed: bool) -> None:
    assert filters.names_somebody is needed


def test_a_role_that_may_not_list_users(command: Command, answering: Answering) -> None:
    answering(b'{"message": "forbidden"}', 403)
    outcome = command("list", "--user", "ana@tidewater.example")
    assert outcome.code == 3
    assert "Give --user a subject id" in outcome.err


def test_an_approver_can_be_given_by_name(on_demo: Command) -> None:
    by_email = on_demo("list", "--approver", "bruno@tidewater.example", "--format", "jsonl")
    assert by_email.code == 0
    assert by_email.out
    by_name = on_demo("list", "--approver", "BRUNO", "--format", "jsonl")
    assert by_name == by_email


def test_a_user_can_be_given_by_name_or_subject_id(on_demo: Command) -> None:
    by_email = on_demo("list", "--user", "bruno@tidewater.example", "--format", "jsonl")
    assert by_email.out
    assert on_demo("list", "--user", "bruno", "--format", "jsonl") == by_email
    subject = json.loads(by_email.out.splitlines()[0])["user_id"]
    assert on_demo("list", "--user", subject, "--format", "jsonl") == by_email


async def test_a_subject_id_needs_no_right_to_list_users() -> None:
    refusing = Server(lambda _: answer('{"message": "forbidden"}', 403))
    async with refusing, Gateway(GatewayAccess(refusing.url, "token")) as gateway:
        assert await people_for(Filters(user="00u3b194eaadd9c51458"), gateway) == []
        with pytest.raises(Forbidden):
            await people_for(Filters(user="ana@x.example"), gateway)
