"""Saving a session as a file: which kind, where, how far it is, what became of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hoopscope.recordings.kinds import RecordingKind, kind_of
from hoopscope.recordings.parts import Part
from hoopscope.sessions.facts.quantities import size
from hoopscope.tui.key_names import hinted
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hoopscope.gateway.row import SessionRow
    from hoopscope.recordings.exports import ExportFormat
    from hoopscope.recordings.exports.saving import Written
    from hoopscope.recordings.parts import Offer
    from hoopscope.sessions.gateway_link import GatewayLink
    from hoopscope.tui.opened_session import OpenedSession

TOLD_EVERY = 1.0
"""Seconds between two words about progress."""

SWITCHED_OFF = "This gateway has downloads switched off."

_WORDS = {"fetched": "fetched", "written": "written"}


@dataclass(frozen=True, slots=True)
class Destination:
    """A file to be written, and whether there is one already."""

    path: Path
    exists: bool


def formats_of(row: SessionRow, offers: Mapping[Part, Offer]) -> list[ExportFormat]:
    """Those that this session has something for."""
    from hoopscope.recordings.exports import FORMATS

    recorded = offers[Part.EVENTS].is_there
    kind = kind_of(row.type, row.subtype, row.verb)
    there = {
        "txt": offers[Part.OUTPUT].is_there,
        "cast": offers[Part.REPLAY].is_there,
        "json": True,
        "jsonl": recorded,
        "csv": recorded and kind is RecordingKind.EXEC and row.type == "database",
        "script": offers[Part.SCRIPT].is_there or (recorded and not kind.facts.has_output),
    }
    return [found for found in FORMATS.values() if there.get(found.name, recorded)]


def default_name(row: SessionRow, suffix: str) -> str:
    """A safe name for the file, in the folder that one is in."""
    from hoopscope.recordings.exports.file_names import file_name

    return file_name(row, suffix)


def destination(text: str, name: str) -> Destination:
    """The file that was asked for; in a folder it gets its usual name. Raises ValueError."""
    text = text.strip()
    if not text or "\0" in text:
        raise ValueError("Without a name nothing is saved.")
    try:
        path = Path(text).expanduser()
        path = path / name if path.is_dir() else path
        return Destination(path, path.exists())
    except (OSError, RuntimeError) as error:
        raise ValueError(f"{harmless(text, 200)} cannot be used: {harmless(error, 200)}.") from None


class Saving:
    """One save.

    Args:
        tell: called in another thread with a sentence and its tone.
        stops: a hint at the key that stops it.
    """

    def __init__(
        self,
        link: GatewayLink,
        opened: OpenedSession,
        format_name: str,
        path: Path,
        *,
        with_secrets: bool,
        tell: Callable[[str, str], None],
        stops: str = "",
    ) -> None:
        from hoopscope.recordings.exports import ExportOptions
        from hoopscope.recordings.exports.fetching import save_session

        self._tell = tell
        self._stops = stops
        self._told = 0.0
        recording = opened.recording
        loaded = recording if recording is not None and recording.is_complete else None
        options, row = ExportOptions(with_secrets=with_secrets), opened.row
        tell("saving …", "muted")
        self._future: Future[Written] = link.run(
            lambda gateway: save_session(
                gateway,
                row,
                format_name,
                path,
                options,
                recording=loaded,
                on_progress=self._progress,
            )
        )
        self._future.add_done_callback(self._ended)

    @property
    def is_running(self) -> bool:
        """Whether it is still at it."""
        return not self._future.done()

    def stop(self) -> None:
        """Save nothing after all; nothing is left behind."""
        self._future.cancel()

    def _progress(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self._told >= TOLD_EVERY:
            self._told = now
            of = f" of about {size(total)}" if total > done else ""
            said = f"saving … {size(done)}{of} {_WORDS.get(what, 'done')}"
            self._tell(hinted(said, self._stops), "muted")

    def _ended(self, future: Future[Written]) -> None:
        try:
            written = future.result()
        except CancelledError:
            self._tell("Nothing was saved: it was stopped.", "waiting")
        except Exception as error:  # noqa: BLE001 (told, whatever it was)
            self._tell(f"✗ {harmless(str(error) or type(error).__name__)}", "failure")
        else:
            shown = harmless(str(written.path), 200)
            self._tell(f"Saved {size(written.size)} as {shown}.", "muted")
