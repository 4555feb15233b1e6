"""ReplayClient: the process that replays a recording, as an event loop talks to it."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress

from hoopscope.own_processes import REPLAY_PROGRAM, own_command, own_environment
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.replay_messages import ANSWERS, BadMessage, Inbox, Message, encoded

PATIENCE_SECONDS = 15.0
"""How long an answer may take while not even a sign of life comes."""

_CHUNK = 1 << 16


class ReplayClient:
    """Starts a replay process and hears of all that it says, in the loop's own thread.

    Nothing here waits. Use it from the loop's thread only.

    Args:
        recording: has to stay open as long as this does.
        heard: is called with each message of the process.
        ended: is called once, with a sentence, when the process ends otherwise than by `close`.
    """

    def __init__(
        self,
        recording: Recording,
        heard: Callable[[Message], None],
        ended: Callable[[str], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._heard = heard
        self._ended = ended
        self._watch: asyncio.TimerHandle | None = None
        self._owed = 0
        self._is_closed = False
        descriptors = (recording.payloads.fileno(), recording.index.fileno())
        self._process = subprocess.Popen(  # noqa: S603 (ourselves)
            own_command(REPLAY_PROGRAM, *map(str, descriptors)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            pass_fds=descriptors,
            start_new_session=True,
            env=own_environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to = self._process.stdin.fileno()
        os.set_blocking(self._to, False)
        self._thread = threading.Thread(target=self._listen, name="replay", daemon=True)
        self._thread.start()

    @property
    def process_id(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, message: Message) -> None:
        """Send a message that is answered; the process is ended if it shows no life till then."""
        self.tell(message)
        self._owed += 1
        self._watch_again()

    def tell(self, message: Message) -> None:
        """Send a message that has no answer."""
        if self._is_closed:
            return
        content = encoded(message)
        try:
            written = os.write(self._to, content)
        except BlockingIOError:
            written = 0
        except OSError:
            return  # It has ended, and the thread tells so.
        if written < len(content):
            self._give_up()

    def close(self) -> None:
        """End the process. Nothing is heard of it from now on; more than once does no harm."""
        self._is_closed = True
        self._stop_watching()
        self._process.kill()
        # It is dead at once; whoever waits for it is the thread.
        self._thread.join(1.0)

    def _give_up(self) -> None:
        if self._is_closed:
            return
        self.close()
        self._ended("The replay did not answer any more and was ended.")

    def _watch_again(self) -> None:
        """Wait for a sign of life, as long as an answer is owed."""
        self._stop_watching()
        if self._owed > 0 and not self._is_closed:
            self._watch = self._loop.call_later(PATIENCE_SECONDS, self._give_up)

    def _stop_watching(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None

    def _listen(self) -> None:
        """Reads what it says, in a thread of its own, until it ends; leaves no zombie."""
        inbox = Inbox()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with self._process.stdout as incoming:
            try:
                while content := os.read(incoming.fileno(), _CHUNK):
                    for message in inbox.take(content):
                        self._call(self._take, message)
            except BadMessage:
                self._process.kill()
        code = self._process.wait()
        with suppress(OSError):
            self._process.stdin.close()
        self._call(self._is_over, code)

    def _call(self, what: Callable[..., None], argument: object) -> None:
        # A loop that is closed has nobody who would want to know.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(what, argument)

    def _take(self, message: Message) -> None:
        if self._is_closed:
            return
        if message.get("is") in ANSWERS:
            self._owed -= 1
        self._watch_again()
        self._heard(message)

    def _is_over(self, code: int) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        self._stop_watching()
        self._ended(f"The replay ended unexpectedly ({_reason(code)}).")


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
