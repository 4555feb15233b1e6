"""The mark where a reader stopped, and what is new above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hoopscope.config.kept_state import Looked
from hoopscope.sessions.feed_state import FeedPhase, FeedState
from hoopscope.tui.key_names import hinted, hints_of
from hoopscope.tui.reading_mark import Mark, mark_in, newest_in, since_text

if TYPE_CHECKING:
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.screens.browser_queries import BrowserQueries
    from hoopscope.tui.widgets.browser_table import BrowserTable

_AGAIN = 60_000_000
"""Microseconds after which looking at the same sessions counts as looking again."""

_FARTHEST = 10_000
"""Sessions that are read on the way back to where the reader stopped; a date is quicker then."""


class BrowserMark:
    """Marks in a view what began since its reader last looked.

    What is looked at is the newest session that was ever on screen, view by view. The mark stays
    where it was found until the reader takes in what is new: then it is where they stopped before.
    Lists that are no view have a mark while they are open.

    Args:
        screen: the browser.
        looked: where the reader stopped earlier, by the name of a view.
        remember: called with a view's name when its reader has looked further; None for nobody.
        clock: the present moment in microseconds since 1970 UTC.
    """

    def __init__(
        self,
        screen: BrowserQueries,
        link: GatewayLink,
        looked: Mapping[str, Looked],
        remember: Callable[[str, Looked], None] | None,
        clock: Callable[[], int],
    ) -> None:
        self._screen = screen
        self._link = link
        self._looked = dict(looked)
        self._remember = remember
        self._clock = clock
        self._view = ""
        self._since: Looked | None = None
        self._mark = Mark(0)
        self._shown: FeedState | None = None
        self._has_told = False
        self._sought_from: int | None = None

    def feed_moved(self, state: FeedState) -> None:
        """The table shows this now."""
        before, self._shown = self._shown, state
        if state.generation != self._link.state.generation or not state.generation:
            # Other rows are about to be on screen.
            return
        if before is None or before.generation != state.generation:
            self._other_rows()
        self._find_mark(before, state)
        self.saw()
        self._seek_further(state)

    def saw(self) -> None:
        """Remember the newest session on screen, if none was newer."""
        state, table = self._shown, self._table
        if state is None or state.generation != self._link.state.generation:
            return
        if self._view != self._name_now():
            # Another view was asked for, and these are still the rows of the last one.
            return
        newest = newest_in(self._link.store, table.first_visible, table.visible_count)
        now, before = self._clock(), self._looked.get(self._view)
        if newest is None:
            return
        self._tell(state)
        if before is None or newest > before.newest or now - before.at > _AGAIN:
            looked = Looked(max(newest, before.newest if before else 0), now)
            self._looked[self._view] = looked
            if self._view and self._remember is not None:
                self._remember(self._view, looked)

    def take_in(self) -> None:
        """What is new comes into the table now: it began since the reader last looked."""
        self._since = self._looked.get(self._view)
        self._has_told = True

    def go_to_mark(self) -> None:
        """Put the cursor where the reader stopped; what lies between is read if need be."""
        state, mark = self._shown, self._mark
        if state is None or self._since is None:
            self._say("Nothing is marked here: this is looked at for the first time.", "muted")
        elif mark.row is not None and state.at is None:
            if mark.new:
                self._table.move_cursor(mark.row, centre=True)
            else:
                self._say("Nothing here is newer than what you saw.", "muted")
        elif state.at is None and state.phase is FeedPhase.ENDED:
            self._say("All of these are new since you last looked.", "muted")
        else:
            self._sought_from = state.looked_through
            stop = hints_of(self._screen)("browser.stop_looking", "stops")
            self._say(hinted("Reading on to where you stopped …", stop), "muted")
            if state.at is not None:
                self._sought_from = 0
                self._link.go_to(None)
            else:
                self._link.more()

    def stop(self) -> None:
        """Read no further on the way to the mark."""
        if self._sought_from is not None:
            self._sought_from = None
            self._say("", "")

    @property
    def _table(self) -> BrowserTable:
        from hoopscope.tui.widgets.browser_table import BrowserTable

        return self._screen.query_one("#table", BrowserTable)

    def _name_now(self) -> str:
        view = self._screen.views.current
        return "" if view is None else view.name

    def _say(self, text: str, tone: str) -> None:
        self._screen.say(text, tone)

    def _other_rows(self) -> None:
        """The rows of another query are on screen, or of the same one from elsewhere on."""
        name = self._name_now()
        if name != self._view or not name:
            self._view = name
            self._looked.pop("", None)
            self._since = self._looked.get(name)
            self._has_told = False
        self._mark = Mark(0)

    def _find_mark(self, before: FeedState | None, state: FeedState) -> None:
        """Draw the rule above what was seen."""
        if self._since is None:
            return
        same_rows = before is not None and (before.generation, before.updates) == (
            state.generation,
            state.updates,
        )
        if same_rows and (self._mark.row is not None or (before and before.loaded == state.loaded)):
            return
        self._mark = mark = mark_in(self._link.store, self._since)
        if mark.new and mark.row is not None:
            line = "--" if self._screen.ascii_only else "──"
            self._table.set_rule(mark.key, f"{line} {self._news(state)} {line}")
        else:
            self._table.set_rule("", "")

    def _news(self, state: FeedState) -> str:
        assert self._since is not None
        since = since_text(self._since, self._clock(), utc=self._screen.utc)
        if state.at is not None:
            return f"newer ones are new since you last looked, {since}"
        more = "" if self._mark.row is not None or state.phase is FeedPhase.ENDED else "more than "
        return f"{more}{self._mark.new:,} new since you last looked, {since}"

    def _tell(self, state: FeedState) -> None:
        """Say once how much is new where the rule is out of sight, as soon as it is known."""
        settled = self._mark.row is not None or state.phase in (FeedPhase.IDLE, FeedPhase.ENDED)
        if self._has_told or not settled or state.at is not None or not state.loaded:
            return
        if not self._table.visible_count:
            # Nothing is laid out yet.
            return
        self._has_told = True
        if self._mark.new and not self._table.rule_in_sight:
            where = hints_of(self._screen)("browser.go_to_mark", "goes there")
            self._screen.say_unless_busy(hinted(self._news(state), where), "muted")

    def _seek_further(self, state: FeedState) -> None:
        """On the way to the mark: go there, read on, or give up."""
        if self._sought_from is None or state.at is not None:
            return
        if self._mark.row is not None:
            self.stop()
            self._table.move_cursor(self._mark.row, centre=True)
        elif state.phase is FeedPhase.ENDED:
            self.stop()
            self._table.move_cursor(state.loaded - 1)
        elif state.looked_through - self._sought_from > _FARTHEST:
            self.stop()
            assert self._since is not None
            where = since_text(self._since, self._clock(), utc=self._screen.utc)
            self._say(f"It is too far back to read on: go to a date, {where}.", "waiting")
        elif state.phase in (FeedPhase.IDLE, FeedPhase.LOADING):
            self._link.more()
