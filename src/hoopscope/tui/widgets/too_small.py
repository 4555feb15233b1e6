"""What a terminal says that is too small for anything else."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Static


class TooSmall(Static):
    """Lies above everything on its screen while the terminal is too small.

    What is below it stays as it is, with its focus and its place.
    """

    # About its screen too: in a style sheet of all, the first frame would wait for it.
    SCOPED_CSS: ClassVar[bool] = False
    DEFAULT_CSS = """
    TooSmall {
        display: none;
        layer: above;
        dock: top;
        width: 100%;
        height: 100%;
        background: $background;
        content-align: center middle;
    }
    .-tiny TooSmall, .-flat TooSmall {
        display: block;
    }
    """

    def __init__(self) -> None:
        super().__init__(
            "hoopscope needs 60 columns and 20 rows.\n"
            "Make the window larger, or its letters smaller.",
            markup=False,
        )

    def on_mount(self) -> None:
        """What was there before hears of these rules only now."""
        if self.display:
            self.screen.update_node_styles(animate=False)
