"""However the browser ends, its terminal is as it was: in a process and a terminal of its own."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.tui.terminal_modes import TerminalModes

pytestmark = pytest.mark.whole

_APP = """
import signal, sys, threading

# They may be ignored by whoever runs the tests.
for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
    signal.signal(number, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.alarm(60)

from textual import events, work
from textual.screen import Screen
from textual.widgets import Static
from hoopscope.tui import ending
from hoopscope.cli.run import detach_broken_streams
from hoopscope.config.locations import bundled_themes_folder
from hoopscope.tui.app import HoopscopeApp
from hoopscope.tui.theming import load_theme


class Shown(Screen):
    AUTO_FOCUS = ""

    def compose(self):
        yield Static("[red]there it is", id="there")

    def on_key(self, event: events.Key) -> None:
        if event.key == "w":
            self.query_one(Static).refresh = None  # a mistake in a widget, when it is painted
            raise RuntimeError("planted in a widget")
        if event.key == "k":
            self.break_worker()
        if event.key == "t":
            self.app._driver.process_message = None
        if event.key == "f":
            self.set_interval(0.002, self.flood)
        if event.key == "s":
            threading.Timer(0.3, self.signal_elsewhere).start()
        self.query_one(Static).update(f"pressed {event.key} {event.character!r}")

    def signal_elsewhere(self):
        signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

    @work
    async def break_worker(self):
        raise RuntimeError("planted in a worker")

    def flood(self):
        self.query_one(Static).update("x" * 4000 + str(id(object())))


ending._GRACE_SECONDS = float(sys.argv[1])
theme = load_theme(bundled_themes_folder() / "dark.toml")
app = HoopscopeApp(Shown, lambda *_: Screen(), theme=theme)
code = app.run()
detach_broken_streams()
sys.exit(70 if app.failure else code)
"""

_ENVIRONMENT = {
    # As people have it, whatever the runner of tests sets for Python.
    **{key: value for key, value in os.environ.items() if not key.startswith("PYTHON")},
    "PYTHONPATH": os.pathsep.join(sys.path),
    "TERM": "xterm-256color",
    "LANG": "C.UTF-8",
    # As some shells export them, and as readline leaves them to whatever a process starts.
    "COLUMNS": "80",
    "LINES": "24",
}


class Running:
    """The application, its terminal from both ends, and all that it has written."""

    def __init__(self, grace_seconds: float) -> None:
        self.terminal, self.inner = pty.openpty()
        termios.tcsetwinsize(self.inner, (24, 80))
        self.attributes = termios.tcgetattr(self.inner)
        self.written = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", _APP, str(grace_seconds)],
            stdin=self.inner,
            stdout=self.inner,
            stderr=self.inner,
            env=_ENVIRONMENT,
            start_new_session=True,
        )

    def read(self, until: Callable[[], object], seconds: float = 20.0) -> None:
        """Read what it writes until something is so."""
        end = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < end, self.written[-2_000:]
            if select.select([self.terminal], [], [], 0.05)[0]:
                with contextlib.suppress(OSError):
                    self.written += os.read(self.terminal, 65_536)

    def read_until(self, text: bytes) -> None:
        """Read until it has written that since it was asked last."""
        begin = len(self.written)
        self.read(lambda: self.written.find(text, begin) >= 0)

    def press(self, keys: bytes) -> None:
        os.write(self.terminal, keys)

    def ended(self) -> int:
        """Its exit code, once all that it wrote was read."""
        self.read(lambda: self.process.poll() is not None)
        while select.select([self.terminal], [], [], 0)[0]:
            self.written += os.read(self.terminal, 65_536)
        assert self.process.returncode is not None
        return self.process.returncode

    def assert_gives_back_on(self, number: signal.Signals) -> None:
        self.process.send_signal(number)
        assert self.ended() == 128 + number
        self.assert_terminal_is_as_it_was()

    def assert_terminal_is_as_it_was(self) -> None:
        assert TerminalModes(self.written).is_fresh, TerminalModes(self.written)
        assert termios.tcgetattr(self.inner) == self.attributes


@contextmanager
def running(grace_seconds: float = 3.0) -> Iterator[Running]:
    """The application once it is there and has the terminal; how long its end may take."""
    found = Running(grace_seconds)
    try:
        found.read_until(b"there it is")
        # It asks what the terminal can do once it reads keys.
        found.read(lambda: b"\x1b[?2004h" in found.written)
        assert not TerminalModes(found.written).is_fresh
        yield found
    finally:
        found.process.kill()
        found.process.wait()
        for file in (found.terminal, found.inner):
            with contextlib.suppress(OSError):
                os.close(file)


def test_it_ends_with_its_terminal_also_where_nobody_says_so() -> None:
    # It leads the session of no terminal, so that no signal comes when that one is gone.
    with running() as app:
        os.close(app.inner)
        os.close(app.terminal)
        assert app.process.wait(10) in (128 + signal.SIGHUP, -signal.SIGHUP)


def test_it_ends_with_its_terminal_also_in_the_middle_of_much_to_say() -> None:
    with running() as app:
        app.press(b"f")
        app.read_until(b"x" * 50)
        os.close(app.inner)
        os.close(app.terminal)
        assert app.process.wait(10) in (128 + signal.SIGHUP, -signal.SIGHUP)


def test_a_line_that_takes_nothing_any_more_does_not_keep_it() -> None:
    with running(grace_seconds=0.2) as app:
        app.press(b"f")
        app.read_until(b"x" * 50)
        # Nobody reads: by now it waits for the terminal.
        time.sleep(0.5)
        app.process.send_signal(signal.SIGTERM)
        assert app.process.wait(10) in (128 + signal.SIGTERM, -signal.SIGTERM)
        assert termios.tcgetattr(app.inner) == app.attributes


@pytest.mark.parametrize(
    "number",
    [signal.SIGHUP, signal.SIGINT],  # the others end it in what follows
)
def test_the_terminal_is_given_back_on_signals(number: signal.Signals) -> None:
    with running() as app:
        app.assert_gives_back_on(number)


def test_a_signal_that_another_thread_gets_is_heard_at_once() -> None:
    with running() as app:
        app.press(b"s")
        assert app.ended() == 128 + signal.SIGTERM
        app.assert_terminal_is_as_it_was()


def test_a_signal_to_go_on_that_follows_takes_nothing_back() -> None:
    # As systemd sends them.
    with running() as app:
        app.process.send_signal(signal.SIGTERM)
        app.process.send_signal(signal.SIGCONT)
        assert app.ended() == 128 + signal.SIGTERM
        app.assert_terminal_is_as_it_was()


@pytest.mark.parametrize("key", [b"w", b"k", b"t"], ids=["widget", "worker", "driver"])
def test_the_terminal_is_given_back_after_a_mistake(key: bytes) -> None:
    with running() as app:
        app.press(key)
        # In the driver only the next key meets it.
        app.read(lambda: app.process.poll() is not None or b"pressed t" in app.written)
        app.press(b"z")
        assert app.ended() == 70
        app.assert_terminal_is_as_it_was()
        assert b"Traceback" not in app.written
        assert b"planted" not in app.written


def test_what_was_typed_in_another_encoding_is_passed_over() -> None:
    with running() as app:
        app.press(b"\xe9\xff")
        app.press(b"b")
        app.read_until(b"pressed b")
        app.assert_gives_back_on(signal.SIGXCPU)


def _stopped(app: Running) -> None:
    app.read(lambda: os.waitpid(app.process.pid, os.WNOHANG | os.WUNTRACED)[0])


def test_stopped_it_gives_the_terminal_back_and_takes_it_again() -> None:
    with running() as app:
        before = len(app.written)
        app.press(b"\x1a")
        _stopped(app)
        app.read(lambda: b"\x1b[?1004l" in app.written[before:])
        app.assert_terminal_is_as_it_was()
        # Meanwhile the window has another size.
        termios.tcsetwinsize(app.inner, (30, 100))
        app.process.send_signal(signal.SIGCONT)
        app.read_until(b"pressed ctrl+z")
        app.read(lambda: b"\x1b[?2004h" in app.written[before:])
        assert {1000, 1003, 1006, 1049, 2004} <= TerminalModes(app.written).private
        assert TerminalModes(app.written).keyboards == 1
        # All of the larger screen is painted.
        app.read(lambda: b"\x1b[30;1H" in app.written[before:])
        app.press(b"b")
        app.read_until(b"pressed b")
        app.assert_gives_back_on(signal.SIGQUIT)


def test_a_signal_to_go_on_alone_takes_the_terminal_only_once() -> None:
    with running() as app:
        app.process.send_signal(signal.SIGSTOP)
        _stopped(app)
        # As a shell does when a job of its own stops.
        termios.tcsetattr(app.inner, termios.TCSANOW, app.attributes)
        app.process.send_signal(signal.SIGCONT)
        app.read_until(b"there it is")
        app.press(b"b")
        app.read_until(b"pressed b")
        app.assert_gives_back_on(signal.SIGTERM)
