"""Which parts of the browser are in sight; each is mounted when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.screen import Screen

from hoopscope.tui.key_names import hinted, hints_of
from hoopscope.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from textual.widget import Widget

    from hoopscope.tui.widgets.detail_pane import DetailPane
    from hoopscope.tui.widgets.filter_sidebar import FilterSidebar
    from hoopscope.tui.widgets.prompt_line import PromptLine

WIDE = 120
"""Columns from which the sidebar is beside the table."""

ROOMY = 100
"""Columns from which the lines say things at length."""

TALL = 34
"""Rows from which the detail pane is below the table."""

_WHERE = {
    "-sidebar": (
        "The filters stay closed.",
        f"The filters are beside the table where there are {WIDE} columns.",
    ),
    "-docked": (
        "The detail stays closed.",
        f"The detail is below the table where there are {TALL} lines.",
    ),
}
"""What is said where a part is switched off, or on, and there is no room for it."""


class BrowserLayout:
    """The sidebar beside or above the table, the detail pane below or instead of it.

    Args:
        screen: has the slots, and gets a class for each part that is open.
        clock: the present moment in microseconds since 1970 UTC.
        utc: whether times are UTC.
        ascii_only: draw only signs that any terminal has.
    """

    def __init__(
        self,
        screen: Screen[None],
        *,
        clock: Callable[[], int],
        utc: bool,
        ascii_only: bool,
    ) -> None:
        self._screen = screen
        self._clock = clock
        self._utc = utc
        self._ascii = ascii_only
        self._size = Size(0, 0)
        self.pane: DetailPane | None = None
        self.sidebar: FilterSidebar | None = None
        self.notice = Notice(id="notice")
        self._prompt: PromptLine | None = None

    @property
    def narrow(self) -> bool:
        """Whether the lines have to be short."""
        return self._size.width < ROOMY

    @property
    def detail_in_sight(self) -> bool:
        """Whether the detail pane can be seen."""
        docked = self._size.height >= TALL and self._screen.has_class("-docked")
        return docked or self._screen.has_class("-detail-full")

    @property
    def sidebar_in_sight(self) -> bool:
        """Whether the filters can be seen."""
        beside = self._size.width >= WIDE and self._screen.has_class("-sidebar")
        return beside or self._screen.has_class("-filters-open")

    @property
    def detail_is_full(self) -> bool:
        """Whether the detail pane has taken the table's place."""
        return self._screen.has_class("-detail-full")

    @property
    def is_anything_open(self) -> bool:
        """Whether something is above the table, said, or has the focus in its place."""
        screen = self._screen
        at_table = screen.focused is not None and screen.focused.id == "table"
        open_above = screen.has_class("-filters-open") or self.detail_is_full
        return open_above or not at_table or bool(self.notice.text)

    @property
    def asking(self) -> PromptLine | None:
        """The line at the bottom while it waits for an answer."""
        prompt = self._prompt
        return prompt if prompt is not None and prompt.has_focus_within else None

    def resized(self, size: Size) -> None:
        """The terminal has another size now."""
        self._size = size

    def fill(self) -> tuple[bool, bool]:
        """Mount what is in sight for the first time; whether sidebar and pane are new."""
        if self._prompt is None:
            self._mount_lines()
        sidebar = self.sidebar is None and self.sidebar_in_sight
        pane = self.pane is None and self.detail_in_sight
        if sidebar:
            self._mount_sidebar()
        if pane:
            self._mount_pane()
        return sidebar, pane

    def set_utc(self, utc: bool) -> None:
        """Say times in UTC, or in the operator's own zone."""
        self._utc = utc
        if self.pane is not None:
            self.pane.utc = utc
        if self.sidebar is not None:
            self.sidebar.set_utc(utc)

    def toggle(self, part: str) -> str:
        """Have `-sidebar` or `-docked` in sight where there is room, or not.

        Gives a sentence where nothing can be seen of that, else "".
        """
        screen = self._screen
        screen.toggle_class(part)
        room = self._size.width >= WIDE if part == "-sidebar" else self._size.height >= TALL
        return "" if room else _WHERE[part][screen.has_class(part)]

    def turn_focus(self, by: int) -> str:
        """Give the focus to the next or the previous part; a sentence where there is no other."""
        before = self._screen.focused
        self._screen.focus_next() if by > 0 else self._screen.focus_previous()
        if self._screen.focused is not before:
            return ""
        opens = hints_of(self._screen)("browser.focus_filters", "opens the filters.")
        return hinted("There is no other part here.", opens, " ")

    def ask(
        self,
        question: str,
        answer: Callable[[str], None],
        value: str = "",
        *,
        at_once: str = "",
    ) -> None:
        """Ask something in the line at the bottom, if it is there yet; see `PromptLine.ask`."""
        if self._prompt is not None:
            self._prompt.ask(question, answer, value, at_once=at_once)

    def _mount_lines(self) -> None:
        """Those that are out of sight at first."""
        from hoopscope.tui.widgets.filter_line import FilterLine
        from hoopscope.tui.widgets.prompt_line import PromptLine
        from hoopscope.tui.widgets.too_small import TooSmall

        screen, content = self._screen, self._screen.query_one("#content")
        self._prompt = PromptLine(id="prompt")
        screen.mount(self._prompt, before="#keys")
        screen.mount(TooSmall())
        content.mount(self.notice, before="#place")
        if not content.query(FilterLine):
            content.mount(FilterLine(id="filter-line"), before="#table")

    def _mount_sidebar(self) -> None:
        from hoopscope.tui.widgets.filter_sidebar import FilterSidebar

        self.sidebar = FilterSidebar(
            clock=lambda: datetime.fromtimestamp(self._clock() / 1e6, UTC),
            utc=self._utc,
            ascii_only=self._ascii,
        )
        self._put(self.sidebar, "#sidebar-slot")

    def _mount_pane(self) -> None:
        from hoopscope.tui.widgets.detail_pane import DetailPane

        self.pane = DetailPane(clock=self._clock, utc=self._utc, ascii_only=self._ascii)
        self._put(self.pane, "#detail-slot")

    def _put(self, part: Widget, slot_selector: str) -> None:
        slot = self._screen.query_one(slot_selector)
        slot.visible = True
        slot.mount(part)
