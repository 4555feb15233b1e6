"""SessionScreen: everything inside one session, in parts with a key each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message

from hoopscope.gateway.errors import GatewayError
from hoopscope.recordings.parts import Part, opening_part
from hoopscope.sessions.outcome import Outcome, outcome_of
from hoopscope.tui.screens.session.looks import NAMES, PARTS
from hoopscope.tui.screens.session.panes import pane_of
from hoopscope.tui.screens.session.saving_commands import SessionSaving
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.notice import Notice
from hoopscope.tui.widgets.prompt_line import PromptLine
from hoopscope.tui.widgets.tab_line import TabLine
from hoopscope.tui.widgets.text_moved import TextMoved
from hoopscope.tui.widgets.too_small import TooSmall

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.part_pane import PartPane
    from hoopscope.tui.widgets.record_browser import RecordsMoved

SHOWN_BY_DETAIL = (Part.SCRIPT, Part.ANALYSIS)
"""Parts of which only the whole session tells whether it has them."""

AGE_SECONDS = 10.0
"""How often running times are worded anew; what stays the same is not painted."""


class SessionScreen(SessionSaving):
    """Shows one session at a time of the list; made once, which is quicker than each time anew."""

    BINDING_GROUP_TITLE = "Session"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(number), f"look('{part}')", NAMES[part], show=False, id=f"session.show_{part}"
            )
            for number, part in enumerate(PARTS, 1)
        ),
        Binding("tab", "turn(1)", "next part", id="session.show_next_part"),
        Binding(
            "shift+tab", "turn(-1)", "previous part", show=False, id="session.show_previous_part"
        ),
        Binding("left_square_bracket", "step(-1)", "newer", id="session.go_to_newer"),
        Binding("right_square_bracket", "step(1)", "older", id="session.go_to_older"),
        Binding("S", "save_as", "save as", id="session.save_as"),
        Binding("r", "reload", "load anew", show=False, id="session.reload"),
        Binding("s", "stop", "stop loading", show=False, id="session.stop_loading"),
        Binding("y", "copy_id", "copy id", show=False, id="session.copy_id"),
        Binding("Y", "copy_link", "copy link", show=False, id="session.copy_link"),
        Binding("u", "toggle_utc", "UTC or local time", show=False, id="session.toggle_utc"),
        Binding("t", "choose_theme", "theme", show=False, id="session.choose_theme"),
        Binding("colon", "app.command_palette", "commands", show=False, id="session.show_commands"),
        Binding("question_mark,f1", "help", "help", id="session.show_help"),
        Binding("escape", "back", "back", id="session.go_back"),
        Binding("q", "leave", "back at once", show=False, id="session.leave"),
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

    _wanted: tuple[SessionRow, bool] | None = None

    def compose(self) -> ComposeResult:
        """The lines and the summary; the other parts come when they are looked at."""
        yield Line(id="title")
        yield TabLine(ascii_only=self.ascii_only, id="tabs")
        with Container(id="main"):
            yield self._new_pane()
        yield Notice(id="notice")
        yield Line(id="place")
        yield PromptLine(id="prompt")
        yield Line(id="keys")
        yield TooSmall()

    def on_mount(self) -> None:
        """Show what was asked for before there was a place to show it."""
        self.set_interval(AGE_SECONDS, self._age)
        if self._wanted is not None:
            self._begin(*self._wanted)

    def on_unmount(self) -> None:
        """Stop and free everything."""
        self._leave()

    def open(self, row: SessionRow, utc: bool) -> None:
        """Show a session on what matters in it; the rest is asked for."""
        if self.is_mounted:
            self._begin(row, utc)
        else:
            self._wanted = (row, utc)

    def _begin(self, row: SessionRow, utc: bool) -> None:
        if utc is not self._utc:
            self._utc = utc
            for pane in self._panes.values():
                pane.set_utc(utc)
        self._take(row)
        self._show_session(opening_part(row, self._offers, self._now()))

    def on_resize(self, event: events.Resize) -> None:
        """Another size has other lines."""
        self._show_lines()
        self.show_keys()

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

    def action_step(self, by: int) -> None:
        """To the next or the previous session of the list; the part stays if it can."""
        row = self._around.sessions.step(by)
        if row is None:
            self.say(self._around.sessions.why_no_step(by), "muted")
            return
        self._leave()
        self._take(row)
        kept = self._part if self._offers[self._part].is_there else None
        self._show_session(kept or opening_part(row, self._offers, self._now()))

    def action_look(self, name: str) -> None:
        """Look at a part, or be told why there is none."""
        part, before = Part(name), self._part
        if not self._offers[part].is_there:
            self.say(f"{NAMES[part]}: {self._offers[part].why_not}", "muted")
            return
        self.say("")
        self._look(part)
        self.say_in_passing(f"{NAMES[part]} is what is shown." if part is before else "")

    def action_turn(self, by: int) -> None:
        """To the next part that can be had."""
        at = PARTS.index(self._part)
        around = [PARTS[(at + by * n) % len(PARTS)] for n in range(1, len(PARTS) + 1)]
        self.action_look(next(part for part in around if self._offers[part].is_there))

    @on(TabLine.Chosen)
    def _tab_chosen(self, event: TabLine.Chosen) -> None:
        self.action_look(PARTS[event.index])

    def action_back(self) -> None:
        """Stop what is loading; with nothing to stop, go back to the list."""
        if not self._stop():
            self.action_leave()

    def action_leave(self) -> None:
        """Go back to the list, whatever is loading."""
        self._leave()
        self.dismiss(None)

    def _take(self, row: SessionRow) -> None:
        """Another session is looked at."""
        self._opened = self._around.opened.open(row)
        self._opened.detail = self._opened.detail or self._around.details.cached(row)
        self._find_offers()

    def _leave(self) -> None:
        """Nobody looks at the session any more: nothing of it goes on."""
        self._stop()
        self._streams.stop_following(self._opened)
        self.workers.cancel_group(self, "detail")
        for pane in self._panes.values():
            pane.free()
        self._around.opened.leave(self._opened)

    def _show_session(self, part: Part) -> None:
        self.say("")
        failed = outcome_of(self.row, self._now()).outcome is Outcome.FAILED
        self._look(part, at_end=failed)
        if self._opened.detail is None:
            self._bring_detail()

    def _look(self, part: Part, *, at_end: bool = False) -> None:
        if part is not self._part and self._part in self._panes:
            self._pane().leave()
        self._part = part
        pane = self._pane()
        for other in self._panes.values():
            if other.display is not (other is pane):
                other.display = other is pane
        self._provide()
        if pane.opened is not self._opened:
            pane.show_session(self._opened, at_end=at_end)
        else:
            pane.session_changed()
        self.set_focus(pane.takes_focus)
        self._show_tabs()
        self._show_lines()
        self.show_keys()

    def _pane(self) -> PartPane:
        pane = self._panes.get(self._part)
        if pane is None:
            pane = self._new_pane()
            self.query_one("#main", Container).mount(pane)
        return pane

    def _new_pane(self) -> PartPane:
        pane = self._panes[self._part] = pane_of(self._part, self._around, utc=self._utc)
        return pane

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
            if self._part in SHOWN_BY_DETAIL and not self._offers[self._part].is_there:
                self._look(Part.SUMMARY)
            self._pane().session_changed()
            self._show_lines()

    def action_reload(self) -> None:
        """Load the session anew, and what was looked at of its stream."""
        self._around.details.forget()
        self._opened.problem = None
        for pane in self._panes.values():
            pane.free()
        self._opened.drop_recording()
        self.say_in_passing("Asked for anew.")
        self._offer()
        self._look(self._part)
        self._bring_detail()

    def action_stop(self) -> None:
        """Stop what is loading; what came stays."""
        if not self._stop() and not self._streams.stop_following(self._opened):
            self.say("Nothing is loading.", "muted")

    def _stop(self) -> bool:
        loading, saving = self._streams.stop(self._opened), self.stop_saving()
        return loading or saving

    def _provide(self) -> None:
        """Begin to load what the part needs, if that has not begun."""
        self._streams.provide(self._opened, self._part, self._offers[self._part])

    def _stream_moved(self, opened: OpenedSession) -> None:
        """In the API worker's thread."""
        self.post_message(self.StreamMoved(opened))

    @on(TextMoved)
    def _text_moved(self, event: TextMoved) -> None:
        event.stop()
        self._show_lines()

    def on_records_moved(self, event: RecordsMoved) -> None:
        """Another record is looked at, or there are more."""
        event.stop()
        self._show_lines()

    @on(StreamMoved)
    def _show_stream(self, event: StreamMoved) -> None:
        if event.opened is self._opened:
            self._opened.take_live()
            if self._opened.is_live and self._opened.is_loaded:
                # It is over: the list should know.
                self._around.link.refresh()
            self._pane().session_changed()
            self._show_lines()

    def _age(self) -> None:
        if not self.is_current:
            return
        self._pane().session_changed()
        self._show_lines()
