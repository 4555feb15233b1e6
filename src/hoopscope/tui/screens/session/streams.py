"""Loads what a session recorded when a part that needs it is looked at, once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from hoopscope.recordings.kinds import RecordingKind, kind_of
from hoopscope.recordings.parts import Part
from hoopscope.tui.stream_load import StreamLoad

if TYPE_CHECKING:
    from concurrent.futures import Future

    from hoopscope.recordings.loading import OnProgress
    from hoopscope.recordings.parts import Offer
    from hoopscope.tui.opened_session import Load, OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings

_OF_EVENTS = (Part.REPLAY, Part.EVENTS)
_TEXT = (RecordingKind.EXEC, RecordingKind.TERMINAL)
"""Kinds whose output, as the gateway puts it together, is what a person would read anyway."""


class Streams:
    """Begins and stops loads; `on_change` is called in the API worker's thread."""

    def __init__(self, around: Surroundings, on_change: Callable[[OpenedSession], None]) -> None:
        self._around = around
        self._on_change = on_change

    def provide(self, opened: OpenedSession, part: Part, offer: Offer) -> None:
        """Begin to load what a part needs, if that has not begun."""
        if not offer.is_there:
            return
        if part is Part.OUTPUT and self._is_large(opened, offer):
            if opened.text_loading is None:
                self._load_text(opened)
        elif part in (Part.OUTPUT, *_OF_EVENTS) and opened.loading is None:
            if offer.is_live:
                self._follow(opened)
            else:
                self._load_events(opened)

    def load_of(self, opened: OpenedSession, part: Part) -> Load | None:
        """The load that a part depends on."""
        if part is Part.OUTPUT:
            return opened.text_loading or opened.loading
        return opened.loading if part in _OF_EVENTS else None

    def stop(self, opened: OpenedSession) -> bool:
        """Stop what is loading and has an end; whether there was anything."""
        running = [
            load for load in opened.loads() if load.is_running and isinstance(load, StreamLoad)
        ]
        for load in running:
            load.stop()
        return bool(running)

    def stop_following(self, opened: OpenedSession) -> bool:
        """Follow what is live no further; whether it was followed."""
        load = opened.loading
        if load is None or not load.is_running or isinstance(load, StreamLoad):
            return False
        load.stop()
        return True

    def _is_large(self, opened: OpenedSession, offer: Offer) -> bool:
        """Whether its output alone is to be read, without times; not if all of it is here."""
        kind = kind_of(opened.row.type, opened.row.subtype, opened.row.verb)
        large = offer.size > self._around.stream_limit and kind in _TEXT
        return large and opened.loading is None

    def _load_events(self, opened: OpenedSession) -> None:
        from hoopscope.recordings.loading import load_recording
        from hoopscope.recordings.recording import Recording

        session_id, expected = opened.row.id, opened.row.event_size
        recording = opened.recording = Recording()

        def start(tell: OnProgress) -> Future[None]:
            return self._around.link.run(
                lambda gateway: load_recording(
                    gateway, session_id, recording, tell, expected=expected
                )
            )

        opened.loading = StreamLoad(start, partial(self._on_change, opened), expected=expected)

    def _follow(self, opened: OpenedSession) -> None:
        from hoopscope.tui.live_load import LiveLoad

        opened.loading = LiveLoad(self._around.link, opened.row, partial(self._on_change, opened))

    def _load_text(self, opened: OpenedSession) -> None:
        from hoopscope.recordings.loading import load_output
        from hoopscope.recordings.spool import Spool

        session_id, expected = opened.row.id, opened.row.event_size
        spool = opened.text = Spool()

        def start(tell: OnProgress) -> Future[None]:
            return self._around.link.run(
                lambda gateway: load_output(gateway, session_id, spool, tell, expected=expected)
            )

        opened.text_loading = StreamLoad(start, partial(self._on_change, opened), expected=expected)
