"""Panel: one side of a session, as lines of harmless text, each piece with a tone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[str, str]
"""A harmless text and its tone, one of TONES."""

Line = tuple[Span, ...]
"""A logical line; whoever shows it may wrap it (under its text, if it begins with a label)."""

TONES = (
    "",
    "label",
    "muted",
    "strong",
    "success",
    "running",
    "notice",
    "waiting",
    "blocked",
    "failure",
)
"""What a text means, for themes to colour; every tone but "" comes with a word or a sign too."""


class PanelState(StrEnum):
    """Whether there is anything, and if not, why not."""

    FILLED = "filled"
    NONE = "none"
    NOT_LOADED = "not-loaded"
    FORBIDDEN = "forbidden"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a session is put into words; 0 is no limit.

    `lines` of one text or tree, `items` of one list (guardrail matches, steps, groups), `cells`
    of one line, before what is left out is only counted.
    """

    lines: int
    items: int
    cells: int


GLANCE = Limits(lines=12, items=12, cells=480)
"""For a pane beside a list: bounded, whatever the session holds."""

WHOLE = Limits(lines=0, items=0, cells=0)
"""Everything."""


AT_LENGTH = Limits(lines=500, items=500, cells=16_000)
"""For a screen of its own: all that people and models write, and still bounded."""


@dataclass(frozen=True, slots=True)
class FactsContext:
    """How facts are worded: as of `now` (microseconds since 1970 UTC), in UTC or local time."""

    now: int
    utc: bool = True
    limits: Limits = GLANCE

    @property
    def is_whole(self) -> bool:
        """Whether everything is wanted, ids that hardly anybody asks for included."""
        return self.limits in (AT_LENGTH, WHOLE)


@dataclass(frozen=True, slots=True)
class Panel:
    """A title, a headline that stands beside it, and lines; an empty one is its title line."""

    id: str
    title: str
    state: PanelState = PanelState.FILLED
    headline: Line = ()
    lines: tuple[Line, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the title line is all there is."""
        return not self.lines


def nothing(panel_id: str, title: str, word: str = "none") -> Panel:
    """A panel of which the session has nothing."""
    return Panel(panel_id, title, PanelState.NONE, ((word, "muted"),))
