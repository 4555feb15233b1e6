"""Dialog: a screen above another one, left once; PickDialog: one with a list to pick from."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import OptionList


class Dialog(ModalScreen[ScreenResultType]):
    """Leaving it a second time, by keys that were typed ahead, leaves nothing else."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave it with a result, if that has not been done."""
        # Textual would take away whatever screen is on top by then.
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def action_leave(self) -> None:
        """Leave it without a result."""
        self.dismiss(None)


class PickDialog(Dialog[ScreenResultType]):
    """One whose list is moved in by other keys than the arrows too."""

    def action_move(self, by: int) -> None:
        """As the arrows."""
        options = self.query_one(OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()
