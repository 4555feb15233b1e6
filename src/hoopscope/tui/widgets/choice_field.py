"""A field of one line with a few choices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from hoopscope.tui.widgets.field_input import LABEL_WIDTH
from hoopscope.tui.widgets.option_search import Option
from hoopscope.tui.widgets.signs import SIGNS, Signs
from hoopscope.tui.widgets.suggestion_list import SuggestionList
from hoopscope.untrusted import cell_width, fit, harmless


class ChoiceField(Widget, can_focus=True):
    """A label and what was chosen; left and right go through the choices, enter lists them.

    With `several`, enter in the list adds a choice or takes it away; none means all.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice-field--label",
        "choice-field--problem",
        "choice-field--unset",
    }
    DEFAULT_CSS = """
    ChoiceField {
        height: 1;
        & > .choice-field--label { color: $text-muted; }
        & > .choice-field--problem { color: $text-error; }
        & > .choice-field--unset { color: $text-muted; }
        &:focus { background: $block-cursor-background; color: $block-cursor-foreground; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Previous choice", show=False, id="choice.turn_back"),
        Binding("right", "turn(1)", "Next choice", show=False, id="choice.turn_forward"),
        Binding("enter,space", "enter", "List the choices", show=False, id="choice.list_choices"),
        Binding(
            "down", "suggestion(1)", "Next choice in the list", show=False, id="choice.move_down"
        ),
        Binding(
            "up", "suggestion(-1)", "Previous choice in the list", show=False, id="choice.move_up"
        ),
        Binding("escape", "close", "Close the list", show=False, id="choice.close_list"),
    ]

    @dataclass
    class Chosen(Message):
        """Something else is chosen."""

        field: ChoiceField
        values: tuple[str, ...]

        @property
        def control(self) -> ChoiceField:
            """The field."""
            return self.field

    def __init__(
        self,
        label: str,
        options: Sequence[Option],
        *,
        several: bool = False,
        signs: Signs = SIGNS,
    ) -> None:
        """With `several` there is no option for "any"; otherwise the first one is the default."""
        super().__init__()
        self.label = label
        self._options = tuple(options)
        self._several = several
        self._signs = signs
        self._values: tuple[str, ...] = () if several else (options[0].value,)
        self._list: SuggestionList | None = None

    @property
    def value(self) -> str:
        """The one chosen value."""
        return self._values[0] if self._values else ""

    @property
    def values(self) -> tuple[str, ...]:
        """The chosen values, in the order of the options."""
        return self._values

    def set_values(self, values: Iterable[str]) -> None:
        """Choose without a message. A value that is no option is kept and shown as it is."""
        wanted = tuple(values)
        known = [option.value for option in self._options]
        kept = [value for value in known if value in wanted]
        kept += [value for value in wanted if value not in known]
        self._values = tuple(kept) if self._several else tuple(kept[:1]) or (known[0],)
        self.refresh()
        if self._list is not None:
            self._list.mark(self._values)

    @property
    def _is_open(self) -> bool:
        return self._list is not None and self._list.is_open

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the list is closed, its keys belong to the form around."""
        if action in ("suggestion", "close"):
            return self._is_open
        return True

    def action_turn(self, by: int) -> None:
        """Choose the next or the previous one; of several, one after the other."""
        known = ([""] if self._several else []) + [option.value for option in self._options]
        at = known.index(self.value) if self.value in known else 0
        value = known[(at + by) % len(known)]
        self._choose((value,) if value or not self._several else ())

    async def action_enter(self) -> None:
        """Open the list, or choose what is highlighted in it."""
        if self._is_open and self._list is not None and self._list.highlighted is not None:
            self._clicked(self._list.highlighted)
            return
        if self._list is None:
            form = self.parent
            if not isinstance(form, Widget):
                return
            self._list = SuggestionList(self, self._clicked, self._signs)
            await form.mount(self._list, after=self)
        known = [option.value for option in self._options]
        at = known.index(self.value) if self.value in known else 0
        self._list.show(self._options, highlighted=at, marked=self._values)

    def action_suggestion(self, by: int) -> None:
        """Highlight the next or the previous one."""
        if self._list is not None:
            self._list.move(by)

    def action_close(self) -> None:
        """Close the list."""
        if self._list is not None:
            self._list.close()

    def _clicked(self, option: Option) -> None:
        if not self._several:
            self.action_close()
            self._choose((option.value,))
            return
        kept = set(self._values) ^ {option.value}
        self._choose(kept)

    def _choose(self, values: Iterable[str]) -> None:
        before = self._values
        self.set_values(values)
        if self._values != before:
            self.post_message(self.Chosen(self, self._values))

    def on_blur(self) -> None:
        """The list belongs to the focus."""
        self.action_close()

    async def on_click(self, event: events.Click) -> None:
        """A click opens the list."""
        event.stop()
        await self.action_enter()

    def render_line(self, y: int) -> Strip:
        """The label, and what was chosen."""
        width = self.size.width
        style = self.rich_style
        label_style = value_style = style
        if self.has_class("-problem"):
            label_style = style + self._style("problem")
        elif not self.has_focus:
            label_style = style + self._style("label")
        titles = {option.value: option.title for option in self._options}
        shown = ", ".join(titles.get(value, value) for value in self._values)
        if not any(self._values):
            shown = titles.get("", "any")
            value_style = style if self.has_focus else style + self._style("unset")
        # The focus has a sign of its own, for terminals without colours.
        sign = f"{self._signs.left}{self._signs.right}" if self.has_focus else self._signs.more
        label = fit(f" {self.label}", max(LABEL_WIDTH, cell_width(self.label) + 2))
        room = max(0, width - cell_width(label))
        shown = harmless(shown)
        shown = fit(shown, min(cell_width(shown), room - 3), ellipsis=self._signs.ellipsis)
        rest = fit(f"{shown} {sign}", room)
        return Strip([Segment(label, label_style), Segment(rest, value_style)]).crop(0, width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"choice-field--{name}", partial=True)
