"""The browser's commands that change which sessions are on screen, and which of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on, work
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import ScreenResume
from textual.worker import WorkerError

from hoopscope.sessions.feed_state import FeedPhase
from hoopscope.sessions.filters import Filters, InvalidFilter
from hoopscope.tui.finding import Finding
from hoopscope.tui.key_names import hinted, hints_of
from hoopscope.tui.messages import FeedMoved, FirstPaint
from hoopscope.tui.query_control import QueryControl
from hoopscope.tui.screens.browser_commands import BrowserCommands, BrowserOptions
from hoopscope.tui.screens.browser_mark import BrowserMark
from hoopscope.tui.screens.browser_views import BrowserViews
from hoopscope.tui.standing import looked_through
from hoopscope.tui.widgets.browser_table import BrowserTable
from hoopscope.tui.widgets.filter_line import FilterLine
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.sessions.views import View
    from hoopscope.tui.gateway_app import GatewayApp
    from hoopscope.tui.screens.browser_place import BrowserPlace
    from hoopscope.tui.screens.session_by_name import SessionByName
    from hoopscope.tui.screens.view_keeping import ViewKeeping
    from hoopscope.tui.signing_in import SignedInAs

DATE_FORMS = "Go to (2026-11-01 14:30, yesterday, 2 hours ago; nothing: now)"
NAMED = "Open the session of this id or link"


def _view_commands() -> type[Provider]:
    from hoopscope.tui.view_commands import ViewCommands

    return ViewCommands


class BrowserQueries(BrowserCommands):
    """Filters, views, dates, finding, what is new, a session by its name."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_view_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open_named", "open by id or link", show=False, id="browser.open_named"),
        Binding("m", "go_to_mark", "where you stopped", show=False, id="browser.go_to_mark"),
    ]

    def __init__(self, link: GatewayLink, filters: Filters, options: BrowserOptions) -> None:
        super().__init__(link, options)
        self._query = QueryControl(link, filters)
        self._finding = Finding(link)
        self._by_name: SessionByName | None = None
        self.views = BrowserViews(
            options.views,
            options.view,
            filters,
            ask=self._ask,
            show=lambda columns, at_once: self._view.show_columns(columns, at_once),
            say=self.say,
            changed=self._show_search,
        )
        self._keeping: ViewKeeping | None = None
        file = options.state_file
        self._mark = BrowserMark(
            self,
            link,
            {} if file is None else file.read().looked,
            None if file is None else file.keep_looked,
            self._microseconds,
        )
        self._place: BrowserPlace | None = None

    def on_mount(self) -> None:
        """Show from the first frame on where the reader stopped."""
        self._mark.feed_moved(self._view.state)

    @on(FirstPaint)
    def _remember_place(self) -> None:
        if self._options.state_file is not None:
            from hoopscope.tui.screens.browser_place import BrowserPlace

            self._place = BrowserPlace(self, self._options.state_file)

    @on(ScreenResume)
    def _screen_above_left(self) -> None:
        if self._place is not None:
            self._place.note_looks()

    @on(FeedMoved)
    def _list_moved(self) -> None:
        self._mark.feed_moved(self._view.state)
        if self._by_name is not None:
            self._by_name.feed_moved(self._view.state)

    @on(BrowserTable.ViewportChanged)
    def _rows_seen(self) -> None:
        self._mark.saw()

    def on_unmount(self) -> None:
        """Remember the place that was left."""
        if self._place is not None:
            self._place.close()

    async def _go_on(self, signed_in: SignedInAs) -> None:
        if signed_in.is_other:
            # Others see other sessions.
            with suppress(WorkerError):
                await self._ask(self._query.filters).wait()
        await super()._go_on(signed_in)

    @work(exclusive=True, group="query")
    async def _ask(self, filters: Filters, view: View | None = None) -> None:
        sidebar = self._parts.sidebar
        self._view.ends_at_last_row = False
        try:
            await self._query.ask(filters, utc=self._view.utc)
        except InvalidFilter as error:
            self._refuse(error, view)
            return
        self.views.asked(filters, view)
        if sidebar is not None and sidebar.filters != filters:
            sidebar.set_filters(filters)
        self._view.say("")
        self._show_filters()

    def _refuse(self, error: InvalidFilter, view: View | None) -> None:
        """Say what is wrong: with a field of the sidebar, or with a key of a view."""
        if view is not None:
            from hoopscope.sessions.view_reading import key_of

            what = f"The view {harmless(view.name)} cannot be opened: {key_of(error.field)}"
            self._view.say(f"✗ {what} {error.reason}", "failure")
            return
        self._view.say(f"✗ {error.field}: {error.reason}", "failure")
        if self._parts.sidebar is not None:
            self._parts.sidebar.show_problem(error.field, error.reason)

    def _show_filters(self) -> None:
        filters = self._query.filters
        self._view.filtered = filters.is_active
        self._show_search()

    def _show_search(self) -> None:
        note = looked_through(self._view.state, hints_of(self), utc=self._view.utc)
        for line in self.query(FilterLine):
            line.show_filters(self._query.filters, note, view=self.views.title)

    def action_go_to_date(self) -> None:
        """Ask where to go."""
        from hoopscope.tui.widgets.requests import AGAIN

        def answered(text: str) -> None:
            if text == AGAIN:
                self._table.action_first_row()
            else:
                self._go_to(text)

        self._parts.ask(DATE_FORMS, answered, at_once=AGAIN)

    @work(exclusive=True, group="query")
    async def _go_to(self, text: str) -> None:
        self._view.ends_at_last_row = False
        try:
            await self._query.go_to(text, utc=self._view.utc)
        except ValueError as error:
            self._view.say(f"✗ {error}", "failure")

    @on(BrowserTable.NewestAsked)
    def _newest_asked(self) -> None:
        self._view.ends_at_last_row = False
        if self._view.state.at is not None:
            self.say("")
            self._link.go_to(None)

    @on(BrowserTable.NewerAsked)
    def _newer_asked(self) -> None:
        if self._view.state.at is not None:
            self._link.newer()

    @on(BrowserTable.OldestAsked)
    def _oldest_asked(self) -> None:
        state = self._view.state
        if state.loaded and state.phase is not FeedPhase.ENDED:
            self.say("")
            self._view.ends_at_last_row = True
            self._link.go_to_oldest()

    def action_find(self) -> None:
        """Ask what to find in the rows that are loaded."""
        self._parts.ask("Find in the loaded rows", self._find)

    def _find(self, text: str) -> None:
        self._finding.text = text.strip()
        self.action_find_next(False)

    def action_find_next(self, backwards: bool) -> None:
        """To the next row, or the last before, with what was looked for."""
        if self._finding.text:
            self._find_from(self._table.cursor_row, backwards)
        else:
            asks = hints_of(self)("browser.find", "asks.")
            self.say(hinted("Nothing is looked for yet.", asks, " "), "muted")

    @work(exclusive=True, group="find")
    async def _find_from(self, row: int, backwards: bool) -> None:
        found, said = await self._finding.next_from(row, backwards=backwards)
        if found is not None:
            self._table.cursor_row = found
        self._view.say(said, "muted" if found is not None else "waiting")

    def action_open_named(self) -> None:
        """Ask for a session's id, or a link of the gateway's web page, and open it."""
        self._parts.ask(NAMED, lambda text: cast("None", self._open_named(text)))

    @work(exclusive=True, group="named")
    async def _open_named(self, text: str, *, leads_list: bool = False) -> None:
        if not text.strip():
            return
        if self._by_name is None:
            from hoopscope.tui.screens.session_by_name import SessionByName

            self._by_name = SessionByName(
                self._link,
                self._details,
                table=lambda: self._table,
                shown=lambda: self._view.state,
                say=self.say,
                hint=hints_of(self),
                app=cast("GatewayApp", self.app),
            )
        row = await self._by_name.bring(text, leads_list=leads_list)
        if row is not None:
            self._opening.open(self.app, row, utc=self.utc)

    def action_take_in_new(self) -> None:
        """Put the sessions that arrived meanwhile into the table."""
        if self._view.state.new:
            self._mark.take_in()
            self._link.take_in_new()
        else:
            self._view.say("Nothing new has arrived.", "muted")

    def action_go_to_mark(self) -> None:
        """To where the reader stopped the last time."""
        self._mark.go_to_mark()

    def action_stop(self) -> None:
        """Stop looking through the history for what the local filters let through."""
        if self._view.state.phase is not FeedPhase.LOADING:
            self.say_in_passing("Nothing is being looked for.")
        self._mark.stop()
        self._link.stop()

    def action_clear_filters(self) -> None:
        """Show everything again."""
        self.views.clear()

    def action_open_view(self, number: int) -> None:
        """Open the view that has this number."""
        self.views.open_at(number)

    def action_choose_view(self) -> None:
        """Show the views there are."""
        self._view_keeping().pick()

    def action_choose_columns(self) -> None:
        """Choose the columns of the table."""
        self._view_keeping().choose_columns(self._view.shown_columns)

    def _view_keeping(self) -> ViewKeeping:
        if self._keeping is None:
            from hoopscope.tui.screens.view_keeping import ViewKeeping

            options = self._options
            self._keeping = ViewKeeping(
                self,
                self.views,
                options.view_file() if options.permissions.may_touch_files else None,
                ask=self._parts.ask,
                say=self.say,
                ascii_only=options.ascii,
            )
        return self._keeping
