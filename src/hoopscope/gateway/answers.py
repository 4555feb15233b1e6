"""JSON out of a successful answer, or why it is none."""

from __future__ import annotations

import json
import re
from typing import Any

from hoopscope.gateway.errors import UnexpectedAnswer

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
_INT_DIGITS = 400
_CHECK_ADDRESS = "Check the address: it is the gateway's own, as the hoop CLI's api_url has it."


def decoded(body: bytes, host: str) -> Any:
    """The JSON value in a body.

    Lone surrogates, which no file and no terminal takes, are written out (`\\ud800`) and bytes
    that are no UTF-8 are replaced, so that one bad text costs no more than itself.
    Raises UnexpectedAnswer.
    """
    text = body.decode("utf-8", "replace")
    try:
        value = _loads(text)
    except RecursionError:
        raise UnexpectedAnswer(
            f"The answer of {host} is nested too deeply to be read.", _CHECK_ADDRESS
        ) from None
    except ValueError:
        raise no_json(text, host) from None
    return _without_surrogates(value) if _SURROGATE.search(body) else value


def another_product(host: str) -> UnexpectedAnswer:
    """The error for JSON that is not what a hoop gateway would give."""
    return UnexpectedAnswer(f"{host} answers, but not as a hoop gateway does.", _CHECK_ADDRESS)


def _loads(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        # A number of thousands of digits, which Python will not make an int of.
        return json.loads(text, parse_int=lambda digits: int(digits[:_INT_DIGITS]))


def no_json(text: str, host: str) -> UnexpectedAnswer:
    """The error for a body that is no JSON, or not all of it."""
    start = text[:1_000].lstrip("\ufeff \t\r\n").lower()
    if not start:
        return UnexpectedAnswer(f"{host} answers with nothing.", _CHECK_ADDRESS)
    if start.startswith("<"):
        return UnexpectedAnswer(
            f"{host} answers with a web page in place of data.",
            "A proxy may want a login in a browser, or the address is not the gateway's own.",
        )
    if start[0] in "[{":
        return UnexpectedAnswer(
            f"The answer of {host} breaks off in the middle, or is damaged.",
            "Try again; if it stays so, look at the proxies between here and the gateway.",
        )
    return UnexpectedAnswer(f"{host} answers with something that is no JSON.", _CHECK_ADDRESS)


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(k): _without_surrogates(v) for k, v in value.items()}
    return value
