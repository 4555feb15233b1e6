"""The settings there are: how each is called, read and checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

TRUE = frozenset({"1", "true", "yes", "on", "y", "t"})
FALSE = frozenset({"0", "false", "no", "off", "n", "f"})


class Key(NamedTuple):
    """One setting.

    name: in the own file and, in capitals after `HOOPSCOPE_`, in the environment.
    read: what was given → the value; raises ValueError with a reason that begins with "has to be".
    hoop_variable, hoop_key: what the hoop CLI calls it in the environment and in its file.
    of_gateway: it belongs to one gateway and is never used for another.
    in_profile: it may stand in a profile.
    stays_on: once it is true in any place, no other place makes it false.
    """

    name: str
    read: Callable[[object], Any]
    default: Any
    help: str
    hoop_variable: str = ""
    hoop_key: str = ""
    of_gateway: bool = False
    secret: bool = False
    in_profile: bool = True
    stays_on: bool = False

    @property
    def variable(self) -> str:
        """The environment variable of hoopscope's own."""
        return f"HOOPSCOPE_{self.name.upper()}"


def text(value: object) -> str:
    """Any text without a NUL."""
    if not isinstance(value, str):
        raise ValueError("has to be text")  # noqa: TRY004 (read from a file, not passed)
    if "\0" in value:
        raise ValueError("has to be text without NUL characters")
    return value.strip()


def switch(value: object) -> bool:
    """A yes or no: a TOML boolean, or a word for one."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and (word := value.strip().lower()) in TRUE | FALSE:
        return word in TRUE
    raise ValueError("has to be true or false")


def seconds(lowest: float, highest: float, *, or_zero: bool = False) -> Callable[[object], float]:
    """A reader for a number of seconds within bounds; with `or_zero` 0 is allowed too."""
    expected = f"has to be a number of seconds from {lowest:g} to {highest:g}"
    if or_zero:
        expected += ", or 0 for never"

    def read(value: object) -> float:
        try:
            number = float(value) if isinstance(value, str | int | float) else None
        except (ValueError, OverflowError):
            number = None
        if number is None or isinstance(value, bool):
            raise ValueError(expected)
        if not (lowest <= number <= highest or (or_zero and number == 0)):
            raise ValueError(expected)
        return number

    return read


def one_of(*choices: str) -> Callable[[object], str]:
    """A reader for one of some words."""

    def read(value: object) -> str:
        if isinstance(value, str) and (word := value.strip().lower()) in choices:
            return word
        raise ValueError(f"has to be one of {', '.join(choices)}")

    return read


TERMINAL_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
"""The terminal's own; each also with `bright-` before it."""


def colour(value: object) -> str:
    """One of the terminal's sixteen colours, or `#rrggbb`; in lower case."""
    word = value.strip().lower().replace("_", "-") if isinstance(value, str) else " "
    digits = word.removeprefix("#")
    is_hexadecimal = word[:1] == "#" and set(digits) <= set("0123456789abcdef")
    if not word or word.removeprefix("bright-") in TERMINAL_COLOURS:
        return word
    if is_hexadecimal and len(digits) in (3, 6):
        return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    raise ValueError(
        f"has to be one of {', '.join(TERMINAL_COLOURS)}, bright- before any of them,"
        " or a colour such as #ff8800"
    )


CREDENTIAL_STORES = ("auto", "keyring", "file")
CLIPBOARD_WAYS = ("auto", "plain", "tmux", "screen", "off")

_UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}
_UNITS |= {"KIB": 2**10, "MIB": 2**20, "GIB": 2**30}


def size(value: object) -> int:
    """A number of bytes, or a text such as `4 MiB`."""
    text = str(value).strip() if isinstance(value, str | int) else ""
    digits = text.rstrip("BKMGIbkmgi ")
    unit = text[len(digits) :].strip().upper()
    usable = digits.isascii() and digits.isdecimal() and len(digits) < 13 and unit in _UNITS
    if isinstance(value, bool) or not usable:
        raise ValueError("has to be a number of bytes, such as 4194304 or 4 MiB")
    return int(digits) * _UNITS[unit]


KEYS: tuple[Key, ...] = (
    Key(
        "url",
        text,
        "",
        "The gateway's address, such as https://hoop.example.com.",
        hoop_variable="HOOP_APIURL",
        hoop_key="api_url",
    ),
    Key(
        "token",
        text,
        "",
        "The credential: a token, or an API key; `hoopscope login` keeps one.",
        hoop_variable="HOOP_TOKEN",
        hoop_key="token",
        of_gateway=True,
        secret=True,
    ),
    Key(
        "token_file",
        text,
        "",
        "A file that holds the credential; - is standard input.",
        of_gateway=True,
    ),
    Key(
        "tls_ca",
        text,
        "",
        "The certificate authority to trust: a PEM file, PEM text, or base64 of it.",
        hoop_variable="HOOP_TLSCA",
        hoop_key="tls_ca",
        of_gateway=True,
    ),
    Key(
        "skip_tls_verify",
        switch,
        False,
        "Trust whoever answers. Shown for as long as it is on.",
        hoop_variable="HOOP_TLS_SKIP_VERIFY",
        hoop_key="skip_tls_verify",
        of_gateway=True,
    ),
    Key("theme", text, "dark", "The theme to begin with."),
    Key("utc", switch, False, "Show times in UTC instead of local time."),
    Key(
        "poll_seconds",
        seconds(1, 3600, or_zero=True),
        5.0,
        "How often the browser looks for new sessions.",
    ),
    Key(
        "deadline_seconds", seconds(1, 3600), 30.0, "How long a request may take, retries and all."
    ),
    Key(
        "stream_limit",
        size,
        4 * 2**20,
        "Recordings larger than this have their output read without times, which is quicker.",
    ),
    Key("sidebar", switch, True, "Begin with the filter sidebar open, where there is room."),
    Key("detail", switch, True, "Begin with the detail pane open, where there is room."),
    Key("mouse", switch, True, "Let the browser use the mouse.", in_profile=False),
    Key("ascii", switch, False, "Use ASCII signs only.", in_profile=False),
    Key(
        "console",
        switch,
        False,
        "Begin as a slow line wants it: the terminal's own colours, the table alone.",
        in_profile=False,
    ),
    Key(
        "full_frames",
        switch,
        False,
        "Send whole frames to the terminal, not what changed.",
        in_profile=False,
    ),
    Key(
        "clipboard",
        one_of(*CLIPBOARD_WAYS),
        "auto",
        "How copying reaches the terminal's clipboard (OSC 52); off forbids it.",
        in_profile=False,
    ),
    Key("profile", text, "", "Which gateway of the settings file to open.", in_profile=False),
    Key(
        "accent",
        colour,
        "",
        "The colour that this gateway is known by: one of the terminal's own, or #rrggbb.",
        of_gateway=True,
    ),
    Key("view", text, "", "The view to begin with."),
    Key("read_only", switch, False, "Write nothing to the gateway.", stays_on=True),
    Key(
        "restricted",
        switch,
        False,
        "Start no program, open no other gateway, touch no file.",
        stays_on=True,
    ),
    Key(
        "credential_store",
        one_of(*CREDENTIAL_STORES),
        "auto",
        "Where `hoopscope login` keeps credentials; auto takes a keyring where there is one.",
    ),
)
BY_NAME = {key.name: key for key in KEYS}
