"""Choosing a view or columns on the browser, saving what is on screen as a view, deleting one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Protocol

from hoopscope.config.errors import SettingsError
from hoopscope.sessions.column_choice import ColumnChoice
from hoopscope.sessions.view_reading import LONGEST_NAME
from hoopscope.sessions.views import BUILT_IN, View
from hoopscope.tui.key_names import effective_keys
from hoopscope.tui.screens.column_chooser import Chosen, ColumnChooser
from hoopscope.tui.screens.view_picker import NUMBER_BINDINGS, Picked, ViewPicker
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from textual.screen import Screen

    from hoopscope.sessions.view_file import ViewFile
    from hoopscope.tui.screens.browser_views import BrowserViews


class Asks(Protocol):
    """Asks something in the line at the bottom; `value` stands there to begin with."""

    def __call__(self, question: str, answer: Callable[[str], None], value: str = "") -> None: ...


class ViewKeeping:
    """What can be done with views beside opening them; belongs to the interface's thread.

    Args:
        screen: the browser.
        views: its views.
        file: where they are kept; None where no file may be written.
        ask: asks something in the line at the bottom.
        say: says a harmless sentence, in a tone.
        ascii_only: draw only signs that any terminal has.
    """

    def __init__(
        self,
        screen: Screen[None],
        views: BrowserViews,
        file: ViewFile | None,
        *,
        ask: Asks,
        say: Callable[[str, str], None],
        ascii_only: bool,
    ) -> None:
        self._screen = screen
        self._views = views
        self._file = file
        self._ask = ask
        self._say = say
        self._ascii = ascii_only

    def pick(self) -> None:
        """Let a view be chosen, and do with it what was chosen."""
        named = {name: str(number) for name, number in NUMBER_BINDINGS.items()}
        keys = {int(number): key for key, number in effective_keys(self._screen, named)}
        picker = ViewPicker(
            self._views.views,
            self._views.opened,
            keys=keys,
            can_be_deleted=lambda view: self._file is not None and self._file.has(view.name),
            may_save=self._file is not None,
            ascii_only=self._ascii,
        )
        self._screen.app.push_screen(picker, self._picked)

    def choose_columns(self, shown: dict[str, int]) -> None:
        """Let the columns be chosen; `shown` are those on screen, and how wide they are."""
        look = self._views.as_shown
        choice = ColumnChoice(look.columns, look.widths, shown)
        self._screen.app.push_screen(ColumnChooser(choice, ascii_only=self._ascii), self._chosen)

    def _chosen(self, chosen: Chosen | None) -> None:
        if chosen is not None:
            self._views.change_look(*chosen)

    def _picked(self, picked: Picked | None) -> None:
        if picked is None:
            return
        if picked.what == "save":
            self._ask_for_name()
        elif picked.view is not None and picked.what == "delete":
            self._run(self._delete(picked.view))
        elif picked.view is not None:
            self._views.open(picked.view)

    def _ask_for_name(self) -> None:
        opened = self._views.opened
        name = "" if opened in BUILT_IN else opened.name
        self._ask("Save what is on screen as the view", self._named, name)

    def _named(self, answer: str) -> None:
        name = " ".join(answer.split())
        if not name:
            self._say("Nothing was saved: a view needs a name.", "muted")
        elif len(name) > LONGEST_NAME:
            self._say(
                f"Nothing was saved: a name has at most {LONGEST_NAME} characters.", "waiting"
            )
        elif (there := self._views.views.named(name)) is None:
            self._run(self._save(name))
        elif there.name.casefold() != self._views.opened.name.casefold():
            self._ask(
                f"Replace the view {harmless(there.name, 30)}? (y or n)",
                lambda yes: self._confirmed(yes, there.name),
            )
        else:
            self._run(self._save(there.name))

    def _confirmed(self, answer: str, name: str) -> None:
        if answer.strip().lower() in ("y", "yes"):
            self._run(self._save(name))
        else:
            self._say("Nothing was saved.", "muted")

    async def _save(self, name: str) -> None:
        assert self._file is not None
        before = self._views.views.named(name)
        number = before.number if before is not None else 0
        view = self._views.as_shown._replace(name=name, number=number)
        try:
            own = await asyncio.to_thread(self._file.save, view)
        except SettingsError as problem:
            self._say(f"✗ The view was not saved. {harmless(str(problem))}", "failure")
            return
        self._views.now_there_are(own.views, name)
        key = own.views.number_of(own.views.named(name) or view)
        on_key = f" on key {key}" if key else ""
        self._say(f"Saved as the view {harmless(name)}{on_key}.", "muted")

    async def _delete(self, view: View) -> None:
        assert self._file is not None
        try:
            own = await asyncio.to_thread(self._file.delete, view.name)
        except SettingsError as problem:
            self._say(f"✗ The view was not deleted. {harmless(str(problem))}", "failure")
            return
        self._views.now_there_are(own.views)
        again = " The one built in is there again." if own.views.named(view.name) else ""
        self._say(f"The view {harmless(view.name)} was deleted.{again}", "muted")

    def _run(self, work: Coroutine[None, None, None]) -> None:
        self._screen.run_worker(work, group="views")
