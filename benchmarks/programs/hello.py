"""The smallest Textual application: what no browser written with Textual can be quicker than."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Hello(App[None]):
    """Says one line."""

    def compose(self) -> ComposeResult:
        """One widget."""
        yield Static("Hello, READY")


Hello().run()
