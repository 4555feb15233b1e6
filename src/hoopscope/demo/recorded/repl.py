"""Interpreters in a terminal: Python, Node, Rails, Redis; with continuation lines and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.demo.recorded.shell import typed
from hoopscope.demo.recorded.tape import Tape
from hoopscope.demo.templates import VARIANTS, bank, recipe, tone_of

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_PROMPTS = {
    "python": (">>> ", "... "),
    "node": ("> ", "... "),
    "rails": ("\x1b[36mshop(prod)\x1b[0m:001:0> ", "shop(prod):002:0* "),
    "redis": ("redis-sessions:6379> ", "... "),
}
_GREETINGS = {
    "python": "Python 3.12.7 (main, Oct  3 2026, 15:15:22) [GCC 14.2.0] on linux\n"
    'Type "help", "copyright", "credits" or "license" for more information.\n',
    "node": 'Welcome to Node.js v22.11.0.\nType ".help" for more information.\n',
    "rails": "Loading production environment (Rails 8.0.1)\n",
    "redis": "",
}
_LINES = {
    "python": (
        ("sum(range(10 ** 6))", "499999500000\n"),
        ('print("[red]x[/red]", "日本")', "[red]x[/red] 日本\n"),
        (
            "1 / 0",
            'Traceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n'
            "ZeroDivisionError: division by zero\n",
        ),
        ('import getpass; p = getpass.getpass("Token: ")', "Token: "),
    ),
    "node": (("[1, 2, 3].map(n => n ** 2)", "\x1b[33m[ 1, 4, 9 ]\x1b[39m\n"),),
    "rails": (("Order.count", "  \x1b[1m\x1b[36mOrder Count (1.2ms)\x1b[0m\n=> 4182774\n"),),
    "redis": (
        ("auth admin s3cr3t-of-the-cache", "OK\n"),
        ("dbsize", "(integer) 48213\n"),
        ("hgetall cart:1182", '1) "sku"\n2) "ANC-204"\n3) "qty"\n4) "2"\n'),
    ),
}


def begin(tape: Tape, key: Key) -> None:
    tape.wait(0.2, 1.5)
    tape.o(_GREETINGS[key.scripts].replace("\n", "\r\n") + _PROMPTS[key.scripts][0])


def act(tape: Tape, key: Key, number: int) -> None:
    lines = _LINES[key.scripts]
    if number % 3:
        text, output = lines[number % len(lines)]
        _line(tape, key, text, output)
        if output == "Token: ":
            tape.wait(0.5, 1.5)
            typed(tape, f"tw_live_{number}f00ba4", echo="")
            tape.o("\r\n" + _PROMPTS[key.scripts][0])
        return
    tone = tone_of(key.scripts, "fail" if number % 2 else "ok")
    count = len(bank(key.scripts)[tone]) * VARIANTS
    made = recipe(key.scripts, tone, (key.number + number) % count, key.day)
    *before, last = made.script.rstrip("\n").split("\n")
    for line in before:
        typed(tape, line)
        tape.o("\r\n" + _PROMPTS[key.scripts][1 if line.startswith(" ") else 0])
    _line(tape, key, last, made.output)


def _line(tape: Tape, key: Key, text: str, output: str) -> None:
    typed(tape, text)
    tape.o("\r\n")
    tape.wait(0.01, 0.4)
    ready = "" if output == "Token: " else _PROMPTS[key.scripts][0]
    tape.o(output.replace("\n", "\r\n") + ready)


def end(tape: Tape, key: Key) -> None:
    tape.rest()
    tape.i("\x04")
    tape.o("\r\n")
