"""Files made of what a session recorded, a module a format. Importing this loads none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from hoopscope.gateway.row import SessionRow
    from hoopscope.recordings.exports.material import Material

Times: TypeAlias = Literal["", "seconds", "utc"]
Escapes: TypeAlias = Literal["plain", "shown", "raw"]
Chunks: TypeAlias = "Callable[[Material, ExportOptions], Iterator[bytes]]"

_HERE = "hoopscope.recordings.exports."


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a file is to be written; each format uses what concerns it.

    with_secrets: leave typed passwords and authorisation headers as they were recorded.
    with_input: what went in, too (txt, cast).
    times: before each line, seconds since recording began or the time in UTC (txt).
    escapes: what is left of terminal escapes (txt). `plain` leaves colours and movements of the
        cursor out and shows the others, `shown` shows all, `raw` gives the bytes as they are.
    cast_version: of the asciicast format, 2 or 3.
    columns, rows: the terminal's size (cast); None estimates it.
    table: which of several result sets, from 1 (csv); None gives all.
    """

    with_secrets: bool = False
    with_input: bool = False
    times: Times = ""
    escapes: Escapes = "plain"
    cast_version: Literal[2, 3] = 2
    columns: int | None = None
    rows: int | None = None
    table: int | None = None


class NothingToExport(Exception):
    """A session has nothing that a format could hold; the text is a sentence that says what."""


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format.

    suffix: of a file's name, with its dot; no two formats have the same.
    about: what it is, for people.
    needs: `events` where it is made of the recording, `script` where of the session's script
        (and of the recording where there is none), `answer` where it is what the gateway sent.
    options: which of the fields of ExportOptions change what is written.
    """

    name: str
    suffix: str
    about: str
    needs: Literal["events", "script", "answer"]
    options: tuple[str, ...] = ()

    def suffix_of(self, row: SessionRow) -> str:
        """The suffix for a session: that of its language where the script's is known."""
        return _SCRIPTS.get(row.subtype, self.suffix) if self.name == "script" else self.suffix

    def chunks(self, material: Material, options: ExportOptions) -> Iterator[bytes]:
        """The file's content, piece by piece, in flat memory. Not for what needs the `answer`.

        Raises:
            NothingToExport: there is none, which is known before the first piece.
        """
        write: Chunks = import_module(_HERE + _MODULES[self.name]).chunks
        return write(material, options)

    def changed_by(self, options: ExportOptions) -> dict[str, object]:
        """Those of the options that matter to this format, by name."""
        return {name: getattr(options, name) for name in self.options}


_SCRIPTS = {
    "postgres": ".sql",
    "mysql": ".sql",
    "mssql": ".sql",
    "oracledb": ".sql",
    "mongodb": ".js",
}

_MODULES = {
    "txt": "plain_text",
    "cast": "asciicast",
    "jsonl": "event_lines",
    "csv": "result_sets",
    "script": "script",
}

FORMATS = {
    found.name: found
    for found in (
        ExportFormat(
            "txt",
            ".txt",
            "what the session printed, as text",
            "events",
            ("with_secrets", "with_input", "times", "escapes"),
        ),
        ExportFormat(
            "cast",
            ".cast",
            "a terminal's recording as an asciicast, for asciinema and its like",
            "events",
            ("with_secrets", "with_input", "cast_version", "columns", "rows"),
        ),
        ExportFormat(
            "json",
            ".json",
            "the whole session, byte for byte as the gateway gave it, secrets included",
            "answer",
        ),
        ExportFormat(
            "jsonl", ".jsonl", "every event, one JSON object a line", "events", ("with_secrets",)
        ),
        ExportFormat(
            "csv",
            ".csv",
            "the result sets that a SQL client printed",
            "events",
            ("with_secrets", "table"),
        ),
        ExportFormat(
            "script", ".script.txt", "the script, or the statements of a connection", "script",
            ("with_secrets",),
        ),
    )
}  # fmt: skip
"""Every format by its name."""
