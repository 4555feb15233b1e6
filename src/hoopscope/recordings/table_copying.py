"""Rows of a table as CSV, JSON or Markdown: exact values, but nothing that drives a program."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from hoopscope.recordings.table import is_number
from hoopscope.untrusted import harmless

FORMATS = ("csv", "json", "markdown")

# What spreadsheets take for the beginning of a formula, the full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")


def rows_as(
    form: str, titles: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[bool]
) -> str:
    """Rows, under their titles, in one of `FORMATS`; every line ends with a line feed.

    Args:
        numeric: for each column whether its values are numbers.
    """
    if form == "json":
        return _as_json(titles, rows)
    if form == "markdown":
        return _as_markdown(titles, rows, numeric)
    header = ",".join(_csv_cell(title, is_number=False) for title in titles)
    lines = [
        ",".join(
            # What is in a column was only looked at in samples.
            _csv_cell(cell, is_number=number and is_number(cell))
            for cell, number in zip(row, numeric, strict=True)
        )
        for row in rows
    ]
    return "".join(line + "\n" for line in [header, *lines])


def _csv_cell(value: str, *, is_number: bool) -> str:
    text = harmless(value)
    if not is_number and (value.lstrip()[:1] in _FORMULA if value.strip() else False):
        text = "'" + text
    if '"' in text or "," in text or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


def _as_json(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    names: list[str] = []
    for number, title in enumerate(titles):
        # An object has each name once.
        taken = not title or title in names
        names.append(f"{title or 'column'} {number + 1}" if taken else title)
    objects = [json.dumps(dict(zip(names, row, strict=True))) for row in rows]
    return "[\n" + ",\n".join(objects).replace("\x7f", "\\u007f") + "\n]\n" if objects else "[]\n"


def _as_markdown(
    titles: Sequence[str], rows: Iterable[Sequence[str]], numeric: Sequence[bool]
) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cells) + " |\n"

    rule = line("--:" if number else "---" for number in numeric)
    body = (line(_markdown_cell(cell) for cell in row) for row in rows)
    return line(_markdown_cell(title) for title in titles) + rule + "".join(body)


def _markdown_cell(value: str) -> str:
    text = harmless(value)
    for sign in "\\`|<>[]*_":
        text = text.replace(sign, "\\" + sign)
    return text
