"""Choosing a view: what there is, on which key, and what each filters by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hoopscope.sessions.facts.ascii_signs import in_ascii
from hoopscope.sessions.filters import active_filters
from hoopscope.sessions.views import NUMBERS, View, ViewList
from hoopscope.tui.key_names import key_text, shown_keys
from hoopscope.tui.screens.dialog import PickDialog
from hoopscope.tui.widgets.pick_list import PickList
from hoopscope.untrusted import cell_width, fit, harmless

NAMES = range(8, 25)
"""Cells that names can take."""

_BORDER = 2


class Picked(NamedTuple):
    """What is to be done: `open` a view, `save` what is on screen, `delete` a view."""

    what: str
    view: View | None = None


class ViewPicker(PickDialog[Picked | None]):
    """Gives back what is to be done, None when it was left.

    Args:
        views: those there are. current: the one that the cursor begins on.
        keys: the keys that open views in the browser, by number.
        can_be_deleted: whether a view can be.
        may_save: whether what is on screen can be saved.
        ascii_only: draw only signs that any terminal has.
    """

    BINDING_GROUP_TITLE = "Views"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "open", id="views.open"),
        Binding("s", "save_view", "save as", id="views.save"),
        Binding("D,delete", "delete_view", "delete", id="views.delete"),
        Binding("escape,q,v", "leave", "close", id="views.close"),
        Binding("j", "move(1)", "next view", show=False, id="views.move_down"),
        Binding("k", "move(-1)", "previous view", show=False, id="views.move_up"),
    ]
    DEFAULT_CSS = """
    ViewPicker {
        align: center bottom;
        background: transparent;
        & > OptionList {
            width: 78;
            max-width: 100%;
            height: auto;
            max-height: 16;
            padding: 0;
            &, &:focus { border: round $border; background: $background; }
            border-title-color: $text-accent;
            scrollbar-size: 0 0;
            & > .option-list--option { padding: 0 1; }
        }
        &.-ascii > OptionList { border: ascii $border; }
    }
    """

    def __init__(
        self,
        views: ViewList,
        current: View,
        *,
        keys: Mapping[int, str],
        can_be_deleted: Callable[[View], bool],
        may_save: bool,
        ascii_only: bool,
    ) -> None:
        super().__init__(classes="-ascii" if ascii_only else "")
        self._views = list(views)
        self._number_of = views.number_of
        self._current = current
        self._keys = keys
        self._can_be_deleted = can_be_deleted
        self._may_save = may_save
        self._ascii = ascii_only
        self._to_delete: View | None = None

    def compose(self) -> ComposeResult:
        """The views, one a line."""
        options = PickList(*self._options(), markup=False)
        options.border_title = "Views"
        if self._current in self._views:
            options.highlighted = self._views.index(self._current)
        yield options

    def on_mount(self) -> None:
        """Say what can be done."""
        self._say_keys()

    def on_resize(self, event: events.Resize) -> None:
        """Lines are as long as the width allows."""
        options = self.query_one(OptionList)
        for number, option in enumerate(self._options()):
            options.replace_option_prompt_at_index(number, option.prompt)

    def on_key(self, event: events.Key) -> None:
        """The keys that open views in the browser do so here too."""
        number = next((each for each, key in self._keys.items() if key == event.key), 0)
        view = next((each for each in self._views if self._number_of(each) == number != 0), None)
        if view is not None:
            event.stop()
            self.dismiss(Picked("open", view))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(Picked("open", self._views[event.option_index]))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        if self._to_delete is not None:
            self._to_delete = None
            self._say_keys()

    def action_choose(self) -> None:
        """As Enter in the list."""
        self.query_one(OptionList).action_select()

    def action_save_view(self) -> None:
        """Save what is on screen."""
        if self._may_save:
            self.dismiss(Picked("save"))
        else:
            self.say("there is no settings file to save it in")

    def action_delete_view(self) -> None:
        """Delete the view under the cursor, once that was asked for twice."""
        at = self.query_one(OptionList).highlighted
        view = None if at is None else self._views[at]
        if view is None:
            return
        if not self._can_be_deleted(view):
            self.say(f"{harmless(view.name, 24)} is built in and stays")
        elif self._to_delete is view:
            self.dismiss(Picked("delete", view))
        else:
            self._to_delete = view
            key = self._key_of("views.delete")
            self.say(f"{key} again deletes {harmless(view.name, 24)}")

    def _key_of(self, binding_id: str) -> str:
        shown = {name: key for name, key, _ in shown_keys(self)}
        return key_text(shown.get(binding_id, ""), ascii_only=self._ascii)

    def _say_keys(self) -> None:
        keys = [(key_text(key, ascii_only=self._ascii), what) for _, key, what in shown_keys(self)]
        self.say("  ".join(f"{key} {what}" for key, what in keys))

    def say(self, text: str, tone: str = "") -> None:
        """Say a harmless sentence in the place of the keys."""
        self.query_one(OptionList).border_subtitle = Text(text)

    def _options(self) -> list[Option]:
        room = min(78, self.app.size.width) - _BORDER - 2
        names = max(cell_width(harmless(view.name)) for view in self._views)
        names = min(max(names, NAMES[0]), NAMES[-1])
        return [Option(self._line(view, names, room)) for view in self._views]

    def _line(self, view: View, names: int, room: int) -> Text:
        ellipsis = in_ascii("…") if self._ascii else "…"
        number = self._number_of(view)
        key = key_text(self._keys.get(number, ""), ascii_only=self._ascii) if number else ""
        what = " ".join(f"{label}{text}" for label, text in active_filters(view.filters))
        if view.columns:
            what += f"  columns {' '.join(view.columns)}"
        line = (
            f"{fit(key, 3, 'left', ellipsis)} {fit(harmless(view.name), names, 'left', ellipsis)}  "
        )
        text = Text(line, no_wrap=True)
        text.append(fit(what.strip() or "all sessions", room - cell_width(line), "left", ellipsis))
        return text


NUMBER_BINDINGS = {f"browser.open_view_{number}": number for number in NUMBERS}
"""The ids of the browser's bindings that open views, and the numbers of these."""
