"""Which view is open and what became of it, without a browser."""

from __future__ import annotations

from collections.abc import Sequence

from hoopscope.sessions.columns import COLUMNS, Column
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.views import EVERYTHING, View, ViewList
from hoopscope.tui.screens.browser_views import BrowserViews

PROD = View("prod", Filters(connection="prod"), columns=("who", "when"), widths={"who": 30})
FAILED = View("failed", Filters(outcomes=("failed", "blocked")))


class Told:
    """Views, with what they ask for, show and say."""

    def __init__(self, views: ViewList, opened: View | None = None) -> None:
        self.asked: list[str] = []
        self.shown: list[tuple[list[str], bool]] = []
        self.said: list[str] = []
        self.changes = 0
        self.views = BrowserViews(
            views,
            opened,
            opened.filters if opened else Filters(),
            ask=self._ask,
            show=self._show,
            say=lambda text, _tone: self.said.append(text),
            changed=self._changed,
        )

    def _ask(self, filters: Filters, view: View | None) -> None:
        self.asked.append(view.name if view else "")
        self.views.asked(filters, view)

    def _show(self, columns: Sequence[Column], at_once: bool) -> None:
        self.shown.append(([column.id for column in columns], at_once))

    def _changed(self) -> None:
        self.changes += 1


def test_a_view_is_current_until_its_filters_are_changed() -> None:
    told = Told(ViewList([PROD]))
    views = told.views
    assert views.current == EVERYTHING
    assert views.title == ""
    views.open("PROD")
    assert told.asked == ["prod"]
    assert told.shown == [(["who", "when"], False)]
    assert (views.current, views.title) == (PROD, "prod")
    views.asked(PROD.filters.replace(verbs=("exec",)))
    assert views.current is None
    assert views.title == "prod*"
    assert views.opened == PROD
    views.asked(PROD.filters.replace(type_contains=False))
    assert views.current == PROD, "how to look for a type that is not there changes nothing"
    views.asked(Filters())
    assert (views.current, views.title) == (EVERYTHING, "")


def test_other_columns_change_how_it_looks_and_not_which_it_is() -> None:
    told = Told(ViewList([PROD]), PROD)
    told.views.change_look(("when",), {})
    assert told.shown == [(["when"], True)]
    assert told.changes == 1
    assert (told.views.current, told.views.title) == (PROD, "prod*")
    assert told.views.as_shown == PROD._replace(columns=("when",), widths={})
    told.views.change_look((), {})
    assert told.views.columns == COLUMNS


def test_what_is_saved_is_what_is_on_screen() -> None:
    told = Told(ViewList([PROD]), PROD)
    told.views.asked(PROD.filters.replace(took="> 1h"))
    saved = told.views.as_shown._replace(name="long")
    told.views.now_there_are(ViewList([PROD, saved]), "long")
    assert (told.views.current, told.views.title) == (saved, "long")
    assert told.changes == 1


def test_what_is_deleted_leaves_its_sessions_on_screen() -> None:
    told = Told(ViewList([PROD, FAILED]), PROD)
    told.views.now_there_are(ViewList([FAILED]))
    assert told.views.opened == EVERYTHING
    assert told.views.current is None
    assert told.views.as_shown.filters == PROD.filters
    told.views.open("failed")
    told.views.now_there_are(ViewList())
    assert told.views.opened.name == "failed"
    assert told.views.title == "failed*", "the one built in filters otherwise"


def test_clearing_goes_back_to_everything_step_by_step() -> None:
    told = Told(ViewList([PROD]), PROD)
    told.views.clear()
    assert told.views.current == EVERYTHING
    told.views.change_look(("when",), {})
    told.views.asked(Filters(took="1s"))
    told.views.clear()
    assert told.asked == ["everything", ""]
    assert [column.id for column in told.views.columns] == ["when"]
    told.views.clear()
    assert told.views.columns == COLUMNS
    told.views.clear()
    assert told.said == ["There is no filter to clear."]


def test_names_are_harmless() -> None:
    hostile = View("a\x1b[31m", Filters(took="1s"))
    told = Told(ViewList([hostile]), hostile)
    assert "\x1b" not in told.views.title
    told.views.open("b\x1b")
    assert told.asked == []
    assert "\x1b" not in told.said[0]
