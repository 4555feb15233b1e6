"""SessionScreen: everything inside one session, in parts with a key each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.widgets import Static

from hoopscope.gateway.errors import GatewayError
from hoopscope.recordings.parts import Offer, Part, Viewing, opening_part, parts_of
from hoopscope.tui.screens.session.commands import SessionCommands
from hoopscope.tui.screens.session.panes import BUILT, pane_of
from hoopscope.tui.screens.session.streams import Streams
from hoopscope.tui.session_standing import (
    in_signs,
    load_words,
    place_in_list,
    session_title,
)
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.prompt_line import PromptLine
from hoopscope.tui.widgets.tab_line import Tab, TabLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hoopscope.gateway.row import SessionRow
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.part_pane import PartPane
    from hoopscope.tui.screens.session.surroundings import Surroundings

PARTS = tuple(Part)
NAMES = {part: "JSON" if part is Part.JSON else part.capitalize() for part in PARTS}
ROOMY = 100
"""Columns from which the lines say things at length."""

AGE_SECONDS = 10.0
"""How often running times are worded anew; what stays the same is not painted."""

TOO_SMALL = (
    "hoopscope needs 60 columns and 20 rows.\nMake the window larger, or its letters smaller."
)


class SessionScreen(SessionCommands):
    """Shows one session at a time of the list that it was opened from.

    Args:
        around: the gateway, the list, how things look.
        row: the session to begin with.
        utc: whether times are UTC.
    """

    BINDING_GROUP_TITLE = "Session"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"look('{part}')", NAMES[part], show=False, id=f"session.{part}")
            for number, part in enumerate(PARTS, 1)
        ),
        Binding("tab", "turn(1)", "next part", id="session.next_part"),
        Binding("shift+tab", "turn(-1)", "previous part", show=False, id="session.previous_part"),
        Binding("left_square_bracket", "step(-1)", "newer", id="session.newer"),
        Binding("right_square_bracket", "step(1)", "older", id="session.older"),
        Binding("r", "reload", "load anew", show=False, id="session.reload"),
        Binding("s", "stop", "stop loading", show=False, id="session.stop"),
        Binding("y", "copy_id", "copy id", show=False, id="session.copy_id"),
        Binding("Y", "copy_link", "copy link", show=False, id="session.copy_link"),
        Binding("u", "toggle_utc", "UTC or local time", show=False, id="session.utc"),
        Binding("t", "choose_theme", "theme", show=False, id="session.theme"),
        Binding("colon", "app.command_palette", "commands", show=False, id="session.commands"),
        Binding("question_mark,f1", "help", "help", id="session.help"),
        Binding("escape,q", "back", "back", id="session.back"),
    ]

    @dataclass
    class StreamMoved(Message):
        """More of a session's stream is there, or its load has ended."""

        opened: OpenedSession

        def can_replace(self, message: Message) -> bool:
            """Only that something changed matters; bursts coalesce."""
            return isinstance(message, SessionScreen.StreamMoved) and (
                message.opened is self.opened
            )

    def __init__(self, around: Surroundings, row: SessionRow, *, utc: bool) -> None:
        super().__init__(around)
        self._utc = utc
        self._panes: dict[Part, PartPane] = {}
        self._offers: Mapping[Part, Offer] = {}
        self._streams = Streams(around, self._stream_moved)
        self._opened = around.opened.open(row)
        self._part = Part.SUMMARY

    def compose(self) -> ComposeResult:
        """The lines; the parts come when they are looked at."""
        ascii_only = self._around.ascii_only
        yield Line(id="title")
        yield TabLine(ascii_only=ascii_only, id="tabs")
        yield Container(id="main")
        yield Notice(id="notice")
        yield Line(id="place")
        yield PromptLine(id="prompt")
        yield Line(id="keys")
        yield Static(TOO_SMALL, id="too-small", markup=False)

    def on_mount(self) -> None:
        """Open on what matters."""
        self._offer()
        self._show_session(opening_part(self._opened.row, self._offers, self._now()))
        self.set_interval(AGE_SECONDS, self._age)

    def on_unmount(self) -> None:
        """Stop and free everything."""
        for pane in self._panes.values():
            pane.free()
        self._around.opened.leave(self._opened)

    def on_resize(self, event: events.Resize) -> None:
        """Another size has other lines."""
        self._show_lines()
        self.show_keys()

    @property
    def row(self) -> SessionRow:
        """The session that is on screen, as the list knows it."""
        return self._opened.row

    @property
    def opened(self) -> OpenedSession:
        """What is known and loaded of it."""
        return self._opened

    @property
    def part(self) -> Part:
        """The part that is looked at."""
        return self._part

    def list_changed(self) -> None:
        """The list knows more, or something else: a running session may have ended."""
        found = self._around.sessions.row_of(self.row.id)
        if found is not None and found[1] != self.row:
            self._opened.row = found[1]
            self._bring_detail()
            self._offer()
            self._provide()
            self._pane().session_changed()
        self._show_lines()

    # -- another session, another part

    def action_step(self, by: int) -> None:
        """To the next or the previous session of the list; the part stays if it can."""
        row = self._around.sessions.step(by)
        if row is None:
            self.say("There is no newer session." if by < 0 else "There is no older one.", "muted")
            return
        for pane in self._panes.values():
            pane.free()
        self._around.opened.leave(self._opened)
        self._opened = self._around.opened.open(row)
        self._offer()
        kept = self._part if self._offers[self._part].is_there else None
        self._show_session(kept or opening_part(row, self._offers, self._now()))

    def action_look(self, name: str) -> None:
        """Look at a part, or be told why there is none."""
        part = Part(name)
        offer = self._offers[part]
        if offer.is_there:
            self.say("")
            self._look(part)
        else:
            self.say(f"{NAMES[part]}: {offer.why_not}", "muted")

    def action_turn(self, by: int) -> None:
        """To the next part that can be had."""
        at = PARTS.index(self._part)
        around = [PARTS[(at + by * n) % len(PARTS)] for n in range(1, len(PARTS))]
        self._look(next((part for part in around if self._offers[part].is_there), self._part))

    @on(TabLine.Chosen)
    def _tab_chosen(self, event: TabLine.Chosen) -> None:
        self.action_look(PARTS[event.index])

    def action_back(self) -> None:
        """Stop what is loading; with nothing to stop, go back to the list."""
        if not self._streams.stop(self._opened):
            self.dismiss(None)

    def _show_session(self, part: Part) -> None:
        self._session_id = self.row.id
        self.say("")
        self._opened.detail = self._around.details.cached(self.row)
        self._look(part, at_end=True)
        if self._opened.detail is None:
            self._bring_detail()

    def _look(self, part: Part, *, at_end: bool = False) -> None:
        if part is not self._part and self._part in self._panes:
            self._pane().leave()
        self._part = part
        pane = self._pane()
        for other in self._panes.values():
            other.display = other is pane
        self._provide()
        if pane.opened is not self._opened:
            pane.show_session(self._opened, at_end=at_end)
        else:
            pane.session_changed()
        self.set_focus(pane.shown)
        self._show_tabs()
        self._show_lines()
        self.show_keys()

    def _pane(self) -> PartPane:
        pane = self._panes.get(self._part)
        if pane is None:
            pane = self._panes[self._part] = pane_of(self._part, self._around, utc=self._utc)
            self.query_one("#main", Container).mount(pane)
        return pane

    # -- what is loaded

    @work(exclusive=True, group="detail")
    async def _bring_detail(self) -> None:
        opened = self._opened
        try:
            opened.detail = await self._around.details.fetch(opened.row)
            opened.problem = None
        except GatewayError as error:
            opened.problem = error
        if opened is self._opened:
            self._offer()
            self._pane().session_changed()
            self._show_lines()

    def action_reload(self) -> None:
        """Load the session anew, and what was looked at of its stream."""
        self._around.details.forget()
        self._opened.problem = None
        for pane in self._panes.values():
            pane.free()
        self._opened.drop_recording()
        self.say("")
        self._offer()
        self._look(self._part)
        self._bring_detail()

    def action_stop(self) -> None:
        """Stop what is loading; what came stays."""
        if not self._streams.stop(self._opened):
            self.say("Nothing is loading.", "muted")

    def _provide(self) -> None:
        """Begin to load what the part needs, if that has not begun."""
        self._streams.provide(self._opened, self._part, self._offers[self._part])

    def _stream_moved(self, opened: OpenedSession) -> None:
        """In the API worker's thread."""
        self.post_message(self.StreamMoved(opened))

    @on(StreamMoved)
    def _show_stream(self, event: StreamMoved) -> None:
        if event.opened is self._opened:
            self._pane().session_changed()
            self._show_lines()

    # -- what is said

    def action_toggle_utc(self) -> None:
        """Say all times in UTC, or in the operator's own zone."""
        self._utc = not self._utc
        self._around.sessions.set_utc(self._utc)
        for pane in self._panes.values():
            pane.set_utc(self._utc)
        self._show_lines()

    def _offer(self) -> None:
        user = self._around.acquaintance.user
        viewing = Viewing() if user is None else Viewing(user.id or "", user.role or "")
        detail = self._opened.detail
        session = None if detail is None else detail.session
        offers = parts_of(self.row, session, self._now(), viewing)
        self._offers = {
            part: offer if part in BUILT else Offer("This part is not built yet.")
            for part, offer in offers.items()
        }
        self._show_tabs()

    def _show_tabs(self) -> None:
        tabs = [
            Tab(str(number), NAMES[part], self._offers[part].is_there)
            for number, part in enumerate(PARTS, 1)
        ]
        self.query_one("#tabs", TabLine).show_tabs(tabs, PARTS.index(self._part))

    def _show_lines(self) -> None:
        narrow = self.size.width < ROOMY
        ascii_only = self._around.ascii_only
        title = session_title(
            self.row, self._now(), utc=self._utc, narrow=narrow, ascii_only=ascii_only
        )
        self.query_one("#title", Line).show(*title)
        sessions = self._around.sessions
        found = sessions.row_of(self.row.id)
        where = place_in_list(None if found is None else found[0], sessions.length())
        left = self._pane().place() or [(self._offers[self._part].note, "")]
        load = load_words(self._streams.load_of(self._opened, self._part))
        right = load or [(where, "muted")]
        self.query_one("#place", Line).show(
            in_signs([(" ", ""), *left], ascii_only=ascii_only),
            in_signs([*right, (" ", "")], ascii_only=ascii_only),
        )

    def _age(self) -> None:
        self._pane().session_changed()
        self._show_lines()

    def _now(self) -> int:
        return self._around.clock()
