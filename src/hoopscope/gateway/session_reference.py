"""What somebody pastes to name a session: its id, or a link of the gateway's web page."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from hoopscope.gateway.client import checked_session_id
from hoopscope.gateway.errors import InvalidSessionId

_LONGEST = 2_000
_UNFIT = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_PAGE = "sessions"
_FILTERED = "filtered"
_FORMS = (
    "Give an id such as 74efe044-b0a5-4451-93f1-bd7fa0f3a364,"
    " or a link such as https://gateway.example/sessions/74efe044-b0a5-4451-93f1-bd7fa0f3a364."
)


class SessionReference(NamedTuple):
    """A session's id in lower case; `address` is the gateway's in the link, "" without a link.

    The address is what was pasted, as untrusted as that.
    """

    id: str
    address: str = ""


def is_reference(text: str) -> bool:
    """Whether this is meant to name a session, rightly or not: no name of a command looks so."""
    text = _bare(text)
    return _is_link(text) or (len(text) == 36 and text.count("-") == 4)


def read_reference(text: str) -> SessionReference:
    """The session that an id or a link names.

    The links are those of the web page (`/sessions/ID`, `/sessions/filtered?id=ID`) and of the
    API (`/api/sessions/ID`, with whatever follows).

    Raises InvalidSessionId; nothing of what was given is in its text.
    """
    text = _bare(text)
    if not _is_link(text):
        return SessionReference(checked_session_id(text))
    if len(text) > _LONGEST or _UNFIT.search(text):
        raise InvalidSessionId("The link is broken, or more than a link.", _FORMS)
    try:
        link = urlsplit(text if "://" in text else f"https://{text}")
        _ = link.port
        arguments = parse_qs(link.query, max_num_fields=50)
    except ValueError:
        raise InvalidSessionId("The link cannot be read.", _FORMS) from None
    if link.scheme.lower() not in ("https", "http") or not link.hostname:
        raise InvalidSessionId("The link is none of a gateway's web page.", _FORMS)
    before, page, named = f"{link.path}/".rpartition(f"/{_PAGE}/")
    if not page:
        raise InvalidSessionId("The link names no session.", _FORMS)
    name = named.partition("/")[0]
    if name == _FILTERED:
        name = _only(arguments)
    address = f"{link.scheme}://{link.netloc}{before.removesuffix('/api')}"
    return SessionReference(_checked(name), address)


def _only(arguments: dict[str, list[str]]) -> str:
    """The one id of a page of several sessions."""
    ids = [each for value in arguments.get("id", ()) for each in value.split(",") if each]
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise InvalidSessionId(
            f"The link names {len(ids)} sessions.", "Give the id of one of them."
        )
    if "batch_id" in arguments:
        raise InvalidSessionId(
            "The link names a batch of sessions.", "Filter by its id: --batch-id, or f and Batch."
        )
    raise InvalidSessionId("The link names no session.", _FORMS)


def _checked(name: str) -> str:
    try:
        return checked_session_id(name)
    except InvalidSessionId:
        raise InvalidSessionId("The link names no session.", _FORMS) from None


def _bare(text: str) -> str:
    """Without what mail programs and chats put around a link."""
    text = text.strip()
    for before, after in ("<>", '""', "''"):
        if len(text) > 1 and text[0] == before and text[-1] == after:
            text = text[1:-1].strip()
    return text


def _is_link(text: str) -> bool:
    return "://" in text or f"/{_PAGE}/" in text
