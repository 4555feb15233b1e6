"""The commands of a session's screen that only look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import Binding, BindingType

from hoopscope.tui.screens.asking_screen import AskingScreen

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.tui.app import HoopscopeApp
    from hoopscope.tui.opened_session import OpenedSession
    from hoopscope.tui.screens.session.surroundings import Surroundings
    from hoopscope.tui.session_copying import SessionCopying


class SessionCommands(AskingScreen):
    """Copying; knows which session is on screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("C", "choose_copy", "copy …", show=False, id="session.choose_copy"),
    ]
    ends_with = ("session.show_help", "session.go_back")

    def __init__(self, around: Surroundings, opened: OpenedSession) -> None:
        super().__init__(
            may_copy=lambda: around.acquaintance.may_copy,
            ascii_only=around.ascii_only,
            viewer=around.viewer,
        )
        self._around = around
        self._utc = True
        self._opened = opened

    @property
    def row(self) -> SessionRow:
        """The session that is on screen, as the list knows it."""
        return self._opened.row

    @property
    def opened(self) -> OpenedSession:
        """What is known and loaded of it."""
        return self._opened

    def action_choose_copy(self) -> None:
        """Choose what to copy of the session."""
        self._copying().choose(self.row)

    def action_copy_id(self) -> None:
        """Copy the session's id."""
        self._copying().copy(self.row, "id")

    def action_copy_link(self) -> None:
        """Copy the address of the gateway's own page of the session."""
        self._copying().copy(self.row, "link")

    def _copying(self) -> SessionCopying:
        from hoopscope.tui.session_copying import SessionCopying

        around = self._around
        return SessionCopying(
            cast("HoopscopeApp", self.app),
            around.link.access,
            around.details,
            around.clock,
            say=self.say,
            utc=self._utc,
            ascii_only=self.ascii_only,
        )
