from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from hoopscope.demo.server import DemoGateway
from tests.demo.moments import NOW


class Asking:
    """Asks a demo gateway, as somebody."""

    def __init__(self, demo: DemoGateway) -> None:
        self.demo = demo
        self._client = httpx.Client(base_url=demo.url, trust_env=False)

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def response(
        self, path: str, email: str = "ana@tidewater.example", **headers: str
    ) -> httpx.Response:
        given = headers or {"Authorization": f"Bearer {self.demo.tokens[email]}"}
        return self._client.get(path, headers=given)

    def nobodys(self, url: str) -> httpx.Response:
        """The answer to somebody without a credential."""
        return self._client.get(url)

    @contextmanager
    def watching(self, session: str) -> Iterator[httpx.Response]:
        """The live stream of a session, for an admin."""
        headers = {"Authorization": f"Bearer {self.demo.token}"}
        path = f"/api/sessions/{session}/stream"
        with self._client.stream("GET", path, headers=headers) as told:
            yield told

    def json(self, path: str, email: str = "ana@tidewater.example") -> Any:
        """The answer's JSON, which has to be a success."""
        response = self.response(path, email)
        assert response.status_code == 200, response.text
        return response.json()

    def rows(self, query: str, email: str = "ana@tidewater.example") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.json(f"/api/sessions?{query}", email)["data"]
        return found

    def refusal(self, path: str, email: str = "ana@tidewater.example") -> tuple[int, Any]:
        response = self.response(path, email)
        return response.status_code, response.json()


@pytest.fixture(scope="package")
def asking() -> Iterator[Asking]:
    """A gateway that nobody changes: 1,000 sessions, its clock stopped."""
    with DemoGateway(sessions=1_000, now=NOW) as demo, Asking(demo) as found:
        yield found


@pytest.fixture
def changing() -> Iterator[Asking]:
    """A small gateway of one's own, to insert into and change; its clock is stopped."""
    with DemoGateway(sessions=150, now=NOW) as demo, Asking(demo) as found:
        yield found
