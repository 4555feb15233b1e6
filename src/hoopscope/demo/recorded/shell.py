"""Terminals: a shell, full-screen programs, passwords typed blind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.demo.recorded import screens
from hoopscope.demo.recorded.tape import Tape
from hoopscope.demo.templates import VARIANTS, bank, recipe

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_BEGIN = "\x1b[?2004h"
_END = "\x1b[?2004l\r"
PROMPT = "\x1b[32mapp@shop-01\x1b[0m:\x1b[34m/srv/app\x1b[0m# "
_SIZES = ((80, 24), (100, 30), (120, 40), (132, 43))


def begin(tape: Tape, key: Key) -> None:
    tape.i("\n")
    tape.wait(0.05, 0.2)
    tape.o(_BEGIN + PROMPT)


def act(tape: Tape, key: Key, number: int) -> None:
    acts = (
        _template,
        _listing,
        _progress,
        _editor,
        _template,
        _password,
        _monitor,
        _wide,
        _mistakes,
        _pager,
        _difference,
        _hostile,
    )
    acts[number % len(acts)](tape, key, number)


def end(tape: Tape, key: Key) -> None:
    tape.rest()
    typed(tape, "exit")
    tape.o("\r\n" + _END + "exit\r\n")


def size_of(key: Key) -> tuple[int, int]:
    """Columns and rows of somebody's terminal."""
    return _SIZES[key.number % len(_SIZES)]


def typed(tape: Tape, text: str, echo: str | None = None) -> None:
    """Keys, some at a time, each echoed; Enter is sent and its echo is the caller's."""
    shown = text if echo is None else echo
    at = 0
    while at < len(text):
        chance = tape.random.random()
        upto = at + (1 if chance < 0.6 else 2 + int((chance - 0.6) * 17))
        tape.wait(0.04, 0.22)
        tape.i(text[at:upto])
        if shown:
            tape.o(shown[at:upto])
        at = upto
    tape.wait(0.05, 0.4)
    tape.i("\r")


def command(tape: Tape, text: str, output: str, *, seconds: float = 0.05) -> None:
    """A command line with its output, and the next prompt."""
    typed(tape, text)
    tape.o("\r\n" + _END)
    tape.wait(seconds / 2, seconds)
    if output:
        tape.o(output.replace("\n", "\r\n"))
    prompt(tape)


def prompt(tape: Tape) -> None:
    tape.o(_BEGIN + PROMPT)


def _template(tape: Tape, key: Key, number: int) -> None:
    scripts = key.scripts if key.scripts in ("bash", "aws", "terraform") else "bash"
    count = len(bank(scripts)["ok"]) * VARIANTS
    made = recipe(scripts, "ok", (key.number + number * 7) % count, key.day)
    lines = made.script.split("\n")
    for line in lines[:-1]:
        typed(tape, line)
        tape.o("\r\n" + _END + "\x1b[?2004h> ")
    command(tape, lines[-1], made.output, seconds=min(made.seconds, 4))


def _listing(tape: Tape, key: Key, number: int) -> None:
    random = tape.random
    names = ("bin", "config", "db", "current", "shared", "日本語メモ.txt", "logs.tar.gz", "run.sh")
    marks = ("01;34", "01;34", "01;34", "01;36", "01;34", "0", "01;31", "01;32")
    lines = [f"total {random.randrange(20, 400)}"]
    for name, mark in zip(names, marks, strict=True):
        rights = "drwxr-xr-x" if mark == "01;34" else "-rw-r--r--"
        size = random.randrange(40, 90000)
        before = f"{rights} 3 app app {size:6} Nov {number % 28 + 1:2} 11:52"
        lines.append(f"{before} \x1b[{mark}m{name}\x1b[0m")
    command(tape, "ls -la --color", "\n".join(lines) + "\n")


