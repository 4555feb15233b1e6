"""How one demo gateway behaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AuthMethod = Literal["local", "oidc", "saml"]


@dataclass(frozen=True, slots=True)
class Options:
    """`old`: as gateways before 1.144; `latency`: seconds a request; `flush`: seconds until a
    running session's events are stored; `keepalive`: seconds of silence on a live stream;
    `pace`: how many times faster than people running sessions go on; `downloads`, `clipboard`:
    what the server's switches leave allowed; `auth`: how people sign in; `token_seconds`: how long
    a token of theirs is good, 0 for ever.
    """

    old: bool = False
    latency: float = 0.0
    flush: float = 50.0
    keepalive: float = 30.0
    pace: float = 1.0
    downloads: bool = True
    clipboard: bool = True
    auth: AuthMethod = "local"
    token_seconds: float = 0.0
