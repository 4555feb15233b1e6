"""The command palette's views: "View: failed" opens it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from hoopscope.sessions.filters import active_filters
from hoopscope.sessions.views import View
from hoopscope.tui.screens.browser_views import BrowserViews
from hoopscope.untrusted import harmless


class ViewCommands(Provider):
    """Every view of the browser that is on screen; none on other screens."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, view, views in self._views():
            yield DiscoveryHit(name, partial(views.open, view), help=_what(view))

    async def search(self, query: str) -> Hits:
        """Those whose name fits what was typed."""
        matcher = self.matcher(query)
        for name, view, views in self._views():
            score = matcher.match(name)
            if score > 0:
                run = partial(views.open, view)
                yield Hit(score, matcher.highlight(name), run, help=_what(view))

    def _views(self) -> Iterator[tuple[str, View, BrowserViews]]:
        views = getattr(self.screen, "views", None)
        if isinstance(views, BrowserViews):
            for view in views.views:
                yield f"View: {harmless(view.name)}", view, views


def _what(view: View) -> str:
    return " ".join(f"{label}{text}" for label, text in active_filters(view.filters))
