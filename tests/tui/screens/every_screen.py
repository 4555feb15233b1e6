"""Goes to each screen and each part of a screen as an operator does, by keys alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial

from hoopscope.gateway.row import SessionRow
from hoopscope.recordings.kinds import RecordingKind, kind_of
from hoopscope.tui.screens.session.screen import SessionScreen
from tests.tui.conftest import Browser
from tests.tui.screens.session.conftest import open_session

IN_THE_BROWSER: dict[str, tuple[list[str], str]] = {
    "list": ([], "OUTCOME WHEN"),
    "lower in the list": (["pagedown", "pagedown"], "OUTCOME"),
    "filters": (["f"], "Approver"),
    "suggestions": (["f", "d"], "dana"),
    "a choice": (["f", "tab", "enter"], "Connection"),
    "the last filter": (["f", *["shift+tab"] * 3], "Text"),
    "detail": (["d"], "Who"),
    "date": (["g", *"yesterday"], "yesterday"),
    "find": (["slash", *"nothing-has-this", "enter"], "none of"),
    "help": (["question_mark"], "Browser"),
    "help, its end": (["question_mark", "end"], ""),
    "themes": (["t"], "monochrome"),
    "commands": (["colon"], "Search"),
    "commands, searched": (["colon", *"theme"], "theme"),
}
"""The keys to each place, and a word that is there once it is."""

IN_A_SESSION: dict[str, list[str]] = {
    **{f"part {number}": [str(number)] for number in range(1, 8)},
    "a record": ["5", "enter"],
    "kinds of records": ["5", "f"],
    "JSON, folded": ["8", "down", "enter"],
    "save as": ["S"],
    "the keys of a session": ["question_mark"],
    "output, searched": ["3", "slash", *"error", "enter"],
}


def is_a(kind: RecordingKind) -> Callable[[SessionRow], bool]:
    """Finished sessions of a kind that recorded something."""

    def matches(row: SessionRow) -> bool:
        found = kind_of(row.type, row.subtype, row.verb) is kind
        return found and row.status == "done" and row.event_size > 200

    return matches


def waits(row: SessionRow) -> bool:
    """Sessions that somebody has to review."""
    return row.status == "open" and row.review_status == "PENDING" and row.script_size > 0


SESSIONS: dict[str, Callable[[SessionRow], bool]] = {
    "terminal": is_a(RecordingKind.TERMINAL),
    "http": is_a(RecordingKind.HTTP),
    "waiting": waits,
}


async def in_the_browser(browser: Browser) -> AsyncIterator[str]:
    """Each place of the browser, by name, while it is on screen."""
    for name, (keys, words) in IN_THE_BROWSER.items():
        await browser.tap(*keys)
        for word in words.split():
            await browser.until(lambda: word in browser.text())  # noqa: B023
        yield name
        await back_to_the_table(browser)


async def in_a_session(
    browser: Browser, wanted: Callable[[SessionRow], bool], parts: Iterable[str]
) -> AsyncIterator[str]:
    """Parts of a session (see `IN_A_SESSION`), by name, while they are on screen."""
    screen = await open_session(browser, wanted)
    for name in parts:
        await browser.tap(*IN_A_SESSION[name])
        await browser.until(partial(has_loaded, screen))
        yield name
        for _ in range(3):
            if browser.app.screen is not screen or screen.focused is not None:
                await browser.tap("escape")
        if len(browser.app.screen_stack) == 1:
            screen = await open_session(browser, wanted)
    await back_to_the_table(browser)


def has_loaded(screen: SessionScreen) -> bool:
    """Whether the part that is shown has all that it waits for."""
    loads = screen.opened.loads()
    return not screen.pane.has_class("-waiting") and not any(load.is_running for load in loads)


async def back_to_the_table(browser: Browser) -> None:
    """Escape until nothing is above the table."""
    for _ in range(6):
        if browser.app.screen is browser.screen and browser.table.has_focus:
            break
        await browser.tap("escape")
    assert browser.app.screen is browser.screen
    assert browser.table.has_focus
