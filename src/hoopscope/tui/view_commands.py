"""The command palette's views: "View: failed" opens it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from hoopscope.sessions.filters import active_filters
from hoopscope.tui.named_commands import NamedCommand, NamedCommands
from hoopscope.tui.screens.browser_views import BrowserViews
from hoopscope.untrusted import harmless


class ViewCommands(NamedCommands):
    """Every view of the browser that is on screen; none on other screens."""

    def commands(self) -> Iterator[NamedCommand]:
        """One for each, in their order."""
        views = getattr(self.screen, "views", None)
        if isinstance(views, BrowserViews):
            for view in views.views:
                filters = active_filters(view.filters)
                about = " ".join(f"{label}{text}" for label, text in filters)
                run = partial(views.open, view)
                yield NamedCommand(f"View: {harmless(view.name)}", about, run)
