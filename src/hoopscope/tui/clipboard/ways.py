"""The ways by which OSC 52 reaches a terminal: by itself, through tmux, through GNU screen."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from enum import StrEnum

_ESC = "\x1b"
_END = f"{_ESC}\\"

_SCREEN_CHUNK = 512
"""Characters; GNU screen forgets a string that is longer than 768."""


class Way(StrEnum):
    """What the sequence is wrapped in; the values but the last are those of the setting."""

    PLAIN = "plain"
    TMUX = "tmux"
    SCREEN = "screen"
    OFF = "off"
    TMUX_OR_SCREEN = "tmux or screen"


def way_for(setting: str, environ: Mapping[str, str]) -> Way:
    """The way that a setting names; for `auto` the one that the environment tells of.

    Over ssh only TERM is handed on: tmux may call itself `screen`, as GNU screen does.
    """
    if setting != "auto":
        return Way(setting)
    term = environ.get("TERM", "")
    if term.startswith("tmux"):
        return Way.TMUX
    in_tmux, in_screen = bool(environ.get("TMUX")), bool(environ.get("STY"))
    if in_tmux and in_screen:
        return Way.TMUX_OR_SCREEN
    if in_tmux:
        return Way.TMUX
    if in_screen:
        return Way.SCREEN
    return Way.TMUX_OR_SCREEN if term.startswith("screen") else Way.PLAIN


def sequence(text: str, way: Way) -> str:
    """What has to be written for a text to be copied; "" where copying is off.

    tmux takes the plain sequence where `set-clipboard` is on, and hands on the wrapped one where
    `allow-passthrough` is; either ignores what it does not take, so that both are sent. GNU screen
    ignores the plain one and hands on the other; what is wrapped for tmux it would print, so that
    this is only sent where it is certain to be tmux.
    """
    content = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"{_ESC}]52;c;{content}\a"
    match way:
        case Way.OFF:
            return ""
        case Way.PLAIN:
            return plain
        case Way.TMUX:
            doubled = plain.replace(_ESC, _ESC * 2)
            return f"{plain}{_ESC}Ptmux;{doubled}{_END}"
        case Way.SCREEN:
            return _through_screen(plain)
        case Way.TMUX_OR_SCREEN:
            return plain + _through_screen(plain)


def _through_screen(plain: str) -> str:
    """Piece by piece: screen hands on each, and the terminal puts them together."""
    pieces = (plain[at : at + _SCREEN_CHUNK] for at in range(0, len(plain), _SCREEN_CHUNK))
    return "".join(f"{_ESC}P{piece}{_END}" for piece in pieces)
