"""Getting to know a gateway after the first paint: who looks, what may be picked from."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hoopscope.gateway.errors import GatewayError

if TYPE_CHECKING:
    from hoopscope.gateway.models.connection import Connection
    from hoopscope.gateway.models.people import User, UserInfo
    from hoopscope.gateway.models.server import ServerInfo
    from hoopscope.sessions.gateway_link import GatewayLink


class Acquaintance:
    """What the gateway says about itself and its people; what it does not say stays empty.

    Attributes:
        people: everybody, empty where the role may not list them.
        connections: those that this identity can see.
    """

    def __init__(self, link: GatewayLink) -> None:
        self._link = link
        self.people: list[User] = []
        self.connections: list[Connection] = []
        self.user: UserInfo | None = None
        self.server: ServerInfo | None = None

    @property
    def name(self) -> str:
        """Who looks: the e-mail, or what there is instead, as it came; "" where nobody knows."""
        return "" if self.user is None else self.user.known_as

    @property
    def may_copy(self) -> bool:
        """Whether the gateway lets its clients copy."""
        return self.server is None or not self.server.disable_clipboard_copy_cut

    @property
    def may_download(self) -> bool:
        """Whether the gateway lets its clients save what sessions recorded."""
        return self.server is None or not self.server.disable_sessions_download

    async def ask_who(self) -> None:
        """Ask who looks, and what the gateway has switched on."""
        try:
            self.user = await asyncio.wrap_future(self._link.userinfo())
            self.server = await asyncio.wrap_future(self._link.serverinfo())
        except GatewayError:
            # The list says what is wrong with the gateway; here only a name is missing.
            return

    async def ask_choices(self) -> None:
        """Ask for what the filters offer to pick from."""
        try:
            self.connections = await asyncio.wrap_future(self._link.connections())
            self.people = await asyncio.wrap_future(self._link.users())
        except GatewayError:
            # The fields take free text where there is nothing to pick from.
            return
