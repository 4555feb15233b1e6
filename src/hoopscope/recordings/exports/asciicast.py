"""`cast`: an asciicast, version 2 or 3, as asciinema and its like play it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from hoopscope.recordings.exports import ExportOptions, NothingToExport
from hoopscope.recordings.exports.material import Material
from hoopscope.recordings.exports.text_pieces import TextPieces
from hoopscope.recordings.kinds import PRINTING
from hoopscope.recordings.shared_recording import SharedRecording
from hoopscope.recordings.terminal_size import ASSUMED, KNOWN, SET, TerminalSize, estimated_size
from hoopscope.untrusted import harmless

_LINE = json.JSONEncoder(check_circular=False).encode
_COMMON_SIZE = (80, 24)
_MICROSECOND = 6


def chunks(material: Material, options: ExportOptions) -> Iterator[bytes]:
    """A header, then a line an event; what went in only where that is asked for.

    Bytes become text in each direction on its own, so that a character that came in two events
    stays whole; it goes with the second of them. What is no UTF-8 becomes U+FFFD.

    Raises:
        NothingToExport: this kind of session stores nothing that was printed.
    """
    if material.kind not in PRINTING:
        raise NothingToExport(f"There is nothing to play. {material.kind.facts.stored}")
    return _lines(material, options)


def _lines(material: Material, options: ExportOptions) -> Iterator[bytes]:
    yield (_LINE(_header(material, options)) + "\n").encode()
    wanted = "oei" if options.with_input else "oe"
    pieces = TextPieces("replace")
    # What no terminal printed has lines that end without going back to the first column.
    returns = _with_returns() if not material.kind.facts.can_replay else None
    relative = options.cast_version == 3
    clock = before = 0.0
    for seconds, kind, payload in material.events(with_secrets=options.with_secrets):
        clock = max(clock, seconds)
        if kind not in wanted or not (text := pieces.feed(kind, payload)):
            continue
        yield _event(clock, before if relative else 0.0, kind, text, returns)
        before = clock
    for kind, text in pieces.end():
        yield _event(clock, before if relative else 0.0, kind, text, returns)
        before = clock
    if relative and material.row.exit_code is not None:
        yield f'[0.0, "x", "{material.row.exit_code}"]\n'.encode()


def _event(
    clock: float, before: float, kind: str, text: str, returns: Callable[[str], str] | None
) -> bytes:
    code = "i" if kind == "i" else "o"
    if returns is not None and code == "o":
        text = returns(text)
    return (_LINE([round(clock - before, _MICROSECOND), code, text]) + "\n").encode()


def _with_returns() -> Callable[[str], str]:
    ended = ""

    def with_returns(text: str) -> str:
        nonlocal ended
        # A line end that came in two pieces is not given a second return.
        text, first = (ended + text).replace("\r\n", "\n").replace("\n", "\r\n"), len(ended)
        ended = "\r" if text.endswith("\r") else ""
        return text[first:]

    return with_returns


def _header(material: Material, options: ExportOptions) -> dict[str, object]:
    size = size_of(material, options)
    row, began = material.row, material.began
    header: dict[str, object] = {"version": options.cast_version}
    if options.cast_version == 3:
        header["term"] = {"cols": size.columns, "rows": size.rows}
    else:
        header |= {"width": size.columns, "height": size.rows}
    if began is not None:
        header["timestamp"] = int(began.timestamp())
    title = harmless(f"{row.user or row.user_name} on {row.connection}, {row.id}".strip())
    if size.certainty not in (KNOWN, SET):
        title += f" (size of the terminal {size.certainty})"
    header["title"] = title
    return header


def size_of(material: Material, options: ExportOptions) -> TerminalSize:
    """The terminal's size as it was asked for, else as the recording lets one conclude it."""
    if options.columns and options.rows:
        return TerminalSize(options.columns, options.rows, SET)
    found = TerminalSize(*_COMMON_SIZE, ASSUMED)
    if material.kind.facts.can_replay:
        recording = material.recording
        shared = SharedRecording(recording.payloads.fileno(), recording.index.fileno())
        found = estimated_size(shared)
    return found._replace(columns=options.columns or found.columns, rows=options.rows or found.rows)
