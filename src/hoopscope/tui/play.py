"""From a session's id to its replay on screen."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.kinds import RecordingKind, kind_of
from hoopscope.recordings.loading import load_recording
from hoopscope.recordings.parts import is_live
from hoopscope.recordings.recording import Recording
from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.tui.launch import begin, theme_to_begin_with
from hoopscope.tui.live_load import LiveLoad
from hoopscope.tui.permissions import Permissions
from hoopscope.tui.standing import Viewer
from hoopscope.tui.stream_load import StreamLoad
from hoopscope.tui.terminal import line_filters

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.access import GatewayAccess
    from hoopscope.gateway.models.people import UserInfo
    from hoopscope.gateway.models.server import ServerInfo
    from hoopscope.recordings.loading import OnProgress


class StoredLoad(StreamLoad):
    """All that is stored of a session, on its way to the disk."""

    def __init__(self, link: GatewayLink, row: SessionRow, on_change: Callable[[], None]) -> None:
        self._recording = Recording()

        def start(tell: OnProgress) -> Future[None]:
            return link.run(
                lambda gateway: load_recording(
                    gateway, row.id, self._recording, tell, expected=row.event_size
                )
            )

        super().__init__(start, on_change, expected=row.event_size)

    def take(self) -> Recording:
        """What there is."""
        return self._recording

    def close(self) -> None:
        """Stop, and give the disk back."""
        self.stop()
        self._recording.close()


class NothingToPlay(Exception):
    """The session has no output that could be shown over time; the text says why."""


def run_play(
    settings: Settings,
    access: GatewayAccess,
    session_id: str,
    *,
    size: tuple[int, int],
    speed: float,
    idle: float,
) -> int:
    """Replay a session until the operator leaves; gives the exit code.

    Args:
        session_id: a UUID.
        size: columns and rows of the recorded terminal, (0, 0) to estimate them.
        speed: how many times as fast as it was.
        idle: seconds of any silence that are played; 0 plays all of it.

    Raises:
        CannotStart: there is no terminal, or the theme cannot be used.
        NothingToPlay: see there.
        GatewayError: the session cannot be read.
    """
    begin(settings)
    link = GatewayLink(access, deadline_seconds=settings.deadline_seconds)
    try:
        return _show(settings, link, session_id, size=size, speed=speed, idle=idle)
    finally:
        link.close()


def _show(
    settings: Settings,
    link: GatewayLink,
    session_id: str,
    *,
    size: tuple[int, int],
    speed: float,
    idle: float,
) -> int:
    asked, switches, user = link.session(session_id), link.serverinfo(), link.userinfo()
    from hoopscope.tui.app import HoopscopeApp  # while the gateway answers
    from hoopscope.tui.screens.playing import Playing, PlayingScreen

    detail = asked.result()
    session, row = detail.session, SessionRow.from_json(detail.raw)
    kind = kind_of(row.type, row.subtype, row.verb)
    if not kind.facts.can_replay and kind is not RecordingKind.EXEC:
        raise NothingToPlay(f"There is nothing to replay. {kind.facts.stored}")
    live = is_live(row, time.time_ns() // 1000)
    playing = Playing(
        title=f"{session.connection or ''}  {session.user or ''}  {session_id}",
        marks=[word for each in session.guardrails_info or () for word in each.matched_words or ()],
        plain=kind is RecordingKind.EXEC,
        live=live,
        size=size,
        speed=speed,
        idle=idle,
    )

    def begin(on_change: Callable[[], None]) -> LiveLoad | StoredLoad:
        return LiveLoad(link, row, on_change) if live else StoredLoad(link, row, on_change)

    theme, folders = theme_to_begin_with(settings)
    screen = PlayingScreen(
        playing,
        begin,
        may_copy=lambda: _may_copy(switches),
        ascii_only=settings.ascii,
        viewer=lambda: _viewer(settings, link, user),
    )
    app = HoopscopeApp(
        lambda: screen,
        None,
        theme=theme,
        theme_folders=folders,
        accent=settings.accent,
        keymap=settings.keys,
        clipboard=settings.clipboard,
        permissions=Permissions(settings.restricted, settings.read_only),
        line_filters=line_filters(ascii_only=settings.ascii),
    )
    code = app.run(mouse=settings.mouse)
    failure = app.failure or screen.failure
    if failure is not None:
        raise failure
    return code or 0


def _viewer(settings: Settings, link: GatewayLink, asked: Future[UserInfo]) -> Viewer:
    """Who looks, as far as the gateway has said."""
    viewer = Viewer(
        link.access.host,
        skip_tls_verify=link.access.skip_tls_verify,
        profile=settings.profile_of_gateway,
        has_accent=bool(settings.accent),
        read_only=link.access.read_only,
    )
    if not asked.done() or asked.exception() is not None:
        return viewer
    user = asked.result()
    return viewer._replace(user=user.known_as, role=user.role or "")


def _may_copy(switches: Future[ServerInfo]) -> bool:
    """Whether the gateway lets its clients copy, as far as it has said."""
    if not switches.done() or switches.exception() is not None:
        return True
    return not switches.result().disable_clipboard_copy_cut
