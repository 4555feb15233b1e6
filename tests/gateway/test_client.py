"""Gateway: its endpoints, with recorded answers."""

from __future__ import annotations

import pytest

from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.client import Gateway, checked_session_id, session_link
from hoopscope.gateway.errors import (
    Forbidden,
    InvalidAddress,
    InvalidSessionId,
    NotFound,
    UnexpectedAnswer,
)
from hoopscope.gateway.query import SessionQuery
from tests.gateway import captures
from tests.gateway.servers import Received, Server, answer, as_json

pytestmark = pytest.mark.usefixtures("no_waiting")
ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
RECORDED = {
    "/api/sessions": "list-limit-100",
    f"/api/sessions/{ID}": "detail-ok-simple",
    "/api/users": "users",
    "/api/users/groups": "users-groups",
    "/api/connections": "connections",
    "/api/userinfo": "userinfo-admin",
    "/api/serverinfo": "serverinfo",
    "/api/publicserverinfo": "publicserverinfo",
    "/api/healthz": "healthz",
}


def recorded(request: Received) -> bytes:
    name = RECORDED.get(request.path)
    return answer(captures.body(name)) if name else as_json({"message": "not found"}, 404)


async def test_a_page_of_sessions() -> None:
    query = SessionQuery(user="a_b", without_review=True, connection="ü &+%", limit=100)
    async with Server(recorded) as server, Gateway(GatewayAccess(server.url)) as gateway:
        page = await gateway.sessions(query)
    assert len(page.rows) == len(page.raw) == 100
    assert server.received[0].parameters == query.parameters()
    assert server.received[0].path == "/api/sessions"


async def test_a_whole_session_and_the_json_beside_it() -> None:
    async with Server(recorded) as server, Gateway(GatewayAccess(server.url)) as gateway:
        detail = await gateway.session(ID.upper())
    assert server.received[0].target == f"/api/sessions/{ID}"
    assert detail.raw == captures.value("detail-ok-simple")
    assert detail.session.id == detail.raw["id"]
    assert detail.session.script_text == detail.raw["script"]["data"]


async def test_everything_around_it() -> None:
    async with Server(recorded) as server, Gateway(GatewayAccess(server.url)) as gateway:
        assert {user.email for user in await gateway.users()} >= {"ana@acme.example"}
        assert "dba" in await gateway.groups()
        assert {found.name for found in await gateway.connections()} >= {"bash-prod"}
        assert (await gateway.userinfo()).role == "admin"
        assert (await gateway.serverinfo()).auth_method == "local"
        assert (await gateway.publicserverinfo()).setup_required is False
        assert await gateway.healthz() is True
    # One connection at a time would tell an admin its secrets.
    assert not [got for got in server.received if got.path.startswith("/api/connections/")]


@pytest.mark.parametrize(
    ("content", "status"), [({"liveness": "BAD"}, 200), ({}, 200), ({"liveness": "OK"}, 503)]
)
async def test_a_gateway_that_is_not_well(content: object, status: int) -> None:
    async with (
        Server(as_json(content, status)) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        assert await gateway.healthz() is False


@pytest.mark.parametrize("method", ["users", "groups", "connections"])
async def test_lists_that_are_none(method: str) -> None:
    async with (
        Server(as_json({"items": []})) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        with pytest.raises(UnexpectedAnswer, match="not as a hoop gateway"):
            await getattr(gateway, method)()


@pytest.mark.parametrize("method", ["userinfo", "serverinfo", "publicserverinfo", "healthz"])
async def test_objects_that_are_none(method: str) -> None:
    async with (
        Server(as_json([])) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        with pytest.raises(UnexpectedAnswer, match="not as a hoop gateway"):
            await getattr(gateway, method)()


@pytest.mark.parametrize("value", [[], None, "x", {}, {"id": 7}])
async def test_a_session_that_is_none(value: object) -> None:
    async with (
        Server(as_json(value)) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        with pytest.raises(UnexpectedAnswer, match="no session"):
            await gateway.session(ID)


@pytest.mark.parametrize(
    ("capture", "status", "kind"),
    [("detail-forbidden", 403, Forbidden), ("detail-id-unknown", 404, NotFound)],
)
async def test_a_session_that_one_does_not_get(
    capture: str, status: int, kind: type[Exception]
) -> None:
    async with (
        Server(answer(captures.body(capture), status)) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        with pytest.raises(kind):
            await gateway.session(ID)


async def test_spoiled_items_of_a_list_are_left_out() -> None:
    async with (
        Server(as_json([None, {"id": "a"}, 7, "dba"])) as server,
        Gateway(GatewayAccess(server.url)) as gateway,
    ):
        assert [user.id for user in await gateway.users()] == ["a"]
        assert [found.id for found in await gateway.connections()] == ["a"]
        assert await gateway.groups() == ["dba"]


async def test_closing_twice_and_without_a_request_is_fine() -> None:
    gateway = Gateway(GatewayAccess("https://gateway.example"))
    await gateway.aclose()
    await gateway.aclose()


def test_ids_are_checked_and_made_lower_case() -> None:
    assert checked_session_id(ID.upper()) == ID
    for wrong in ("", "nope", f"{{{ID}}}", ID.replace("-", ""), f" {ID}", "urn:uuid:" + ID):
        with pytest.raises(InvalidSessionId) as caught:
            checked_session_id(wrong)
        assert caught.value.status is None


def test_the_gateway_s_own_page_of_a_session() -> None:
    assert session_link("https://gateway.example/", ID) == f"https://gateway.example/sessions/{ID}"
    assert session_link("https://gateway.example", "../a?b#c").endswith("/sessions/..%2Fa%3Fb%23c")
    access = GatewayAccess("https://gateway.example/hoop", "hpk_1")
    assert session_link(access, ID) == f"https://gateway.example/hoop/sessions/{ID}"
    with pytest.raises(InvalidAddress):
        session_link("nowhere", ID)
