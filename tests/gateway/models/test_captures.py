"""The models against everything that was recorded: no field unknown, none of another type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hoopscope.gateway.models.base import GatewayModel
from hoopscope.gateway.models.connection import Connection
from hoopscope.gateway.models.people import User, UserInfo
from hoopscope.gateway.models.review import Review
from hoopscope.gateway.models.server import PublicServerInfo, ServerInfo
from hoopscope.gateway.models.session import Session, SessionDetail
from tests.gateway import captures

AROUND: list[tuple[type[GatewayModel], str]] = [
    (User, "users"),
    *[
        (UserInfo, f"userinfo-{who}")
        for who in ("admin", "api-key", "bruno", "carla", "server-api-key")
    ],
    (ServerInfo, "serverinfo"),
    (ServerInfo, "serverinfo-downloads-disabled"),
    (PublicServerInfo, "publicserverinfo"),
    (Connection, "connections"),
    (Connection, "connections-as-dana"),
]


def within(model: GatewayModel, path: str = "") -> Iterator[tuple[str, GatewayModel]]:
    """A model and all models inside of it, with where they are."""
    yield path, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, GatewayModel):
                yield from within(item, f"{path}.{name}")


def assert_known(model: GatewayModel) -> None:
    unknown = {path: found.unknown for path, found in within(model) if found.unknown}
    unreadable = {path: found.unreadable for path, found in within(model) if found.unreadable}
    assert (unknown, unreadable) == ({}, {})


def test_no_field_of_a_recorded_list_is_unknown() -> None:
    for name in captures.lists():
        for raw in captures.value(name)["data"]:
            assert_known(Session.model_validate(raw))


def test_no_field_of_a_recorded_session_is_unknown() -> None:
    assert len(captures.details()) > 100
    for name in captures.details():
        raw = captures.value(name)
        detail = SessionDetail.from_json(raw)
        assert_known(detail.session)
        assert detail.session.script_text == raw["script"]["data"]
        assert detail.raw == raw


@pytest.mark.parametrize(("model", "name"), AROUND)
def test_no_field_of_what_is_around_it_is_unknown(model: type[GatewayModel], name: str) -> None:
    value = captures.value(name)
    found = model.list_from(value if isinstance(value, list) else [value])
    assert found
    for one in found:
        assert_known(one)


def _set(model: GatewayModel) -> dict[str, Any]:
    """What a model holds, as plain values, without what was not given."""
    return model.model_dump(mode="json", exclude_unset=True)


def test_nothing_of_a_recorded_session_is_lost() -> None:
    for name in captures.details():
        raw = captures.value(name)
        held = _set(SessionDetail.from_json(raw).session)
        assert _without_times(held) == _without_times(raw)


def _without_times(value: Any) -> Any:
    """Times read back in another way of writing them, so they are compared elsewhere."""
    if isinstance(value, dict):
        return {
            name: _without_times(item)
            for name, item in value.items()
            if not name.endswith(("_date", "_at", "timestamp"))
        }
    return [_without_times(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("capture", ["review-one", "reviews-list"])
def test_reviews_on_their_own_fit_the_model_too(capture: str) -> None:
    value = captures.value(capture)
    for raw in value if isinstance(value, list) else [value]:
        review = Review.model_validate(raw)
        assert review.unreadable == ()
        assert review.status == raw["status"]
        assert 0 <= review.approvals <= len(review.review_groups_data or [])
