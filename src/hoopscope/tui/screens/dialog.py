"""Dialog: a screen above another one, left once."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, ScreenResultType


class Dialog(ModalScreen[ScreenResultType]):
    """Leaving it a second time, by keys that were typed ahead, leaves nothing else."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Leave it with a result, if that has not been done."""
        # Textual would take away whatever screen is on top by then.
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
