"""What is remembered of a gateway from one time to the next: names and moments, and no session.

A small JSON file a gateway, readable by its owner only. Whatever is wrong with one, it is as if
there were none. Several browsers may write to one: each changes what it has to say and no more.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from hoopscope.config import locations
from hoopscope.config.belonging import gateway_name
from hoopscope.config.sourced import DEFAULT, Sourced

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings

KEPT = "last time"
"""The source of a setting that is as it was left."""

_MAX_BYTES = 64 * 1024
_MOST_VIEWS = 200
_LONGEST_NAME = 200
_YEARS = range(253_402_300_800_000_000)
_LOCK_TRIES, _LOCK_SECONDS = 20, 0.01
_OF_CONSOLE = "console"
_LOOK = ("theme", "sidebar", "detail")


class Looked(NamedTuple):
    """Where a reader stopped in a view, in microseconds since 1970 UTC.

    newest: when the newest session that was on screen began. at: when that was.
    """

    newest: int
    at: int


class KeptState(NamedTuple):
    """What was chosen by hand, "" or None where nothing was.

    looked: by the name of a view.
    """

    view: str = ""
    theme: str = ""
    utc: bool | None = None
    sidebar: bool | None = None
    detail: bool | None = None
    looked: Mapping[str, Looked] = MappingProxyType({})


class StateFile:
    """The file of one gateway.

    Args:
        path: need not exist, nor its folder.
        console: theme, sidebar and detail are those of a slow line, kept apart from the others.
    """

    def __init__(self, path: Path, *, console: bool = False) -> None:
        self._path = path
        self._console = console
        self._changes: dict[tuple[str, ...], Any] = {}
        self._noting = Lock()

    @classmethod
    def of_gateway(cls, url: str, *, console: bool = False) -> StateFile:
        """The file of the gateway at an address, however that is written."""
        # It tells one person's gateways apart; hashlib would take milliseconds to load, each time.
        number = crc32(gateway_name(url).encode(errors="surrogatepass"))
        return cls(locations.state_folder() / "gateways" / f"{number:08x}.json", console=console)

    @property
    def has_news(self) -> bool:
        """Whether there is anything to write."""
        return bool(self._changes)

    def read(self) -> KeptState:
        """What is remembered; what cannot be understood is not. Never raises."""
        content = self._content() or {}
        look = content
        if self._console:
            look = of_console if isinstance(of_console := content.get(_OF_CONSOLE), dict) else {}
        return KeptState(
            view=_name(content.get("view")),
            theme=_name(look.get("theme")),
            utc=_switch(content.get("utc")),
            sidebar=_switch(look.get("sidebar")),
            detail=_switch(look.get("detail")),
            looked=dict(_all_looked(content.get("looked"))),
        )

    def keep(self, **choices: str | bool) -> None:
        """Remember these fields of KeptState; `write` puts them into the file."""
        for name, value in choices.items():
            place = (_OF_CONSOLE, name) if self._console and name in _LOOK else (name,)
            with self._noting:
                self._changes[place] = value

    def keep_looked(self, view: str, looked: Looked) -> None:
        """Remember where the reader stopped in a view."""
        with self._noting:
            self._changes["looked", view] = looked

    def write(self) -> None:
        """Put what is new into the file; what others wrote meanwhile stays. Safe in any thread.

        A file that cannot be read or written is left alone, and what is new is kept for later.
        """
        with self._noting:
            changes, self._changes = self._changes, {}
        if not changes:
            return
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._locked():
                _replace(self._path, _with_changes(self._content(strict=True) or {}, changes))
        except OSError:
            with self._noting:
                self._changes = {**changes, **self._changes}

    def _content(self, *, strict: bool = False) -> dict[str, Any] | None:
        """The JSON object in the file, None where there is none.

        Raises OSError where there is a file that cannot be read, with `strict` only.
        """
        try:
            with self._path.open("rb") as file:
                content = json.loads(file.read(_MAX_BYTES))
        except FileNotFoundError:
            return None
        except OSError:
            if strict:
                raise
            return None
        except (ValueError, RecursionError):
            return None
        return content if isinstance(content, dict) else None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Alone with the folder, if that can be had soon; the file is whole in any case."""
        import fcntl

        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            for _ in range(_LOCK_TRIES):
                try:
                    fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    time.sleep(_LOCK_SECONDS)
                except OSError:
                    # A file system that knows no locks.
                    break
            yield
        finally:
            os.close(folder)


def as_left(settings: Settings, *, view: bool) -> Settings:
    """The settings as the browser on their gateway was left, where nobody chose anything else.

    Where nothing is to be remembered (`restricted`), nothing is read either.

    Args:
        view: whether the view is part of it.
    """
    if not settings.url or settings.restricted:
        return settings
    file = StateFile.of_gateway(settings.url, console=settings.console)
    return with_kept(settings, file.read(), view=view)


def with_kept(settings: Settings, kept: KeptState, *, view: bool) -> Settings:
    """The settings with what was chosen by hand last time, wherever nobody chose anything else.

    Args:
        view: whether the view is one of them.
    """
    chosen = {
        name: value
        for name in ("theme", "utc", "sidebar", "detail", *(["view"] if view else []))
        if (value := getattr(kept, name)) not in ("", None)
        and (source := settings.sources.get(name)) is not None
        and source.source == DEFAULT
    }
    sources = {name: Sourced(value, KEPT) for name, value in chosen.items()}
    return replace(settings, **chosen, sources={**settings.sources, **sources})


def without_kept_theme(settings: Settings) -> Settings:
    """The settings with the theme that they would have if none had been chosen last time."""
    from hoopscope.config.keys import BY_NAME
    from hoopscope.config.settings import CONSOLE_THEME

    theme = CONSOLE_THEME if settings.console else BY_NAME["theme"].default
    sources = {**settings.sources, "theme": Sourced(theme, DEFAULT)}
    return replace(settings, theme=theme, sources=sources)


def _with_changes(content: dict[str, Any], changes: Mapping[tuple[str, ...], Any]) -> bytes:
    for (*within, name), value in changes.items():
        table = content
        for part in within:
            if not isinstance(table.get(part), dict):
                table[part] = {}
            table = table[part]
        if isinstance(value, Looked):
            before = dict(_all_looked({name: table.get(name)})).get(name, value)
            value = [max(value.newest, before.newest), max(value.at, before.at)]
        table[name] = value
    if len(looked := dict(_all_looked(content.get("looked")))) > _MOST_VIEWS:
        latest = sorted(looked, key=lambda view: looked[view].at)[-_MOST_VIEWS:]
        content["looked"] = {view: looked[view] for view in latest}
    return json.dumps(content, indent=1, sort_keys=True).encode() + b"\n"


def _replace(path: Path, content: bytes) -> None:
    from tempfile import mkstemp

    descriptor, name = mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.replace(name, path)  # noqa: PTH105 (a name, not a Path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise


def _all_looked(table: object) -> Iterator[tuple[str, Looked]]:
    for view, value in table.items() if isinstance(table, dict) else ():
        if isinstance(value, list) and len(value) == 2 and all(map(_is_moment, value)):
            yield view, Looked(*value)


def _is_moment(value: object) -> bool:
    return type(value) is int and value in _YEARS


def _name(value: object) -> str:
    return value if isinstance(value, str) and len(value) <= _LONGEST_NAME else ""


def _switch(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
