"""The views of the settings file beside those built in, and sentences about what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hoopscope.sessions.views import View, ViewList
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.config.toml_file import TomlFile
    from hoopscope.sessions.view_reading import ViewProblem

VIEWS = "views"
"""What the table of views is called in the settings file."""


class OwnViews(NamedTuple):
    """All views there are.

    warnings: a sentence for each problem: file, line, view, key, and what is wrong.
    broken: the same sentences, of views that are left out, by name.
    """

    views: ViewList = ViewList()
    warnings: tuple[str, ...] = ()
    broken: Mapping[str, str] = {}


def own_views(
    tables: Mapping[str, Any], file: Path, *, dates: Callable[[View], None] | None = None
) -> OwnViews:
    """Read the views of a settings file; a broken one keeps no other from being used.

    Args:
        tables: the views by name, as the file has them.
        file: where they stand; it is read again where there is something to complain about.
        dates: as in `read_views`.
    """
    if not tables:
        return OwnViews()
    from hoopscope.sessions.view_reading import read_views

    views, problems = read_views(tables, dates=dates)
    said = []
    if problems:
        from hoopscope.config.toml_file import read_again

        lines = read_again(file)
        said = [(problem, _sentence(problem, lines)) for problem in problems]
    return OwnViews(
        ViewList(views),
        tuple(sentence for _, sentence in said),
        {problem.view: sentence for problem, sentence in said if problem.is_left_out},
    )


def _sentence(problem: ViewProblem, file: TomlFile) -> str:
    names = (VIEWS, problem.view, *([problem.key] if problem.key else []))
    end = "" if problem.reason.endswith("?") else "."
    left_out = " The view is left out." if problem.is_left_out else ""
    called = ".".join(_name(name) for name in names)
    place = file.place(names[-1], names[:-1])
    return f"{place}: {called} {harmless(problem.reason)}{end}{left_out}"


def _name(name: str) -> str:
    """A name as it stands in TOML."""
    is_bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if is_bare else f'"{harmless(name, 60)}"'
