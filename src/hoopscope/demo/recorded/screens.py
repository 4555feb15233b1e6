"""Full-screen programs on the alternate screen: an editor, a monitor, a pager."""

from __future__ import annotations

from hoopscope.demo.recorded.tape import Tape

_ENTER = "\x1b[?1049h\x1b[22;0;0t\x1b[?1h\x1b="
_LEAVE = "\x1b[?1l\x1b>\x1b[?1049l\x1b[23;0;0t\x1b[?25h"
_COLUMNS = "    PID USER      PR  NI    VIRT    RES  %CPU  %MEM     TIME+ COMMAND"
_FILE = (
    "# limits of the shop, per customer",
    "checkout:",
    "  per_minute: 60",
    "  burst: 10",
    "search:",
    "  per_minute: 600",
    "  note: 東京の倉庫は別",
)


def vim(tape: Tape, columns: int, rows: int) -> None:
    """Open a file, find a word, change a line, write it."""
    tape.o(f"{_ENTER}\x1b[>4;2m\x1b[?2004h\x1b[1;{rows}r\x1b[?12h\x1b[?12l\x1b[27m\x1b[23m\x1b[29m")
    screen = "\x1b[m\x1b[H\x1b[2J\x1b[?25l"
    screen += f'\x1b[{rows};1H"config/limits.yml" {len(_FILE)}L, 128B\x1b[1;1H'
    for line in _FILE:
        colour = "34" if line.startswith("#") else "36"
        screen += f"\x1b[33m{_FILE.index(line) + 1:3} \x1b[{colour}m{line}\x1b[m\r\n"
    for row in range(len(_FILE) + 1, rows):
        screen += f"\x1b[94m\x1b[{row};1H~\x1b[m"
    tape.o(screen + f"\x1b[{rows};{columns - 17}H1,1\x1b[11CAll\x1b[1;5H\x1b[?25h")
    tape.rest(0.8, 2)
    for key, shown in (("/", "/"), ("burst", "burst")):
        tape.i(key)
        tape.o(f"\x1b[{rows};1H\x1b[K{shown}")
        tape.wait(0.1, 0.4)
    tape.i("\r")
    tape.o(f"\x1b[{rows};{columns - 17}H\x1b[K4,3\x1b[11CAll\x1b[4;7H")
    tape.wait(0.4, 1)
    tape.i("A")
    tape.o(f"\x1b[?25l\x1b[{rows};1H\x1b[1m-- INSERT --\x1b[m")
    tape.o(f"\x1b[{rows};{columns - 17}H\x1b[K4,12\x1b[10CAll")
    tape.o("\x1b[4;16H\x1b[?25h")
    for letter in "0  # sale day":
        tape.wait(0.05, 0.2)
        tape.i(letter)
        tape.o(letter)
    tape.i("\x1b")
    tape.o(f"\x1b[{rows};1H\x1b[K\x1b[4;28H")
    tape.wait(0.3, 0.9)
    tape.i(":wq\r")
    tape.o(f'\x1b[?25l\x1b[{rows};1H\x1b[K:wq\r"config/limits.yml" {len(_FILE)}L, 141B written')
    tape.o(f"\r\r\n\x1b[?2004l\x1b[>4;m{_LEAVE}")


def top(tape: Tape, columns: int, rows: int) -> None:
    """Some frames of a monitor, each painted over the last one."""
    random = tape.random
    tape.o("\x1b[?1h\x1b=\x1b[?25l\x1b[H\x1b[2J")
    for frame in range(4 + random.randrange(4)):
        load = random.uniform(0.2, 6)
        lines = [
            f"top - 11:{frame:02}:07 up 23 days,  2 users,  load average: {load:.2f}, 1.02, 0.75",
            "Tasks:\x1b[1m 214 \x1b[0mtotal,\x1b[1m   2 \x1b[0mrunning,\x1b[1m 212 \x1b[0msleeping",
            f"%Cpu(s):\x1b[1m {load * 12:4.1f} \x1b[0mus,\x1b[1m 72.0 \x1b[0mid",
            "MiB Mem :\x1b[1m  32096.4 \x1b[0mtotal,\x1b[1m   1402.2 \x1b[0mfree",
            "",
            f"\x1b[7m{_COLUMNS:{columns}}\x1b[0m",
        ]
        for number in range(rows - len(lines) - 1):
            busy = random.uniform(0, 99) if number < 3 else 0
            name = ("node", "postgres", "nginx", "python3", "日本語-worker")[number % 5]
            lines.append(
                f"{1200 + number * 37:7} app       20   0 {random.randrange(10**6):7} "
                f"{random.randrange(10**5):6} {busy:5.1f} {number % 9}.1   0:{number:02}.42 {name}"
            )
        tape.o("\x1b[H" + "\x1b[K\r\n".join(lines) + "\x1b[J")
        tape.wait(0.9, 3)
    tape.i("q")
    tape.o(f"\x1b[?1l\x1b>\x1b[{rows};1H\x1b[?12l\x1b[?25h\r\n")


def less(tape: Tape, columns: int, rows: int) -> None:
    """Pages of a log, with a word searched for."""
    random = tape.random

    def lines(count: int) -> list[str]:
        return [
            f"2026-11-24T11:{random.randrange(60):02}:07Z \x1b[33mWARN\x1b[0m slow request "
            f"/api/v2/orders took {random.randrange(9999)}ms"[: columns + 9]
            for _ in range(count)
        ]

    tape.o(_ENTER + "\r" + "\r\n".join(lines(rows - 1)) + "\r\n:\x1b[K")
    for _ in range(2 + random.randrange(4)):
        tape.rest(0.5, 2)
        tape.i(" ")
        tape.o("\r\x1b[K" + "\r\n".join(lines(rows - 1)) + "\r\n:\x1b[K")
    tape.i("/timeout\r")
    tape.o(
        "\r\x1b[K/timeout\x1b[K\r\x1b[K" + "\r\n".join(lines(3)) + "\r\n\x1b[7m(END)\x1b[27m\x1b[K"
    )
    tape.wait(0.5, 2)
    tape.i("q")
    tape.o("\r\x1b[K" + _LEAVE)
