"""What is said on standard error: sentences, harmless, with no secret in them."""

from __future__ import annotations

import os
import re
import sys

from hoopscope.untrusted import harmless

# Compiled when there is something to say: most runs say nothing.
_SECRETS = (
    r"\b(?:hpk_|xapi-)[\w.~+/=-]+"
    r"|\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?"
    r"|(?i:bearer\s+)\S+"
    r"|\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\|\S+"
)
_MASK = "[secret]"
# What is shorter is no credential, and could be part of a word.
_SHORTEST = 8
_known_secrets: set[str] = set()
_unnamed_files: set[str] = set()


def remember_secret(secret: str) -> None:
    """Never let this text out, whatever it is part of."""
    if len(secret) >= _SHORTEST:
        _known_secrets.add(secret)


def name_no_file(*known: str) -> None:
    """From now on no message names a file, least of all the `known` ones."""
    # With the empty name it says that it is so.
    _unnamed_files.update({"", *known})


def name_files() -> None:
    """From now on messages name files, as they usually do."""
    _unnamed_files.clear()


def is_discreet() -> bool:
    """Whether no message may name a file."""
    return bool(_unnamed_files)


def scrubbed(text: str) -> str:
    """The text without anything that is, or looks like, a credential."""
    secrets = set(_known_secrets)
    for name in ("HOOP_TOKEN", "HOOPSCOPE_TOKEN"):
        if len(secret := os.environ.get(name, "").strip()) >= _SHORTEST:
            secrets.add(secret)
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, _MASK)
    text = re.sub(_SECRETS, _MASK, text)
    if is_discreet():
        from hoopscope.confinement.wording import without_paths

        text = without_paths(text, _unnamed_files)
    return text


def complain(sentence: str) -> None:
    """One message on standard error, its lines each harmless."""
    say("hoopscope: " + sentence)


def say(text: str) -> None:
    """Lines on standard error, where there is one."""
    if sys.stderr is None:
        return
    try:
        for line in scrubbed(text).split("\n"):
            sys.stderr.write(harmless(line) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def unexpected(error: BaseException) -> None:
    """The last resort: one sentence for a mistake of our own, and how to see where it is."""
    kind, text = type(error).__name__, str(error)
    complain(
        f"met an error that it did not expect: {kind}{': ' + text if text else ''}."
        " This is a mistake in hoopscope"
        + ("." if is_discreet() else "; HOOPSCOPE_DEBUG=1 shows where.")
    )


def show_traceback(error: BaseException) -> None:
    """The whole traceback, without values of variables and without credentials."""
    from traceback import format_exception

    say("".join(format_exception(error)).rstrip())
