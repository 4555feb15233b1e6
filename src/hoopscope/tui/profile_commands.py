"""The command palette: the gateways of the settings file, by name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import cast

from hoopscope.config.belonging import public_address
from hoopscope.tui.gateway_app import GatewayApp
from hoopscope.tui.named_commands import NamedCommand, NamedCommands
from hoopscope.untrusted import harmless


class ProfileCommands(NamedCommands):
    """`Profile: NAME` for each, where another gateway may be opened."""

    def commands(self) -> Iterator[NamedCommand]:
        """One for each, in the order of the settings file."""
        app = cast("GatewayApp", self.app)
        if app.gateways is None or not app.permissions.may_change_gateway:
            return
        for profile in app.gateways.profiles:
            run = partial(app.action_choose_profile, profile.name)
            where = harmless(public_address(profile.url))
            yield NamedCommand(f"Profile: {harmless(profile.name)}", where, run)
