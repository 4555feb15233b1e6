"""Gateway: one hoop gateway's HTTP API, one method an endpoint.

Cheap to import: httpx is loaded by the first request, pydantic by the first whole session.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from hoopscope.gateway.access import GatewayAccess, normal_address
from hoopscope.gateway.answers import another_product, decoded
from hoopscope.gateway.auth import Credentials
from hoopscope.gateway.body import BODY_LIMIT
from hoopscope.gateway.errors import (
    InvalidSessionId,
    ServerFailed,
    TimedOut,
)
from hoopscope.gateway.page import SessionPage
from hoopscope.gateway.query import SessionQuery

if TYPE_CHECKING:
    import httpx

    from hoopscope.gateway.event import Event, LiveEvent
    from hoopscope.gateway.exchange import Exchange
    from hoopscope.gateway.models.connection import Connection
    from hoopscope.gateway.models.people import User, UserInfo
    from hoopscope.gateway.models.server import PublicServerInfo, ServerInfo
    from hoopscope.gateway.models.session import SessionDetail

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z"


class Gateway:
    """A gateway, asked with one credential. Every method raises GatewayError and nothing else.

    `deadline` is in seconds, for a request as a whole: connecting, reading and trying again. What
    is read while it arrives has no end in sight: there the gateway may be silent for twice that.
    `on_credential_renewed` is told a token that the gateway renewed, and which is in use from
    then on. `is_hurried` makes the first request without httpx, which takes long to import.
    Belongs to one event loop.
    """

    def __init__(
        self,
        access: GatewayAccess,
        *,
        deadline: float = 30.0,
        transport: httpx.AsyncBaseTransport | None = None,
        on_credential_renewed: Callable[[str], None] | None = None,
        body_limit: int | None = None,
        is_hurried: bool = False,
    ) -> None:
        self.access = access
        self._deadline = deadline
        # A large recording takes a gateway longer to begin with than any other answer.
        self._silence = 2 * deadline
        self._transport = transport
        self.credentials = Credentials(access.credential, on_credential_renewed)
        self._body_limit = body_limit or BODY_LIMIT
        self._exchange: Exchange | None = None
        self._is_hurried = is_hurried

    async def __aenter__(self) -> Gateway:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections."""
        exchange, self._exchange = self._exchange, None
        if exchange is not None:
            await exchange.aclose()

    async def sessions(self, query: SessionQuery) -> SessionPage:
        """One page of sessions, newest first."""
        return SessionPage.from_json(await self.get_json("/api/sessions", query.parameters()))

    async def session(self, session_id: str) -> SessionDetail:
        """The whole of one session, without what it recorded.

        Raises InvalidSessionId for an id that is no UUID, without asking.
        """
        checked = checked_session_id(session_id)
        value = await self.get_json(f"/api/sessions/{checked}")
        from hoopscope.gateway.models.session import SessionDetail

        return SessionDetail.from_json(value)

    async def recorded_events(self, session_id: str) -> AsyncGenerator[list[Event]]:
        """What a session did, in batches, while the gateway still sends it; memory stays flat.

        A live session has what was stored so far (nothing at first, and up to 50 s behind).
        Raises RecordingWithheld where it is not for this reader, NothingRecorded where nothing
        was ever stored; every other error may come after some batches.
        """
        from hoopscope.gateway.recorded import recorded_events

        checked = checked_session_id(session_id)
        async for events in recorded_events(self._connected(), checked, self._silence):
            yield events

    async def whole_session(self, session_id: str) -> AsyncGenerator[bytes]:
        """The JSON of a session with all that it recorded, byte for byte, as it arrives.

        Raises RecordingWithheld, at the end, where what it recorded is not for this reader.
        """
        from hoopscope.gateway.recorded import whole_session

        checked = checked_session_id(session_id)
        async for piece in whole_session(self._connected(), checked, self._silence):
            yield piece

    async def recorded_output(
        self,
        session_id: str,
        events: Sequence[str] = ("o", "e"),
        *,
        newline: bool = False,
        event_time: bool = False,
    ) -> AsyncGenerator[bytes]:
        """What a session printed as the gateway puts it together, in pieces as it arrives.

        events: the kinds that are wanted, of `i`, `o` and `e`.
        newline, event_time: a line break after each event, its time (whole seconds) before it.
        Raises RecordingWithheld where it is not for this reader.
        """
        from hoopscope.gateway.recorded import recorded_output

        checked = checked_session_id(session_id)
        options = [("events", ",".join(events))]
        options += [("newline", "1")] if newline else []
        options += [("event-time", "1")] if event_time else []
        async for piece in recorded_output(self._connected(), checked, options, self._silence):
            yield piece

    @asynccontextmanager
    async def live_events(self, session_id: str) -> AsyncIterator[AsyncGenerator[LiveEvent]]:
        """What a session does from now on: subscribed to once entered, iterated until it ends.

        Entering and iterating raise GatewayError: Unreachable or TimedOut where the line is lost.
        """
        from hoopscope.gateway.live import live_events

        checked = checked_session_id(session_id)
        async with live_events(self._connected(), checked, self._deadline) as events:
            yield events

    async def download(
        self,
        session_id: str,
        extension: str,
        events: Sequence[str] = ("o", "e"),
        *,
        newline: bool = False,
        event_time: bool = False,
    ) -> AsyncGenerator[bytes]:
        """A file of a session as the gateway makes it, in pieces, over a link that opens once.

        extension: `csv` and `json` are conversions, every other is the output as text; `script` is
            the script as it was stored. events, newline, event_time: as of `recorded_output`.
        Raises Forbidden where downloads are switched off, or not for this reader.
        """
        from hoopscope.gateway.downloads import DownloadLink, link_options

        checked = checked_session_id(session_id)
        options = link_options(extension, events, newline=newline, event_time=event_time)
        answer = await self.get_json(f"/api/sessions/{checked}", options)
        link = DownloadLink(answer, checked, self.access.host)
        async with aclosing(link.fetch(self._connected(), self._silence)) as pieces:
            async for piece in pieces:
                yield piece

    async def users(self) -> list[User]:
        """Everybody in the organisation."""
        from hoopscope.gateway.models.people import User

        return User.list_from(await self._list("/api/users"))

    async def groups(self) -> list[str]:
        """The names of the groups that exist."""
        return [name for name in await self._list("/api/users/groups") if isinstance(name, str)]

    async def connections(self) -> list[Connection]:
        """All connections that this credential may see."""
        from hoopscope.gateway.models.connection import Connection

        return Connection.list_from(await self._list("/api/connections"))

    async def userinfo(self) -> UserInfo:
        """Who the credential is."""
        from hoopscope.gateway.models.people import UserInfo

        return UserInfo.model_validate(await self._object("/api/userinfo"))

    async def serverinfo(self) -> ServerInfo:
        """What the gateway is and what it has switched on."""
        from hoopscope.gateway.models.server import ServerInfo

        return ServerInfo.model_validate(await self._object("/api/serverinfo"))

    async def publicserverinfo(self) -> PublicServerInfo:
        """What the gateway tells everybody: how to log in."""
        from hoopscope.gateway.models.server import PublicServerInfo

        return PublicServerInfo.model_validate(await self._object("/api/publicserverinfo"))

    async def healthz(self) -> bool:
        """Whether the gateway says that it is well. Raises where it says nothing at all."""
        try:
            return (await self._object("/api/healthz")).get("liveness") == "OK"
        except ServerFailed:
            return False

    async def get_json(self, path: str, parameters: Sequence[tuple[str, str]] = ()) -> Any:
        """The decoded answer to a GET: the one place where requests are made.

        `path` begins with `/`. A cancelled call cancels the request.
        """
        from hoopscope.gateway.retries import with_retries

        attempt = self._first_attempt if self._is_hurried else self._connected().get
        try:
            body = await with_retries(
                lambda: attempt(path, parameters),
                asyncio.get_running_loop().time() + self._deadline,
            )
        except TimeoutError:
            raise TimedOut(
                f"{self.access.host} gave no whole answer within {self._deadline:g} s.",
                "Try again; a narrower filter or a shorter span of time costs the gateway less.",
            ) from None
        return decoded(body, self.access.host)

    async def _first_attempt(self, path: str, parameters: Sequence[tuple[str, str]]) -> bytes:
        if self._is_hurried and self._transport is None:
            self._is_hurried = False
            from hoopscope.gateway.first_get import first_get

            body = await first_get(
                self.access, self.credentials, path, parameters, body_limit=self._body_limit
            )
            if body is not None:
                return body
        return await self._connected().get(path, parameters)

    def _connected(self) -> Exchange:
        if self._exchange is None:
            from hoopscope.gateway.exchange import Exchange

            self._exchange = Exchange(
                self.access,
                self.credentials,
                seconds=self._deadline,
                body_limit=self._body_limit,
                transport=self._transport,
            )
        return self._exchange

    async def _list(self, path: str) -> list[Any]:
        value = await self.get_json(path)
        if not isinstance(value, list):
            raise another_product(self.access.host)
        return value

    async def _object(self, path: str) -> dict[str, Any]:
        value = await self.get_json(path)
        if not isinstance(value, dict):
            raise another_product(self.access.host)
        return value


def checked_session_id(session_id: str) -> str:
    """The id in lower case. Raises InvalidSessionId where it is no UUID."""
    if not re.match(_UUID, session_id):
        raise InvalidSessionId(
            "A session's id is a UUID, and this is none.",
            "It looks like 74efe044-b0a5-4451-93f1-bd7fa0f3a364.",
        )
    return session_id.lower()


def session_link(access: GatewayAccess | str, session_id: str) -> str:
    """The address of the gateway's own page of a session."""
    url = normal_address(access) if isinstance(access, str) else access.url
    return f"{url}/sessions/{quote(session_id, safe='')}"
