"""The views of a browser: which one is open, and opening another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual.binding import Binding

from hoopscope.sessions.columns import COLUMNS, Column, chosen_columns
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.views import NUMBERS, View, ViewList
from hoopscope.untrusted import harmless

CHANGED = "*"
"""Stands after the name of a view whose filters or columns are others by now."""

VIEW_BINDINGS = [
    Binding(
        str(number),
        f"open_view({number})",
        "open a view",
        show=False,
        id=f"browser.open_view_{number}",
    )
    for number in NUMBERS
]


class BrowserViews:
    """Knows the view that is open and what became of it; belongs to the interface's thread.

    Args:
        views: those there are.
        opened: the view that the browser begins with; None is everything.
        filters: those that it begins with.
        ask: asks for sessions, of a view or not; `asked` hears of it once that has been understood.
        show: shows columns, at once or as soon as other rows are there.
        say: says a harmless sentence, in a tone.
        changed: called where the title may be another one, except after `asked`.
    """

    def __init__(
        self,
        views: ViewList,
        opened: View | None,
        filters: Filters,
        *,
        ask: Callable[[Filters, View | None], object],
        show: Callable[[Sequence[Column], bool], None],
        say: Callable[[str, str], None],
        changed: Callable[[], None],
    ) -> None:
        self.views = views
        self._opened = opened or views.everything
        self._filters = filters
        self._look = self._opened
        self._ask = ask
        self._show = show
        self._say = say
        self._changed = changed

    @property
    def opened(self) -> View:
        """The view that was opened last, whatever became of its filters since."""
        return self._opened

    @property
    def current(self) -> View | None:
        """The view whose sessions are on screen; None once its filters were changed by hand."""
        same = self._filters.essence == self._opened.filters.essence
        return self._opened if same else None

    @property
    def as_shown(self) -> View:
        """What is on screen now, as a view: the filters, the columns and their widths."""
        return self._look._replace(name=self._opened.name, filters=self._filters.essence, number=0)

    @property
    def looks_otherwise(self) -> bool:
        """Whether other columns or widths are on screen than those of the view."""
        return not self._look.has_look_of(self._opened)

    @property
    def title(self) -> str:
        """The name of the view, harmless, with a sign where it was changed; "" for everything."""
        changed = self.current is None or self.looks_otherwise
        if self._opened == self.views.everything and not self._opened.filters.is_active:
            return ""
        return harmless(self._opened.name) + (CHANGED if changed else "")

    @property
    def columns(self) -> Sequence[Column]:
        """Those to choose from for the table."""
        look = self._look
        return chosen_columns(look.columns, look.widths) if look.columns or look.widths else COLUMNS

    def open(self, view: View | str) -> None:
        """Ask for a view's sessions; its columns come with them."""
        found = self.views.named(view) if isinstance(view, str) else view
        if found is None:
            self._say(f"There is no view {harmless(str(view))}.", "waiting")
        else:
            self._ask(found.filters, found)

    def open_at(self, number: int) -> None:
        """Open the view that has a number, or say that none has it."""
        view = self.views.at(number)
        if view is None:
            self._say(f"No view has the number {number}.", "muted")
        else:
            self.open(view)

    def clear(self) -> None:
        """Go back to everything; columns chosen by hand stay while there is a filter to clear."""
        everything = self.views.everything
        if self._opened != everything:
            self.open(everything)
        elif self._filters.is_active:
            self._ask(Filters(), None)
        elif self.looks_otherwise:
            self.change_look(everything.columns, everything.widths)
        else:
            self._say("There is no filter to clear.", "muted")

    def asked(self, filters: Filters, view: View | None = None) -> None:
        """Other sessions were asked for, as a view or by hand."""
        self._filters = filters
        if view is not None:
            self._opened = self._look = view
            self._show(self.columns, False)
        elif filters.essence == self.views.everything.filters.essence:
            self._opened = self.views.everything

    def now_there_are(self, views: ViewList, saved: str = "") -> None:
        """Views came or went; `saved` is the one that is on screen from now on."""
        self.views = views
        if saved and (view := views.named(saved)) is not None:
            self._opened = self._look = view
        elif (same := views.named(self._opened.name)) is None:
            self._opened = views.everything
        else:
            self._opened = same
        self._changed()

    def change_look(self, columns: Sequence[str], widths: Mapping[str, int]) -> None:
        """Show other columns of the same sessions."""
        self._look = self._look._replace(columns=tuple(columns), widths=widths)
        self._show(self.columns, True)
        self._changed()
