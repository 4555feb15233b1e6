"""The keys that work right now, read from the bindings themselves, so that they cannot lie."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.dom import DOMNode
from textual.widgets import Static

from hoopscope.tui.forbidden import forbidden_keys
from hoopscope.tui.key_names import hints_of, key_text, taken_keys
from hoopscope.tui.screens.dialog import Dialog


def bindings_of(node: DOMNode, without: Collection[str] = ()) -> list[tuple[str, str]]:
    """(keys, what they do) of one node, as the keymap left them; keys of one action together.

    Its own come first, then those that every part of its kind has. `without` are keys that do
    something else, for a node further in.
    """
    keys: dict[str, list[str]] = {}
    without = {*without, *forbidden_keys(node)}
    own = [binding.id for binding in type(node).BINDINGS if isinstance(binding, Binding)]
    found = [
        (own.index(binding.id) if binding.id in own else len(own), key, binding)
        for key, bindings in node._bindings.key_to_bindings.items()
        for binding in bindings
        if binding.description and not binding.system and key not in without
    ]
    for _, key, binding in sorted(found, key=lambda each: each[0]):
        keys.setdefault(binding.description, []).append(key)
    return [(" ".join(key_text(key) for key in found), what) for what, found in keys.items()]


CLIPBOARD = (
    "What is copied goes through the terminal (OSC 52). Where nothing arrives, docs/keys.md "
    "tells what tmux or the terminal has to allow."
)
"""Said below all keys."""


class HelpScreen(Dialog[None]):
    """All keys, by the part of the screen in which they work.

    Args:
        parts: what each part is called.
        notes: sentences below the keys.
        nested: each part is within the one that follows, so that its keys go first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "dismiss", "Close", id="help.close"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="help.scroll_down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="help.scroll_up"),
        Binding("pagedown,space", "scroll(15)", "Page down", show=False, id="help.page_down"),
        Binding("pageup,b", "scroll(-15)", "Page up", show=False, id="help.page_up"),
        Binding("home", "scroll(-9999)", "Start", show=False, id="help.go_to_start"),
        Binding("end,G", "scroll(9999)", "End", show=False, id="help.go_to_end"),
    ]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        background: $background;
        &:ansi { background: ansi_default; }
        & > VerticalScroll {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $border;
            background: $background;
            border-title-color: $text-accent;
            padding: 0 1;
            scrollbar-size: 0 0;
        }
        & Static { width: 1fr; height: auto; }
    }
    """

    def __init__(
        self,
        parts: Sequence[tuple[str, DOMNode]],
        notes: Iterable[str] = (),
        *,
        nested: bool = False,
    ) -> None:
        super().__init__()
        self._nested = nested
        self._parts = parts
        self._notes = list(notes)

    def compose(self) -> ComposeResult:
        """One text, so that it is painted at once."""
        box = VerticalScroll(Static(self.text, markup=False))
        box.border_title = "Help"
        box.border_subtitle = hints_of(self)("help.close", "closes")
        box.can_focus = False
        yield box

    def action_scroll(self, lines: int) -> None:
        """Scroll by some lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @property
    def text(self) -> Text:
        """All of it, as the keymap left it."""
        text = Text()
        taken: set[str] = set()
        for title, node in self._parts:
            rows = bindings_of(node, taken)
            if self._nested:
                taken |= taken_keys(node)
            if not rows:
                continue
            text.append(f"{title}\n", style="bold")
            for keys, what in rows:
                text.append(f"  {keys:<22} {what}\n")
            text.append("\n")
        for note in (*self._notes, CLIPBOARD):
            text.append(f"{note}\n", style="dim")
        return text
