"""The lines around a part: which session, which parts it has, where one is, what is loading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.parts import Offer, Part, Viewing, is_live, parts_of
from hoopscope.tui.key_names import key_of
from hoopscope.tui.opened_session import OpenedSession
from hoopscope.tui.screens.session.commands import SessionCommands
from hoopscope.tui.screens.session.streams import Streams
from hoopscope.tui.session_standing import in_signs, load_words, place_in_list, session_title
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.tab_line import Tab, TabLine
from hoopscope.untrusted import cell_width

if TYPE_CHECKING:
    from hoopscope.tui.screens.session.part_pane import PartPane
    from hoopscope.tui.screens.session.surroundings import Surroundings

PARTS = tuple(Part)
NAMES = {part: "JSON" if part is Part.JSON else part.capitalize() for part in PARTS}


class SessionLooks(SessionCommands):
    """Knows what can be had of the session, and which part of it is looked at."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around, OpenedSession(SessionRow("")))
        self._part = Part.SUMMARY
        self._panes: dict[Part, PartPane] = {}
        self._offers: Mapping[Part, Offer] = dict.fromkeys(PARTS, Offer())
        self._streams = Streams(around, self._stream_moved)

    @property
    def part(self) -> Part:
        """The part that is looked at."""
        return self._part

    @property
    def pane(self) -> PartPane:
        """What shows it."""
        return self._panes[self._part]

    def offer(self, part: Part) -> Offer:
        """Whether a part can be had."""
        return self._offers[part]

    def _stream_moved(self, opened: OpenedSession) -> None:
        """More of a stream is there; called in the API worker's thread."""
        raise NotImplementedError

    def action_toggle_utc(self) -> None:
        """Say all times in UTC, or in the operator's own zone."""
        self._utc = not self._utc
        self._around.sessions.set_utc(self._utc)
        for pane in self._panes.values():
            pane.set_utc(self._utc)
        self._show_lines()
        self.say_in_passing(f"Times are {'in UTC' if self._utc else 'local'}.")

    def _now(self) -> int:
        return self._around.clock()

    def _offer(self) -> None:
        """Find out anew what can be had, and show it."""
        self._find_offers()
        self._show_tabs()

    def _find_offers(self) -> None:
        user = self._around.acquaintance.user
        viewing = Viewing() if user is None else Viewing(user.id or "", user.role or "")
        detail = self._opened.detail
        session = None if detail is None else detail.session
        self._opened.is_live = is_live(self.row, self._now())
        self._offers = parts_of(self.row, session, self._now(), viewing)

    def _show_tabs(self) -> None:
        tabs = [
            Tab(key_of(self, f"session.show_{part}"), NAMES[part], self._offers[part].is_there)
            for part in PARTS
        ]
        self.query_one("#tabs", TabLine).show_tabs(tabs, PARTS.index(self._part))

    def _show_lines(self) -> None:
        """Title and place, as of now."""
        ascii_only = self.ascii_only
        title = session_title(
            self.row,
            self._now(),
            self.viewer(),
            utc=self._utc,
            width=self.size.width,
            ascii_only=ascii_only,
        )
        self.query_one("#title", Line).show(*title)
        sessions = self._around.sessions
        found = sessions.row_of(self.row.id)
        where = place_in_list(None if found is None else found[0], sessions.length())
        pane = self._panes.get(self._part)
        note = self._offers[self._part].note
        left = (pane.place() if pane is not None else ()) or [(note, "")]
        right = load_words(
            self._streams.load_of(self._opened, self._part), self.hint, utc=self._utc
        )
        taken = sum(cell_width(text) for text, _ in left) + 3
        if not right and taken + cell_width(where) <= self.size.width:
            right = [(where, "muted")]
        self.query_one("#place", Line).show(
            in_signs([(" ", ""), *left], ascii_only=ascii_only),
            in_signs([*right, (" ", "")], ascii_only=ascii_only),
        )
