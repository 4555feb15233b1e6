"""The browser: filters, table, detail. Workers fetch, messages bring what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from hoopscope.sessions.filters import Filters
from hoopscope.tui.feed_view import FeedView
from hoopscope.tui.key_names import hints_of
from hoopscope.tui.messages import FeedMoved, FirstPaint
from hoopscope.tui.screens.browser_queries import BrowserQueries
from hoopscope.tui.screens.browser_views import VIEW_BINDINGS
from hoopscope.tui.widgets.browser_table import BrowserTable
from hoopscope.tui.widgets.filter_line import FilterLine
from hoopscope.tui.widgets.line import Line
from hoopscope.tui.widgets.session_table import VirtualTable
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.sessions.feed_state import FeedState
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.screens.browser_commands import BrowserOptions
    from hoopscope.tui.widgets.filter_sidebar import FiltersChanged

AGE_SECONDS = 10.0
"""How often running times are worded anew; what stays the same is not painted."""


class BrowserScreen(BrowserQueries):
    """Lists the sessions of one gateway.

    Args:
        link: the gateway, with a query open on it.
        filters: what that query was made from.
    """

    BINDING_GROUP_TITLE = "Browser"
    AUTO_FOCUS = "#table"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "focus_filters", "filters", id="browser.focus_filters"),
        Binding("v", "choose_view", "views", id="browser.choose_view"),
        Binding("c", "choose_columns", "columns", show=False, id="browser.choose_columns"),
        Binding("d", "show_detail", "detail", id="browser.show_detail"),
        Binding("g", "go_to_date", "date", id="browser.go_to_date"),
        Binding("slash", "find", "find", id="browser.find"),
        Binding("n", "find_next(False)", "find next", show=False, id="browser.find_next"),
        Binding("N", "find_next(True)", "find previous", show=False, id="browser.find_previous"),
        Binding("space", "take_in_new", "take in new", show=False, id="browser.take_in_new"),
        Binding("x", "clear_filters", "clear filters", show=False, id="browser.clear_filters"),
        Binding("r", "refresh", "refresh", show=False, id="browser.refresh"),
        Binding("s", "stop", "stop looking further", show=False, id="browser.stop_looking"),
        Binding("y", "copy_id", "copy", id="browser.copy_id"),
        Binding("Y", "copy_link", "copy link", show=False, id="browser.copy_link"),
        Binding("u", "toggle_utc", "UTC or local time", show=False, id="browser.toggle_utc"),
        Binding(
            "F", "toggle_sidebar", "sidebar on or off", show=False, id="browser.toggle_sidebar"
        ),
        Binding("D", "toggle_docked", "detail on or off", show=False, id="browser.toggle_detail"),
        Binding("t", "choose_theme", "theme", show=False, id="browser.choose_theme"),
        Binding(
            "left_square_bracket", "step(-1)", "newer session", show=False, id="browser.go_to_newer"
        ),
        Binding(
            "right_square_bracket", "step(1)", "older session", show=False, id="browser.go_to_older"
        ),
        Binding("tab", "turn_focus(1)", "next part", show=False, id="browser.focus_next"),
        Binding(
            "shift+tab",
            "turn_focus(-1)",
            "previous part",
            show=False,
            id="browser.focus_previous",
        ),
        Binding("escape", "back", "back to the table", show=False, id="browser.go_back"),
        Binding("colon", "app.command_palette", "commands", show=False, id="browser.show_commands"),
        Binding("question_mark,f1", "help", "help", id="browser.show_help"),
        Binding("q", "app.quit", "quit", id="browser.quit"),
        *VIEW_BINDINGS,
    ]

    def __init__(self, link: GatewayLink, filters: Filters, options: BrowserOptions) -> None:
        super().__init__(link, filters, options)
        self.set_class(options.sidebar, "-sidebar", update=False)
        self.set_class(options.detail, "-docked", update=False)
        self._has_painted = False

    def compose(self) -> ComposeResult:
        """What the first paint needs, and nothing else; the rest is filled in after it."""
        yield Line(id="title")
        with Widget(id="main"):
            yield Widget(id="sidebar-slot")
            with Widget(id="content"):
                if self._query.filters.is_active or self.views.title:
                    yield FilterLine(id="filter-line")
                yield BrowserTable(ascii_only=self._options.ascii, id="table")
                yield Line(id="place")
                yield Widget(id="detail-slot")
        yield Line(id="keys")

    def on_mount(self) -> None:
        """Show what is here already, and listen for the rest."""
        options = self._options
        self._view = FeedView(
            self._link,
            self._viewer(),
            table=self._table,
            title=self.query_one("#title", Line),
            notice=self._parts.notice,
            place=self.query_one("#place", Line),
            clock=self._microseconds,
            utc=options.utc,
            ascii_only=options.ascii,
            columns=self.views.columns,
        )
        self._show_filters()
        if options.warnings:
            self._view.say(harmless(" ".join(options.warnings)), "waiting")
        self._view.show(self._link.state)
        self._link.listen(self._feed_changed)
        if not self._link.was_opened:
            self._ask(self._query.filters)
        self.call_after_refresh(self._painted)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """The first time everything has just been styled."""
        event.refresh_styles = self._has_painted

    def _feed_changed(self, state: FeedState) -> None:
        """In the API worker's thread."""
        self.post_message(FeedMoved(state))

    def on_unmount(self) -> None:
        """Hear no more of the link."""
        self._link.listen(None)
        self._opening.close(self.app)

    def on_resize(self, event: events.Resize) -> None:
        """Another size has other lines, and other parts in sight."""
        self._parts.resized(event.size)
        self._view.width = event.size.width
        self._show_keys()
        self._view.show_lines()
        if self._has_painted:
            self._fill()

    def _painted(self) -> None:
        self.post_message(FirstPaint())
        self._link.first_rows_painted()
        self.set_interval(AGE_SECONDS, self._age)
        self._has_painted = True
        self._fill()
        self.call_after_refresh(self._show_search)
        self._get_acquainted()
        self._open_named(self._options.session_id, leads_list=True)

    def _age(self) -> None:
        self._view.age()
        if self._parts.pane is not None and self._parts.detail_in_sight:
            self._parts.pane.update_facts()

    def _fill(self) -> None:
        new_sidebar, new_pane = self._parts.fill()
        if new_sidebar:
            self.call_after_refresh(self._tell_sidebar)
        if new_pane:
            self.call_after_refresh(self._follow)

    @on(FeedMoved)
    def _feed_moved(self, event: FeedMoved) -> None:
        shown, state = self._view.state, event.state
        self._view.show(state)
        self._show_search()
        healed = shown.head_lost_since is not None and state.head_lost_since is None
        if healed or (shown.generation, shown.updates) != (state.generation, state.updates):
            self._follow()
        self._opening.changed()

    @work(exclusive=True, group="acquaintance")
    async def _get_acquainted(self) -> None:
        known = self._acquaintance
        await known.ask_who()
        self._view.viewer = self._viewer()
        self._view.show_lines()
        await known.ask_choices()
        self._query.people = known.people
        self._tell_sidebar()
        await self._opening.prepare_at_leisure(self.app)

    def _tell_sidebar(self) -> None:
        sidebar = self._parts.sidebar
        if sidebar is not None:
            sidebar.set_people(self._acquaintance.people)
            sidebar.set_connections(self._acquaintance.connections)
            if sidebar.filters != self._query.filters:
                sidebar.set_filters(self._query.filters)

    @on(VirtualTable.ViewportChanged)
    def _viewport_changed(self, event: VirtualTable.ViewportChanged) -> None:
        self._link.reader_at(event.first, event.count)

    @on(VirtualTable.RowHighlighted)
    def _row_highlighted(self) -> None:
        self._view.show_lines()
        self._follow()

    @on(VirtualTable.RowSelected)
    def _row_selected(self) -> None:
        row = self._view.row()
        if row is not None:
            self._opening.open(self.app, row, utc=self._view.utc)

    def _session_left(self, row: SessionRow) -> None:
        self._follow()
        if self._by_name is not None:
            self.say(self._by_name.why_unlisted(row, utc=self.utc), "muted")

    def _follow(self) -> None:
        """The detail pane shows the session under the cursor, once the cursor rests."""
        pane = self._parts.pane
        if pane is None or not self._parts.detail_in_sight or self._opening.is_open:
            return
        row = self._view.row()
        if row is None:
            self.workers.cancel_group(self, "detail")
            pane.show_nothing()
        else:
            self._bring_detail(row)

    @work(exclusive=True, group="detail")
    async def _bring_detail(self, row: SessionRow) -> None:
        assert self._parts.pane is not None
        await self._details.bring(row, self._parts.pane)

    def action_show_detail(self) -> None:
        """Give the detail pane the room of the table."""
        self.remove_class("-filters-open")
        self.add_class("-detail-full")
        self._fill()
        self._follow()
        if self._parts.pane is not None:
            self._parts.pane.focus()
        self._show_keys()

    def action_step(self, by: int) -> None:
        """To the next or the previous session, also where the table is out of sight."""
        self._table.action_move_cursor(by)

    def action_back(self) -> None:
        """Close what is open above or instead of the table, and go to the table."""
        if not self._parts.is_anything_open:
            self.say_in_passing(hints_of(self)("browser.quit", "quits."))
            return
        self.remove_class("-detail-full", "-filters-open")
        self._view.say("")
        self._table.focus()
        self._show_keys()

    def action_toggle_docked(self) -> None:
        """Whether the detail pane is below the table where there is room."""
        self.say_in_passing(self._parts.toggle("-docked"))
        self._fill()
        self._follow()

    def action_focus_filters(self) -> None:
        """Open the filters if they are not, and go to the first."""
        self.remove_class("-detail-full")
        if not self._parts.sidebar_in_sight:
            self.add_class("-filters-open")
        self._fill()
        if self._parts.sidebar is not None:
            self._parts.sidebar.focus_first()

    def action_toggle_sidebar(self) -> None:
        """Whether the sidebar is beside the table where there is room."""
        self.say_in_passing(self._parts.toggle("-sidebar"))
        self._fill()

    def on_filters_changed(self, event: FiltersChanged) -> None:
        """The operator asks for other sessions."""
        event.stop()
        self._ask(event.filters)

    def on_filter_sidebar_left(self) -> None:
        """The operator is done with the filters."""
        self.action_back()

    def action_refresh(self) -> None:
        """Look at the head, try again what failed, fetch the session anew."""
        self._details.forget()
        self._link.refresh()
        self.say_in_passing("Asked for what is new.")
        self._follow()
        if self._acquaintance.user is None:
            self._get_acquainted()
