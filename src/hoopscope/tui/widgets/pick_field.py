"""A field that completes as one types, from options that it was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from hoopscope.tui.widgets.field_input import FieldInput
from hoopscope.tui.widgets.option_search import Option, OptionSearch
from hoopscope.tui.widgets.signs import SIGNS, Signs
from hoopscope.tui.widgets.suggestion_list import MAX_ROWS, SuggestionList
from hoopscope.untrusted import harmless


class PickField(FieldInput):
    """An input with a list beneath of the options that fit; anything else may be typed too.

    Enter picks what is highlighted: the best option where `first_is_meant`, otherwise only one
    that was chosen with the arrow keys, so that a part of a name can be entered as it is.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "suggestion(1)", "Next suggestion", show=False, id="pick.move_down"),
        Binding("up", "suggestion(-1)", "Previous suggestion", show=False, id="pick.move_up"),
        Binding("escape", "close", "Close the list", show=False, id="pick.close_list"),
    ]

    @dataclass
    class Picked(Message):
        """An option was picked."""

        field: PickField
        option: Option

        @property
        def control(self) -> PickField:
            """The field."""
            return self.field

    def __init__(
        self,
        label: str = "",
        *,
        first_is_meant: bool = False,
        placeholder: str = "",
        signs: Signs = SIGNS,
    ) -> None:
        super().__init__(label, placeholder=placeholder)
        self._first_is_meant = first_is_meant
        self._signs = signs
        self._search = OptionSearch()
        self._picked: Option | None = None
        self._list: SuggestionList | None = None
        self._entered = ""

    @property
    def picked(self) -> Option | None:
        """The option that was picked, as long as its name stands in the field."""
        return self._picked

    @property
    def meaning(self) -> str:
        """What the gateway wants: the picked option's value, else the text."""
        return self._picked.value if self._picked else super().meaning

    def set_options(self, options: Iterable[Option]) -> None:
        """What there is to pick from. What stands in the field stays."""
        self._search = OptionSearch(options)

    def set_choice(self, option: Option) -> None:
        """Show an option as picked, without a message."""
        self.set_text(option.title)
        self._picked = option

    def set_text(self, text: str) -> None:
        """Show a text as typed, without a message."""
        self._picked = None
        super().set_text(text)
        self._entered = self.value
        self.cursor_position = len(self.value)

    @property
    def _is_open(self) -> bool:
        return self._list is not None and self._list.is_open

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the list is closed, its keys belong to the form around."""
        if action in ("suggestion", "close"):
            return self._is_open
        return True

    def action_suggestion(self, by: int) -> None:
        """Highlight the next or the previous one."""
        if self._list is not None:
            self._list.move(by)

    def action_close(self) -> None:
        """Close the list, keeping the text."""
        if self._list is not None:
            self._list.close()

    async def action_submit(self) -> None:
        """Enter: pick what is highlighted, open the list of an untouched field, or submit."""
        highlighted = self._list.highlighted if self._list is not None else None
        if highlighted is not None:
            self._pick(highlighted)
        elif not self._is_open and self.value == self._entered and self._search.options:
            await self._open(everything=True)
        else:
            self.action_close()
            self._settle()
            await super().action_submit()

    @on(Input.Changed)
    async def _typed(self) -> None:
        if self._picked is not None and self.value != harmless(self._picked.title):
            self._picked = None
        if self.has_focus:
            await self._open()

    async def _open(self, *, everything: bool = False) -> None:
        if self._list is None:
            form = self.parent
            if not isinstance(form, Widget):
                return
            self._list = SuggestionList(self, self._pick, self._signs)
            await form.mount(self._list, after=self)
        text = "" if everything else self.value
        options, total = self._search.find(text, MAX_ROWS) if text or everything else ([], 0)
        first = 0 if self._first_is_meant and text else None
        self._list.show(options, total=total, highlighted=first)

    def _on_blur(self, event: events.Blur) -> None:
        self.action_close()
        self._settle()

    def _pick(self, option: Option) -> None:
        self.set_choice(option)
        self.action_close()
        self.post_message(self.Picked(self, option))

    def _settle(self) -> None:
        """A name typed in full is as good as picked."""
        self._entered = self.value
        if self._picked is None and self.value:
            self._picked = self._search.called(self.value)
