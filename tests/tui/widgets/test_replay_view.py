"""The replay as its keys steer it, on a real process."""

from __future__ import annotations

import os
import signal

from hoopscope.gateway.event import Event
from hoopscope.recordings.recording import Recording
from tests.tui.widgets.replay_app import SESSION, replayed, until


async def test_steps_and_goes_to_and_fro() -> None:
    async with replayed() as (app, pilot):
        assert app.terminal == "$"
        await pilot.press("full_stop")
        await until(lambda: app.terminal == "$ l")
        await pilot.press("end")
        await until(lambda: app.terminal == "cleared\n$")
        await pilot.press("comma")
        await until(lambda: "ERROR: no such table" in app.terminal)
        await pilot.press("home")
        await until(lambda: app.terminal == "")
        await pilot.press("right")
        await until(lambda: app.terminal == "$ ls\nREADME.md  src\n$")
        app.answers["Go to"] = "99%"
        await pilot.press("g")
        await until(lambda: "ERROR" in app.terminal)


async def test_goes_to_commands_errors_and_words() -> None:
    async with replayed(marks=("TABLE",)) as (app, pilot):
        await pilot.press("p", "p")
        await until(lambda: app.view.replay is not None and app.view.replay.shown == 6)
        await pilot.press("P")
        await until(lambda: app.terminal == "$ l")
        await pilot.press("e")
        await until(lambda: app.terminal.endswith("drop table"))
        await pilot.press("e")
        await until(lambda: app.terminal.endswith("no such table\n$"))
        await pilot.press("e")
        await pilot.pause()
        assert app.said == ["There is no error or guardrail word further on."]


async def test_finds_what_showed_only_for_a_moment() -> None:
    async with replayed() as (app, pilot):
        app.answers["Find"] = "readme"
        await pilot.press("slash")
        await until(lambda: app.terminal.startswith("$ ls\nREADME.md"))
        app.answers["Find"] = "nowhere"
        await pilot.press("slash")
        await until(lambda: app.said)
        assert app.said == ["That was not shown."]


async def test_plays_and_cuts_the_silence_and_stops_at_the_end() -> None:
    async with replayed(speed=16.0) as (app, pilot):
        await pilot.press("space")
        await until(lambda: app.terminal == "cleared\n$")
        await until(lambda: not app.view.is_playing)
        assert "end 1:01 / 1:01" in app.lines[-1]


async def test_follows_what_is_live_until_somebody_goes_elsewhere() -> None:
    async with replayed(SESSION[:1], live=True) as (app, pilot):
        app.recording.append([Event(2.0, "o", b"one\r\n")])
        app.view.grew()
        await until(lambda: app.terminal == "$ one")
        await pilot.press("comma")
        await until(lambda: app.terminal == "$")
        app.recording.append([Event(3.0, "o", b"two\r\n")])
        app.view.grew()
        await pilot.pause(0.2)
        assert app.terminal == "$"
        await pilot.press("end")
        await until(lambda: app.terminal == "$ one\ntwo")
        app.recording.append([Event(4.0, "o", b"three\r\n")])
        app.view.grew()
        await until(lambda: app.terminal.endswith("three"))


async def test_a_better_recording_of_the_same_session_changes_nothing_that_was_chosen() -> None:
    async with replayed(SESSION, live=True, speed=4.0, size=(40, 10)) as (app, pilot):
        await pilot.press("comma")
        await until(lambda: app.view.is_settled)
        shown = app.terminal
        other = Recording()
        other.append([*SESSION, Event(62.0, "o", b"more")])
        app.view.show(other, live=True, start=8, keep=True)
        assert app.terminal == shown
        await until(lambda: app.view.is_settled)
        assert app.terminal == shown
        assert app.view.replay is not None
        assert app.view.replay.playhead.speed == 4.0
        assert (app.view.replay.columns, app.view.replay.certainty) == (40, "set")
        await pilot.press("end")
        await until(lambda: app.terminal.endswith("more"))
        app.view.close()
        other.close()


async def test_a_process_that_dies_is_told_of_and_started_again() -> None:
    async with replayed() as (app, pilot):
        os.kill(app.view.process_id, signal.SIGSEGV)
        await until(lambda: app.said)
        assert app.said == ["The replay ended unexpectedly (SIGSEGV). R starts it again."]
        await pilot.press("space")
        await pilot.press("R")
        await until(lambda: app.view.is_settled)
        await pilot.press("end")
        await until(lambda: app.terminal == "cleared\n$")


async def test_the_process_ends_with_the_view_and_is_no_zombie() -> None:
    async with replayed() as (app, _):
        process = app.view.process_id
        assert process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return
    raise AssertionError("it is still there")


async def test_a_terminal_larger_than_the_view_is_looked_at_in_parts() -> None:
    lines = b"".join(b"%03d" % number + b"." * 117 + b"\r\n" for number in range(39))
    events = [Event(0.0, "o", lines + b"\x1b[40;100Hhere")]
    async with replayed(events, window=(60, 12), size=(120, 40)) as (app, pilot):
        assert any(line.rstrip().endswith("here") for line in app.lines)
        assert "rows 31-40" in app.lines[-1]
        await pilot.press("K", "H", "H", "H", "H", "H", "H")
        await until(lambda: app.lines[0].startswith("026"))
        await pilot.press("0")
        await until(lambda: any(line.rstrip().endswith("here") for line in app.lines))
        await pilot.press("y")
        await pilot.pause()
        assert app.copied[0].startswith("000....")
        assert app.copied[0].endswith("here")


async def test_the_size_can_be_set_and_everything_is_indexed_again() -> None:
    async with replayed([Event(0.0, "o", b"x" * 60)]) as (app, pilot):
        app.answers["Size"] = "20x5"
        await pilot.press("z")
        await until(lambda: app.terminal == "\n".join(["x" * 20] * 3))
        await until(lambda: "20×5 set" in app.lines[-1])
        app.answers["Size"] = "huge"
        await pilot.press("z")
        await pilot.pause()
        assert app.said == ["That is no size. Columns x rows, up to 500x200."]


async def test_the_text_of_an_exec_is_played_too_and_ascii_suffices() -> None:
    events = [Event(0.0, "o", b"one\ntwo\n"), Event(5.0, "e", b"exit status 3")]
    async with replayed(events, plain=True, ascii_only=True, window=(50, 12)) as (app, pilot):
        assert app.terminal == "one\ntwo"
        await pilot.press("e")
        await until(lambda: app.terminal == "one\ntwo\n\nexit status 3")
        assert all(line.isascii() for line in app.lines)
