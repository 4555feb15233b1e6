"""What was measured, as lines of one table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADINGS = ("what", "measured", "target", "ratio in one run", "")


@dataclass(frozen=True, slots=True)
class Result:
    """A line of the table; `met` is None where there is no target."""

    what: str
    measured: str
    target: str = ""
    ratio: str = ""
    met: bool | None = None


def compared(what: str, ours: float, other: float, unit: str, *, most: float) -> Result:
    """A figure of ours beside another's, with the largest ratio that is aimed at."""
    ratio = ours / other
    measured = f"{number(ours)} {unit} against {number(other)} {unit}"
    return Result(what, measured, f"≤ {most:.2f} ×", f"{ratio:.2f} ×", ratio <= most)


def bounded(what: str, measured: float, unit: str, *, most: float) -> Result:
    """A figure with the largest value that is aimed at."""
    return Result(
        what, f"{number(measured)} {unit}", f"≤ {number(most)} {unit}", "", measured <= most
    )


def number(value: float) -> str:
    """Three digits that matter, thousands set apart."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def as_markdown(results: Iterable[Result]) -> str:
    """The table, ready for a document, its columns set below each other."""
    signs = {None: "", True: "met", False: "missed"}
    rows = [HEADINGS] + [
        (result.what, result.measured, result.target, result.ratio, signs[result.met])
        for result in results
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