def _progress(tape: Tape, key: Key, number: int) -> None:
    typed(tape, "npm ci && bin/build --progress")
    tape.o("\r\n" + _END)
    for step in range(0, 101, 4):
        tape.wait(0.05, 0.35)
        bar = "█" * (step // 4) + "░" * (25 - step // 4)
        tape.o(f"\r\x1b[K\x1b[36mbuilding\x1b[0m {bar} {step:3}% \x1b[2m{step * 37} of 3700\x1b[0m")
    tape.o(f"\r\n\x1b[32m✔\x1b[0m built in {10 + number % 50}.2 s\r\n")
    prompt(tape)


def _editor(tape: Tape, key: Key, number: int) -> None:
    typed(tape, "vim config/limits.yml")
    tape.o("\r\n" + _END)
    screens.vim(tape, *size_of(key))
    prompt(tape)


def _monitor(tape: Tape, key: Key, number: int) -> None:
    typed(tape, "top")
    tape.o("\r\n" + _END)
    screens.top(tape, *size_of(key))
    prompt(tape)


def _pager(tape: Tape, key: Key, number: int) -> None:
    typed(tape, "less /var/log/app/checkout.log")
    tape.o("\r\n" + _END)
    screens.less(tape, *size_of(key))
    prompt(tape)


def _password(tape: Tape, key: Key, number: int) -> None:
    """Typed without echo: the keys are recorded, nothing shows."""
    typed(tape, "sudo systemctl reload nginx")
    tape.o("\r\n" + _END)
    tape.wait(0.1, 0.3)
    tape.o("[sudo] password for app: ")
    tape.wait(0.5, 1.5)
    typed(tape, f"correct-horse-{number}-Bättery", echo="")
    tape.wait(0.2, 0.6)
    tape.o("\r\n")
    if number % 3 == 0:
        tape.wait(1.5, 2.2)
        tape.o("Sorry, try again.\r\n[sudo] password for app: ")
        typed(tape, "hunter2", echo="")
        tape.o("\r\n")
    prompt(tape)


def _wide(tape: Tape, key: Key, number: int) -> None:
    text = "注文 #48213 を返金しました 🎉  👩‍👩‍👧‍👦 é é Ä ﷽ नमस्ते 한국어\n❶ ok  ⚠️ slow  ✅ done\n"
    command(tape, "tail -2 /var/log/app/notes.txt", text)


def _mistakes(tape: Tape, key: Key, number: int) -> None:
    """Typos taken back, a word completed, a line given up with Ctrl-C, one fetched from before."""
    tape.wait(0.2, 0.6)
    tape.i("eccho typo")
    tape.o("eccho typo")
    for _ in range(9):
        tape.wait(0.03, 0.08)
        tape.i("\x7f")
        tape.o("\b\x1b[K")
    typed(tape, "cho fixed")
    tape.o("\r\n" + _END + "fixed\r\n")
    prompt(tape)
    tape.wait(0.5, 1.0)
    tape.i("cat /srv/app/cur\t")
    tape.o("cat /srv/app/current/")
    tape.wait(0.5, 1.0)
    tape.i("\x03")
    tape.o("^C\r\n" + _END)
    prompt(tape)
    tape.wait(0.3, 0.6)
    tape.i("\x1b[A")
    tape.o("echo fixed")
    tape.wait(0.2, 0.5)
    tape.i("\r")
    tape.o("\r\n" + _END + "fixed\r\n")
    prompt(tape)


def _difference(tape: Tape, key: Key, number: int) -> None:
    output = (
        f"\x1b[1mdiff --git a/config/limits.yml b/config/limits.yml\x1b[m\n"
        f"\x1b[1mindex {tape.random.getrandbits(28):07x}..{tape.random.getrandbits(28):07x} 100644"
        "\x1b[m\n\x1b[36m@@ -1,4 +1,4 @@\x1b[m\n checkout:\n"
        f"\x1b[31m-  per_minute: 60\x1b[m\n\x1b[32m+\x1b[m\x1b[32m  per_minute: {number}0\x1b[m\n"
        "   burst: 10\n"
        + "".join(f"\x1b[48;5;{n}m " for n in range(232, 256))
        + "\x1b[0m\n"
        + "".join(f"\x1b[38;2;{255 - n * 9};{n * 9};120m▄" for n in range(28))
        + "\x1b[0m\n"
    )
    command(tape, "git diff", output)


def _hostile(tape: Tape, key: Key, number: int) -> None:
    """What a terminal obeys and nobody should: title, clipboard, link, bell, device questions."""
    output = (
        "\x1b]0;owned\x07\x1b]52;c;ZXZpbA==\x07\x1b]8;;https://evil.example\x07click\x1b]8;;\x07"
        "\x07\x1b[c\x1b[6n\x1b[>q \x1b[5mblink\x1b[0m \x1b[8mhidden\x1b[0m \u202egnp.exe\u202c\n"
    )
    command(tape, "cat downloads/readme.txt", output)
