"""Which values may be used together: a credential never goes to a gateway that is not its own.

Every place that settings come from may hold an address, a credential and what goes with them. The
address is the highest-ranking one. A credential that ranks as high or higher was meant for it. One
that ranks lower is used only where its place names the same gateway: a token of `hoop login` for
one gateway must not leak to another because of one variable. The same holds for a certificate
authority and, most of all, for the permission to skip TLS verification. Below a profile that gives
the address nothing is used whose place names no gateway at all: it was not set with this one in
mind, and there are several.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hoopscope.config.keys import KEYS
from hoopscope.config.sourced import Sourced
from hoopscope.config.sources import Layer

OF_GATEWAY = frozenset(key.name for key in KEYS if key.of_gateway)
_PORTS = {"http": 80, "https": 443}


def address_of(layers: Sequence[Layer]) -> Sourced[str] | None:
    """The highest-ranking address; layers come highest first."""
    for layer in layers:
        if url := layer.values.get("url"):
            return url
    return None


def usable(layers: Sequence[Layer]) -> tuple[list[Layer], list[str]]:
    """The layers whose credentials and TLS settings go with the address, and why others do not."""
    address = address_of(layers)
    fit, refused = [], []
    for rank, layer in enumerate(layers):
        own = _meant_for(layers, rank)
        is_for_any = own is None and not _is_below_profile(layers, rank)
        if address is None or is_for_any or (own and same_gateway(address.value, own.value)):
            fit.append(layer)
        elif held := [name for name in layer.values if name in OF_GATEWAY]:
            whose = public_address(own.value) if own else "no gateway in particular"
            refused.append(
                f"{layer.place}: {', '.join(held)} not used, meant for {whose}"
                f" and not for {public_address(address.value)} (from {address.source})"
            )
    return fit, refused


def same_gateway(first: str, second: str) -> bool:
    """Whether two addresses name one gateway: scheme, host, port and path alike."""
    return _normal(first) == _normal(second)


def normal_form(url: str) -> str:
    """One text for all ways to write a gateway's address; without what should not be in it."""
    scheme, host, port, path = _normal(url)
    if not host:
        return public_address(scheme)
    named = f"[{host}]" if ":" in host else host
    return f"{scheme}://{named}{'' if port in (None, _PORTS.get(scheme)) else f':{port}'}{path}"


def gateway_name(url: str) -> str:
    """One text for all addresses that name the same gateway."""
    scheme, host, port, path = _normal(url)
    return f"{scheme}://{host}:{port}{path}"


def public_address(url: str) -> str:
    """The address without a user name and a password, which should not be in it."""
    scheme, mark, rest = url.partition("://")
    if not mark:
        return url.rpartition("@")[2]
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host.rpartition('@')[2]}{slash}{path}"


def _meant_for(layers: Sequence[Layer], rank: int) -> Sourced[Any] | None:
    # A file without an address was written to be used with the one below it; a variable was set
    # for the command at hand.
    layer = layers[rank]
    if layer.found_for is not None:
        return layer.found_for
    if any("url" in above.values for above in layers[:rank]):
        return address_of(layers[rank:]) if layer.is_file else layer.values.get("url")
    return None


def _is_below_profile(layers: Sequence[Layer], rank: int) -> bool:
    # Whether the address is a profile's, and this place ranks below it.
    first = next((layer for layer in layers[:rank] if "url" in layer.values), None)
    return first is not None and first.is_profile


def _normal(url: str) -> tuple[str, str, int | None, str]:
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return (url, "", None, "")
    scheme = parts.scheme.lower()
    path = parts.path.rstrip("/").removesuffix("/api").rstrip("/")
    return (scheme, (parts.hostname or "").rstrip("."), port or _PORTS.get(scheme), path)
