"""Whether a proxy stands between here and a gateway, as far as the environment tells."""

from __future__ import annotations

import ipaddress
import os
import sys
from urllib.parse import urlsplit


def has_proxy(url: str) -> bool:
    """Whether the environment wants a proxy on the way; never to what runs on this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_loopback(host) or not _may_have_any():
        return False
    from urllib.request import getproxies, proxy_bypass

    proxies = getproxies()
    return bool(proxies.get(parts.scheme) or proxies.get("all")) and not proxy_bypass(host)


def _may_have_any() -> bool:
    # urllib.request takes long to import. Only macOS and Windows have proxies in other places too.
    return sys.platform in ("darwin", "win32") or any(
        name.lower().endswith("_proxy") for name in os.environ
    )


def is_ip_address(host: str) -> bool:
    """Whether a host is named by its number."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host == "localhost" or (is_ip_address(host) and ipaddress.ip_address(host).is_loopback)
