"""The process in which recordings are replayed: `python -m hoopscope.recordings.replay_process`.

Hostile bytes meet native code here and nowhere else. It is given two descriptors, those of a
recording's payloads and index, talks through its standard input and output (`replay_messages`),
and ends when its input does.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import sys
from contextlib import suppress

from hoopscope.recordings.replay_engine import ReplayEngine
from hoopscope.recordings.replay_messages import BadMessage, Inbox, Message, encoded
from hoopscope.recordings.shared_recording import SharedRecording

MAX_MEMORY = 1 << 30
"""Bytes of address space."""

HANG_SECONDS = 60
"""Processor time after which it is ended where it stopped to listen."""

_CHUNK = 1 << 16


def limit_itself() -> None:
    """Write no file, leave no core with somebody's secrets in it, take no more than it needs."""
    for what, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_AS, MAX_MEMORY),
    ):
        # Not every system knows or allows each of them.
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (limit, limit))


def allow_time() -> None:
    """Shift the end of the processor time that it may take."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(OSError, ValueError):
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(usage.ru_utime + usage.ru_stime) + HANG_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def run(payloads: int, index: int, incoming: int, outgoing: int) -> None:
    """Serve until the incoming descriptor ends, or gives what is no message."""

    def send(message: Message) -> None:
        content = memoryview(encoded(message))
        while content:
            content = content[os.write(outgoing, content) :]

    engine, inbox = ReplayEngine(SharedRecording(payloads, index), send), Inbox()
    has_work, turns = False, 0
    while True:
        if not turns % 256:
            allow_time()
        turns += 1
        if select.select([incoming], [], [], 0 if has_work else None)[0]:
            content = os.read(incoming, _CHUNK)
            if not content:
                return
            for message in inbox.take(content):
                engine.handle(message)
        has_work = engine.work()


def main() -> None:
    """Take the descriptors from the command line, and serve."""
    limit_itself()
    # Hardly anything here refers to itself, and there is a lot of it.
    gc.set_threshold(50_000)
    payloads, index = (int(argument) for argument in sys.argv[1:3])
    with suppress(BadMessage, BrokenPipeError):
        run(payloads, index, 0, 1)


if __name__ == "__main__":
    main()
