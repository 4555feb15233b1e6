"""What every part of the command palette has in common: commands, found by their names."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider


class NamedCommand(NamedTuple):
    """A command: what it is called and a word about it, both harmless, and what does it."""

    name: str
    about: str
    run: Callable[[], Any]


class NamedCommands(Provider):
    """Offers all commands until something is typed, then those whose names fit that."""

    @abstractmethod
    def commands(self) -> Iterable[NamedCommand]:
        """All that there are on the screen as it is, in order."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for name, about, run in self.commands():
            yield DiscoveryHit(name, run, help=about)

    async def search(self, query: str) -> Hits:
        """Those whose name fits what was typed."""
        matcher = self.matcher(query)
        for name, about, run in self.commands():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, matcher.highlight(name), run, help=about)
