"""The screens to begin with: the browser of a gateway, or the one that asks for a gateway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from hoopscope.config.belonging import same_gateway
from hoopscope.config.credential_keeper import CredentialKeeper
from hoopscope.gateway.access import GatewayAccess
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.sessions.views import ViewList
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.screens.browser import BrowserScreen
from hoopscope.tui.screens.browser_commands import BrowserOptions

if TYPE_CHECKING:
    from hoopscope.config.kept_state import StateFile
    from hoopscope.config.settings import Settings
    from hoopscope.sessions.view_file import ViewFile
    from hoopscope.sessions.views import View
    from hoopscope.tui.demo_process import DemoProcess
    from hoopscope.tui.screens.connect import ConnectScreen


class FirstScreens:
    """Makes them from the settings; ends the demo gateway that the connect screen started."""

    def __init__(
        self,
        settings: Settings,
        filters: Filters,
        view: View | None = None,
        session_id: str = "",
    ) -> None:
        self._settings = settings
        self._filters = filters
        self._view = view
        self._session_id = session_id
        self._demo: DemoProcess | None = None

    def browser(self, link: GatewayLink, demo: bool) -> BrowserScreen:
        """The browser on a link; opens the query if that has not been done yet."""
        settings = self._settings
        views, warnings = self._views()
        options = BrowserOptions(
            utc=settings.utc,
            ascii=settings.ascii,
            sidebar=settings.sidebar,
            detail=settings.detail,
            demo=demo,
            profile="" if demo else settings.profile_name(link.access.url),
            accent="" if demo else settings.accent_of(link.access.url),
            permissions=Permissions(settings.restricted, settings.read_only),
            stream_limit=settings.stream_limit,
            views=views,
            view=self._view,
            view_file=self._view_file,
            warnings=self._said((*settings.warnings, *warnings)),
            session_id=self._session_id,
            state_file=self._state_file(link, demo),
        )
        # The first browser alone opens it.
        self._session_id = ""
        return BrowserScreen(link, self._filters, options)

    def _said(self, warnings: Sequence[str]) -> Sequence[str]:
        if not self._settings.restricted:
            return warnings
        from hoopscope.confinement.wording import without_paths

        return [without_paths(warning) for warning in warnings]

    def connect(self) -> ConnectScreen:
        """The screen that asks for a gateway."""
        from hoopscope.tui.screens.connect import ConnectScreen

        settings = self._settings
        return ConnectScreen(
            self._link,
            self._start_demo,
            settings.looked_for,
            url=settings.url,
            ascii_only=settings.ascii,
            profiles=settings.profiles,
        )

    def _views(self) -> tuple[ViewList, tuple[str, ...]]:
        """All views, and what is wrong with those of the settings."""
        if not self._settings.views:
            return ViewList(), ()
        from hoopscope.sessions.own_views import own_views

        own = own_views(self._settings.views, self._settings.config_file)
        return own.views, own.warnings

    def _view_file(self) -> ViewFile:
        from hoopscope.sessions.view_file import ViewFile

        return ViewFile(self._settings.config_file, self._settings.views)

    def _state_file(self, link: GatewayLink, demo: bool) -> StateFile | None:
        """Where the place in a gateway's history is remembered, None where it is not to be."""
        settings = self._settings
        permissions = Permissions(settings.restricted, settings.read_only)
        if demo or not permissions.may_keep_state:
            return None
        from hoopscope.config.kept_state import StateFile

        return StateFile.of_gateway(link.access.url, console=settings.console)

    def close(self) -> None:
        """End what was started from here."""
        if self._demo is not None:
            self._demo.close()

    def _link(self, access: GatewayAccess) -> GatewayLink:
        settings = self._settings
        if same_gateway(access.url, settings.url):
            access = replace(
                access, tls_ca=settings.tls_ca, skip_tls_verify=settings.skip_tls_verify
            )
        return GatewayLink(
            replace(access, read_only=settings.read_only),
            poll_seconds=settings.poll_seconds,
            deadline_seconds=settings.deadline_seconds,
            keeper=CredentialKeeper(
                access.url, may_keep=not settings.restricted, way=settings.credential_store
            ),
        )

    def _start_demo(self) -> GatewayAccess:
        from hoopscope.tui.demo_process import DemoProcess

        self.close()
        self._demo = DemoProcess()
        return self._demo.access()
