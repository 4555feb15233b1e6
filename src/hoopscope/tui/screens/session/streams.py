"""Loads what a session recorded when a part that needs it is looked at, once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hoopscope.recordings.parts import Offer, Part
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings
    from hoopscope.tui.stream_load import StreamLoad


class Streams:
    """Begins and stops loads; `on_change` is called in the API worker's thread."""

    def __init__(self, around: Surroundings, on_change: Callable[[OpenedSession], None]) -> None:
        self._around = around
        self._on_change = on_change

    def provide(self, opened: OpenedSession, part: Part, offer: Offer) -> None:
        """Begin to load what a part needs, if that has not begun."""

    def load_of(self, opened: OpenedSession, part: Part) -> StreamLoad | None:
        """The load that a part depends on."""
        return None

    def stop(self, opened: OpenedSession) -> bool:
        """Stop all that is loading; whether there was anything."""
        running = [
            load
            for load in (opened.loading, opened.text_loading)
            if load is not None and load.is_running
        ]
        for load in running:
            load.stop()
        return bool(running)
