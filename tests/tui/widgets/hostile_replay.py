"""A program that replays what wants out of a terminal; run in a pty by test_hostile_replay."""

from __future__ import annotations

import sys

from hoopscope.gateway.event import Event
from tests.tui.widgets.replay_app import ReplayApp

SECRET = b"ESCAPED"

SEQUENCES = (
    b"\x1b]0;%s\x07",
    b"\x1b]2;%s\x1b\\",
    b"\x1b]52;c;%s\x07",
    b"\x1b]8;;http://%s/\x07link\x1b]8;;\x07",
    b"\x1b]4;1;rgb:%s\x07",
    b"\x1b]10;?\x07\x1b]11;?\x07",
    b"\x1b]9;%s\x07\x1b]777;notify;%s;%s\x07\x1b]1337;File=name=%s:QQ==\x07",
    b"\x1bP+q%s\x1b\\\x1bPq%s\x1b\\",
    b"\x1b_Ga=T,f=24,s=1,v=1;%s\x1b\\",
    b"\x1b^%s\x1b\\\x1bX%s\x1b\\",
    b"\x1b[c\x1b[>c\x1b[=c\x1b[5n\x1b[6n\x1b[?6n\x1b[x\x1b[>q\x1b[?1$p\x1b[18t\x1b[21t\x05",
    b"\x1b[8;5;20t\x1b[3;0;0t\x1b[2t\x1b[22;2t",
    b"\x1b[?1000h\x1b[?1006h\x1b[?2004l\x1b[?1049h\x1b[?1049l\x1b[?47h\x1b[?47l",
    b"\x1b[?5h\x1b[>4;2m\x1b[>1u\x1b[4i\x1b[5i",
    b"\x1bc\x1b[!p\x1b#8\x1b(0lqk\x1b(B",
    b"\x07\x0e\x0f\x7f\x80\x9b31m\x9d0;as text\x9c",
    "‮⁦\u200b\u2028\u0085\x9b31m\x9d0;as text\x9c".encode(),
    b"\x1b[5mblink\x1b[8mhidden\x1b[m",
    b"[bold red]markup[/] \\x1b]0;x",
)


def events() -> list[Event]:
    """One sequence after another, the last word at the end."""
    found = [
        Event(number * 0.02, "o", sequence.replace(b"%s", SECRET) + b"\r\n")
        for number, sequence in enumerate(SEQUENCES)
    ]
    return [*found, Event(1.0, "o", b"\x1b[2J\x1b[Hall was fed"), Event(1.1, "e", SEQUENCES[2])]


if __name__ == "__main__":
    ReplayApp(events(), play=sys.argv[1] == "play", speed=2.0).run()
