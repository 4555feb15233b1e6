"""One run of a command: the flags that were given, and the settings that come of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.messages import complain, remember_secret

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.access import GatewayAccess


def settings_from(flags: Mapping[str, object], *, gateway: bool = True) -> Settings:
    """The settings, with the credential remembered as something that no message may hold.

    Raises:
        SettingsError: something given cannot be used.
    """
    from hoopscope.config.settings import load_settings

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    settings = load_settings(flags, encoding=encoding, gateway=gateway)
    remember_secret(settings.token)
    return settings


def settings_with_warnings(flags: Mapping[str, object]) -> Settings:
    """The settings; their warnings are said on standard error."""
    settings = settings_from(flags)
    for warning in settings.warnings:
        complain(warning)
    return settings


def access_from(settings: Settings) -> GatewayAccess:
    """The gateway to ask.

    Raises:
        UsageFailed: none is configured; says where it was looked for.
        InvalidAddress, InvalidCredential: it cannot be right.
    """
    access = settings.access()
    if access is not None:
        return access
    if settings.url:
        from hoopscope.gateway.access import normal_address

        normal_address(settings.url)
    missing = "address" if not settings.url else "credential"
    places = "\n".join(f"  {line}" for line in settings.looked_for)
    raise UsageFailed(
        f"no gateway's {missing} was found. Looked for in:\n{places}\n"
        "`hoop login` sets both; so do --url and --token-file, or HOOP_APIURL and HOOP_TOKEN."
        " `hoopscope demo` needs neither."
    )
