"""The filter sidebar: every filter, as fields one beneath the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from hoopscope.sessions.filters import Filters, Person
from hoopscope.tui.key_names import key_of
from hoopscope.tui.widgets.action_line import ActionLine
from hoopscope.tui.widgets.choice_field import ChoiceField
from hoopscope.tui.widgets.date_field import DateField
from hoopscope.tui.widgets.field_note import FieldNote
from hoopscope.tui.widgets.filter_fields import CLEAR, FilterFields
from hoopscope.tui.widgets.filter_options import (
    NamedConnection,
    connection_options,
    person_options,
    type_options,
)
from hoopscope.tui.widgets.pick_field import PickField
from hoopscope.tui.widgets.signs import ASCII_SIGNS, SIGNS


@dataclass
class FiltersChanged(Message):
    """The operator asks for other sessions."""

    filters: Filters

    def can_replace(self, message: Message) -> bool:
        """Only the latest filters matter."""
        return isinstance(message, FiltersChanged)


class FilterSidebar(VerticalScroll, can_focus=False):
    """All filters; says `FiltersChanged` when one was entered, picked or left, not at each key.

    Args:
        clock: the time that phrases count from, aware.
        utc: whether dates are read and said in UTC.
        ascii_only: draw only signs that any terminal has.
    """

    BINDING_GROUP_TITLE = "Filters"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "step(1)", "Next field", show=False, id="filters.focus_next"),
        Binding("up", "step(-1)", "Previous field", show=False, id="filters.focus_previous"),
        Binding("x", "clear", "Clear all filters", show=False, id="filters.clear_all"),
        Binding("escape", "leave", "Back to the sessions", show=False, id="filters.leave"),
    ]
    DEFAULT_CSS = """
    FilterSidebar {
        width: 100%;
        height: 1fr;
        background: $background;
        scrollbar-size: 0 0;
    }
    """

    class Left(Message):
        """The operator is done with the filters; the focus should go to the table."""

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] | None = None,
        utc: bool = True,
        ascii_only: bool = False,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.fields = FilterFields(
            clock or (lambda: datetime.now(UTC)), ASCII_SIGNS if ascii_only else SIGNS
        )
        self._said = Filters()
        self._clear = CLEAR
        self._notes: dict[Widget, FieldNote] = {}
        self._wants_focus = False
        self.set_utc(utc)

    def compose(self) -> ComposeResult:
        """The fields."""
        self._clear = f"{key_of(self, 'filters.clear_all')} {CLEAR}".strip()
        yield from self.fields.in_order(self._clear)

    @property
    def filters(self) -> Filters:
        """What the fields say now, entered or not."""
        return self.fields.read()

    def set_filters(self, filters: Filters) -> None:
        """Show these filters, without a message.

        Those that were last said by itself are shown already: nothing changes, so that an answer
        which takes its time does not undo what was typed meanwhile.
        """
        if filters != self._said:
            self._show(filters)

    def set_people(self, people: Iterable[Person]) -> None:
        """Who may be picked as user and as approver; none where the role may not list them."""
        people = tuple(people)
        self.fields.user.set_options(person_options(people, by_address=False))
        self.fields.approver.set_options(person_options(people, by_address=True))

    def set_connections(self, connections: Iterable[NamedConnection]) -> None:
        """Which connections may be picked, and with them their types."""
        connections = tuple(connections)
        self.fields.connection.set_options(connection_options(connections))
        self.set_types(connection.type or "" for connection in connections)

    def set_types(self, types: Iterable[str]) -> None:
        """Which types may be picked, beside those that every gateway has."""
        self.fields.type.set_options(type_options(types))

    def set_utc(self, utc: bool) -> None:
        """Whether dates are read and said in UTC, or in the machine's own zone."""
        self.fields.start.set_utc(utc)
        self.fields.end.set_utc(utc)

    def show_problem(self, field: str, reason: str) -> None:
        """Mark a field (by its name in `Filters`), and say beneath it what is wrong."""
        widget = self.fields.field(field)
        if widget is not None:
            widget.add_class("-problem")
            self._say(widget, reason, problem=True)
            widget.scroll_visible()

    def clear_problems(self) -> None:
        """Unmark every field."""
        for widget in tuple(self._notes):
            self._unmark(widget)

    def focus_first(self) -> None:
        """Give the focus to the first field, as soon as it is there."""
        if self.is_mounted:
            self.fields.user.focus()
        else:
            self._wants_focus = True

    def on_resize(self) -> None:
        """The field that is used stays in sight."""
        focused = self.screen.focused
        if focused is not None and self in focused.ancestors:
            self.call_after_refresh(focused.scroll_visible, animate=False)

    def on_mount(self) -> None:
        """Take the focus that was asked for meanwhile."""
        if self._wants_focus:
            self.fields.user.focus()

    def action_step(self, by: int) -> None:
        """Move to the next or the previous field, not beyond the last or the first."""
        fields = [widget for widget in self.children if widget.focusable]
        focused = self.screen.focused
        if focused in fields:
            at = fields.index(focused) + by
            if 0 <= at < len(fields):
                fields[at].focus()

    def action_leave(self) -> None:
        """Say that the operator is done."""
        self.post_message(self.Left())

    def action_clear(self) -> None:
        """Forget every filter."""
        filtered = self._said.is_active or self.filters.is_active
        self._show(Filters())
        if filtered:
            self.post_message(FiltersChanged(self._said))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._unmark(event.input)

    @on(Input.Submitted)
    @on(Input.Blurred)
    def _entered(self, event: Input.Submitted | Input.Blurred) -> None:
        event.stop()
        self._say_changes()

    @on(PickField.Picked)
    def _picked(self, event: PickField.Picked) -> None:
        event.stop()
        # A whole name was picked, so it is no longer a part of one.
        if event.field is self.fields.connection:
            self.fields.connection_contains.set_values(["is"])
        elif event.field is self.fields.type:
            self.fields.type_contains.set_values(["is"])
        self._unmark(event.field)
        self._say_changes()

    @on(ChoiceField.Chosen)
    def _chosen(self, event: ChoiceField.Chosen) -> None:
        event.stop()
        self._unmark(event.field)
        self._say_changes()

    @on(ActionLine.Chosen)
    def _acted(self, event: ActionLine.Chosen) -> None:
        event.stop()
        if event.action == self._clear:
            self.action_clear()
            return
        self.fields.start.set_text(f"{event.action} ago")
        self.fields.end.set_text("")
        self._say_changes()

    @on(DateField.Understood)
    def _understood(self, event: DateField.Understood) -> None:
        event.stop()
        if event.text == event.field.value:
            event.field.set_class(event.problem, "-problem")
            self._say(event.field, event.note, problem=event.problem)

    def _show(self, filters: Filters) -> None:
        self.fields.show(filters)
        self._said = self.filters
        self.clear_problems()

    def _say_changes(self) -> None:
        filters = self.filters
        if filters != self._said:
            self._said = filters
            self.post_message(FiltersChanged(filters))

    def _say(self, field: Widget, text: str, *, problem: bool = False) -> None:
        note = self._notes.get(field)
        if note is None:
            if not text or not self.is_attached:
                return
            note = self._notes[field] = FieldNote()
            self.mount(note, after=field)
        note.say(text, problem=problem)

    def _unmark(self, field: Widget) -> None:
        if field.has_class("-problem"):
            field.remove_class("-problem")
            self._say(field, "")
