"""GatewayAccess: where a gateway is and what opens it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from hoopscope.gateway.errors import InvalidAddress, InvalidCredential

_NOT_IN_A_HEADER = re.compile(r"[^\x21-\x7e]")
_NOT_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"^`{|}]")
_EXAMPLE = "Write it as https://gateway.example, as the hoop CLI's api_url has it."


@dataclass(frozen=True, slots=True)
class GatewayAccess:
    """A gateway's address and a credential for it.

    url: scheme, host, and a port or a path prefix if need be; kept without a trailing slash and
        without a trailing `/api`.
    credential: a JWT, an `hpk_…` key, or a server key (`xapi-…`, `<uuid>|…`); "" sends none.
    tls_ca: PEM text, a path to a file with it, or base64 of it; "" trusts what the system trusts.
    skip_tls_verify: trust whoever answers.
    read_only: refuse every request that could change something, before it leaves.

    Raises InvalidAddress or InvalidCredential on construction. No text of either error, and no
    repr, holds the credential or anything else that was given.
    """

    url: str
    credential: str = field(default="", repr=False)
    tls_ca: str = field(default="", repr=False)
    skip_tls_verify: bool = False
    read_only: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "url", normal_address(self.url))
        check_credential(self.credential)

    @property
    def host(self) -> str:
        """The host as people write it, with the port where one is given."""
        return urlsplit(self.url).netloc


def check_credential(credential: str) -> None:
    """Raises InvalidCredential where a credential would break out of its header."""
    unfit = _NOT_IN_A_HEADER.search(credential)
    if unfit is None:
        return
    if credential.lower().startswith("bearer "):
        raise InvalidCredential(
            "The credential begins with the word Bearer.", "Give what follows that word only."
        )
    if unfit.group() in "\r\n":
        what = "The credential has a line break in it."
    elif unfit.group() in " \t":
        what = "The credential has a space in it."
    else:
        what = "The credential has a character in it that no credential has."
    raise InvalidCredential(
        what, "Copy it again, on one line and without quotes; `hoopscope login` gets a new one."
    )


def normal_address(url: str) -> str:
    """The address in its one normal form. Raises InvalidAddress."""
    url = url.strip()
    if not url:
        raise InvalidAddress("There is no gateway address.", _EXAMPLE)
    if _NOT_IN_AN_ADDRESS.search(url):
        raise InvalidAddress("The gateway's address has characters that no address has.", _EXAMPLE)
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname
    except ValueError:
        raise InvalidAddress("The gateway's address cannot be read.", _EXAMPLE) from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise InvalidAddress(
            "The gateway's address does not begin with https:// or http://.",
            "The gRPC address is another one; this is the API's. " + _EXAMPLE
            if scheme in ("grpc", "grpcs")
            else _EXAMPLE,
        )
    if not host:
        raise InvalidAddress("The gateway's address has no host in it.", _EXAMPLE)
    if parts.username is not None or parts.password is not None:
        raise InvalidAddress(
            "The gateway's address has a user name or a password in it.",
            "Leave out what stands before the @; the credential is given on its own.",
        )
    if parts.query or parts.fragment:
        raise InvalidAddress("The gateway's address goes on with a ? or a #.", _EXAMPLE)
    if port == 0:
        raise InvalidAddress("The gateway's address has the port 0.", _EXAMPLE)
    path = parts.path.rstrip("/").removesuffix("/api").rstrip("/")
    return f"{scheme}://{parts.netloc.lower()}{path}"
