"""The command palette: the gateways of the settings file, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from hoopscope.config.belonging import public_address
from hoopscope.tui.gateway_app import GatewayApp
from hoopscope.untrusted import harmless


class ProfileCommands(Provider):
    """`Profile: NAME` for each, where another gateway may be opened."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, where, run in self._commands():
            yield DiscoveryHit(name, run, help=where)

    async def search(self, query: str) -> Hits:
        """Those whose name fits what was typed."""
        matcher = self.matcher(query)
        for name, where, run in self._commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, help=where)

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        app = cast("GatewayApp", self.app)
        if app.gateways is None or not app.permissions.may_change_gateway:
            return
        for profile in app.gateways.profiles:
            run = partial(app.action_choose_profile, profile.name)
            yield f"Profile: {harmless(profile.name)}", harmless(public_address(profile.url)), run
