"""Options to pick from, and finding them while somebody types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

_MARKS = re.compile("[\u0300-\u036f]+")


@dataclass(frozen=True, slots=True)
class Option:
    """Something to pick. The texts may be hostile; they are made harmless where they are shown.

    value: what picking it means. label: what it is called, the value where it is "".
    search_text: what it is found by beside its label. hint: what is shown beside its label.
    """

    value: str
    label: str = ""
    search_text: str = ""
    hint: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.label or self.value


class Matches(NamedTuple):
    """The best options for a text, best first, and how many there are in all."""

    options: list[Option]
    total: int


class OptionSearch:
    """Finds options by any part of their texts, whatever the case, with or without accents."""

    def __init__(self, options: Iterable[Option] = ()) -> None:
        self.options = tuple(options)
        self._titles = [folded(option.title) for option in self.options]
        # With a space before it, so that every word can be told by one.
        self._wholes = [
            f" {title} {folded(option.search_text)} {folded(option.hint)}"
            for title, option in zip(self._titles, self.options, strict=True)
        ]

    def find(self, text: str, limit: int) -> Matches:
        """The options in which every word of the text occurs; all of them for an empty text.

        Best are those that are called so, then those that begin with it, then those of which a
        word begins with it; equally good ones keep their order.
        """
        wanted = " ".join(folded(text).split())
        if not wanted:
            return Matches(list(self.options[:limit]), len(self.options))
        titles, wholes = self._titles, self._wholes
        found: Sequence[int] = range(len(titles))
        for word in wanted.split():
            found = [index for index in found if word in wholes[index]]
        best: dict[int, None] = {}
        for index in chain(
            (index for index in found if titles[index] == wanted),
            (index for index in found if titles[index].startswith(wanted)),
            (index for index in found if f" {wanted}" in wholes[index]),
            found,
        ):
            best[index] = None
            if len(best) == limit:
                break
        return Matches([self.options[index] for index in best], len(found))

    def called(self, text: str) -> Option | None:
        """The only option that is called so (label or value), if there is just one."""
        wanted = " ".join(folded(text).split())
        found = [
            option
            for option, title in zip(self.options, self._titles, strict=True)
            if wanted in (title, folded(option.value))
        ]
        return found[0] if len(found) == 1 else None


def folded(text: str) -> str:
    """Text without case and accents, to compare by."""
    if text.isascii():
        return text.lower()
    return _MARKS.sub("", unicodedata.normalize("NFKD", text)).casefold()
