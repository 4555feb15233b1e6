"""The application: themes, screens, quitting. What is on screen belongs to the screens."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.actions import ActionParseResult
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.dom import DOMNode
from textual.screen import Screen
from textual.theme import Theme

from hoopscope.sessions.gateway_link import GatewayLink
from hoopscope.tui.console_app import ConsoleApp
from hoopscope.tui.ending import leave_on_signals
from hoopscope.tui.gateway_app import GatewayApp
from hoopscope.tui.messages import FirstPaint
from hoopscope.tui.permissions import Permissions

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.driver import Driver
    from textual.filter import LineFilter

    from hoopscope.tui.gateway_switch import GatewaySwitch
    from hoopscope.tui.screens.browser import BrowserScreen


_SETTLED_SECONDS = 3.0

_TURN_SECONDS = 0.0005
"""What a thread may go on for while another one waits: by itself a key's effect would wait 5 ms
for the interface to let the thread that writes it have its turn."""


def _keep_what_is_here() -> None:
    # What there is by now stays: looking through it again and again makes keys wait.
    gc.freeze()


def _binding_commands() -> type[Provider]:
    from hoopscope.tui.commands import BindingCommands

    return BindingCommands


def _profile_commands() -> type[Provider]:
    from hoopscope.tui.profile_commands import ProfileCommands

    return ProfileCommands


class HoopscopeApp(GatewayApp, ConsoleApp):
    """Shows the browser of a gateway, or asks for a gateway first.

    Args:
        make_first: makes the screen to begin with, a browser or a connect screen.
        make_browser: makes the browser of a link that the connect screen brought.
        theme: the theme to begin with, already loaded.
        theme_folders: where the others are; they are read when they are asked for.
        accent: the colour that the gateway is known by, as the setting.
        keymap: binding ids to keys, from the settings.
        clipboard: one of the ways that the setting `clipboard` has.
        permissions: what the settings leave to whoever sits here.
        line_filters: what every line goes through on its way onto the terminal.
        driver_class: what talks to the terminal; one that sends whole frames by default.
        gateways: those of the settings file; None where it names none.
    """

    TITLE = "hoopscope"
    CSS_PATH = "app.tcss"
    BINDING_GROUP_TITLE = "Everywhere"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {
        _binding_commands,
        _profile_commands,
    }
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (as the base class has it)
        (0, "-tiny"),
        (60, "-narrow"),
        (100, "-middle"),
        (120, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (20, "-short"),
        (34, "-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "quit", show=False, priority=True, id="app.quit"),
        Binding("ctrl+l", "redraw", "draw everything anew", show=False, id="app.redraw"),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, id="app.suspend"),
        Binding(
            "ctrl+p",
            "command_palette",
            "commands",
            show=False,
            priority=True,
            id="app.show_commands",
        ),
    ]

    def __init__(
        self,
        make_first: Callable[[], Screen[None]],
        make_browser: Callable[[GatewayLink, bool], BrowserScreen] | None,
        *,
        theme: Theme,
        theme_folders: Sequence[Path] = (),
        accent: str = "",
        keymap: Mapping[str, str] | None = None,
        clipboard: str = "auto",
        permissions: Permissions = Permissions(),  # noqa: B008 (never changes)
        line_filters: Sequence[LineFilter] = (),
        driver_class: type[Driver] | None = None,
        gateways: GatewaySwitch | None = None,
    ) -> None:
        # Under NO_COLOR Textual keeps greys unless it takes the theme's colours for the terminal's.
        super().__init__(driver_class, ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.animation_level = "none"
        self._make_first = make_first
        self.make_browser = make_browser
        self.permissions = permissions
        self.gateways = gateways
        self._line_filters = line_filters
        self.begin_with_theme(theme, theme_folders, accent)
        self.use_keys(keymap or {})
        self.clipboard_setting = clipboard

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own for colours, then those that were given."""
        return [*super().get_line_filters(), *self._line_filters]

    def get_default_screen(self) -> Screen[None]:
        """The first screen is the default one: no empty screen beneath it."""
        screen = self._make_first()
        # Textual finds out what its size means only once it has painted it.
        for length, breakpoints in (
            (self.size.width, self.HORIZONTAL_BREAKPOINTS),
            (self.size.height, self.VERTICAL_BREAKPOINTS),
        ):
            reached = [name for least, name in breakpoints if length >= least]
            screen.add_class(reached[-1], update=False)
        return screen

    def get_driver_class(self) -> type[Driver]:
        """The one for terminals; there is no other way to run."""
        from hoopscope.tui.terminal_driver import TerminalDriver

        return TerminalDriver

    def _give_back_attributes(self) -> None:
        # The driver of a test has no terminal.
        give_back = getattr(self._driver, "give_back_attributes", None)
        if give_back is not None:
            give_back()

    def on_driver_signal_resume(self) -> None:
        """The terminal is back, with whatever is on it by now."""
        self.action_redraw()

    def on_mount(self) -> None:
        """From now on the terminal has to be given back, whatever happens."""
        if not self.is_headless:
            leave_on_signals(self.exit, self._give_back_attributes)
            if not self.permissions.may_suspend:
                from hoopscope.confinement.process import ignore_keys_of_the_terminal

                # Textual's driver has just begun to listen to one of them.
                ignore_keys_of_the_terminal()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Do what a key, a command or a link asks for, unless this console is restricted."""
        if self._exit:
            return True
        if isinstance(default_namespace, Screen) and not self._is_there(default_namespace):
            return True
        if not self.permissions.restricted or not self._is_forbidden(action, default_namespace):
            return await super().run_action(action, default_namespace, namespaces)
        from hoopscope.confinement.wording import REFUSAL

        self.say(REFUSAL)
        return True

    def _is_there(self, screen: Screen[object]) -> bool:
        # Keys that were typed ahead also come to a screen that is not there yet, or no more.
        return screen.is_mounted and screen.is_attached and screen in self.screen_stack

    def _is_forbidden(self, action: str | ActionParseResult, node: DOMNode | None) -> bool:
        from hoopscope.tui.forbidden import is_forbidden

        return is_forbidden(node or self, action, self.permissions)

    @on(FirstPaint)
    def _first_paint(self) -> None:
        if gc.isenabled():
            # The browser of another gateway: what is left of the one before is to go.
            return
        gc.enable()
        _keep_what_is_here()
        # What is filled in after it, and the modules for that, stay as well.
        self.set_timer(_SETTLED_SECONDS, _keep_what_is_here)
        sys.setswitchinterval(_TURN_SECONDS)

    @property
    def _background_screens(self) -> list[Screen[object]]:
        # Textual takes the screen beneath an opaque one for visible too: whatever changed there
        # would repaint all of the one above.
        if self.screen.styles.background.a == 1:
            return []
        return super()._background_screens

    @property
    def failure(self) -> Exception | None:
        """The exception that ended the application, None when the operator did."""
        return self._exception

    def _fatal_error(self) -> None:
        # Textual would print local variables, and a credential may be among them. Whoever runs
        # the application gets the exception from `failure` and says what there is to say.
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End because of an exception in a thread of Textual's; what it would print has paths."""
        self._exception = self._exception or RuntimeError("the terminal cannot be read any more")
        self._close_messages_no_wait()

    def action_command_palette(self) -> None:
        """Show all commands, to be found by their names, unless they are still on their way out."""
        from hoopscope.tui.screens.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self._nodes):
            self.push_screen(Palette(id="--command-palette"))

    def action_redraw(self) -> None:
        """Paint the whole screen again, for a terminal that something else wrote on."""
        self.screen.refresh(layout=True)
        if self._driver is not None:
            self._driver.write("\x1b[2J")
        self.refresh(repaint=True, layout=True)
