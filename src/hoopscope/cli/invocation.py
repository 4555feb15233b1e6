"""One run of a command: the flags that were given, and the settings that come of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.messages import complain, name_files, name_no_file, remember_secret

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.access import GatewayAccess
    from hoopscope.gateway.client import Gateway


def settings_from(flags: Mapping[str, object], *, gateway: bool = True) -> Settings:
    """The settings, with the credential remembered as something that no message may hold.

    Raises:
        SettingsError: something given cannot be used.
    """
    from hoopscope.config.settings import load_settings
    from hoopscope.config.terminal_encoding import terminal_encoding

    _say_no_more_than_may_be_said(flags)
    settings = load_settings(flags, encoding=terminal_encoding(), gateway=gateway)
    remember_secret(settings.token)
    if settings.restricted:
        files = (settings.sources[name].value for name in ("token_file", "tls_ca"))
        name_no_file(str(settings.config_file), *files)
        # It would have the keys of TLS connections written into a file.
        os.environ.pop("SSLKEYLOGFILE", None)
    return settings


def refuse_if_restricted(flags: Mapping[str, object], *, gateway: bool = False) -> None:
    """For commands that a restricted console does not have.

    Raises:
        SettingsError: the settings cannot be read.
        UsageFailed: the console is restricted.
    """
    if settings_from(flags, gateway=gateway).restricted:
        raise _refusal()


def refuse_file_if_restricted(settings: Settings, output: str | None) -> None:
    """For commands that write a file where `output` names one. Raises UsageFailed."""
    if settings.restricted and output not in (None, "-"):
        raise _refusal("It writes no file.")


def _say_no_more_than_may_be_said(flags: Mapping[str, object]) -> None:
    """A complaint about the settings themselves names no file either, if that is known by then."""
    name_files()
    if flags.get("restricted") or _is_on(os.environ.get("HOOPSCOPE_RESTRICTED", "")):
        named = (flags.get("config"), flags.get("token_file"), flags.get("tls_ca"))
        name_no_file(*(str(name) for name in named if name))


def _is_on(value: str) -> bool:
    from hoopscope.config.keys import FALSE

    return value.strip().lower() not in {"", *FALSE}


def settings_with_warnings(flags: Mapping[str, object]) -> Settings:
    """The settings; their warnings are said on standard error."""
    settings = settings_from(flags)
    for warning in settings.warnings:
        complain(warning)
    return settings


def gateway_from(settings: Settings, access: GatewayAccess) -> Gateway:
    """The gateway at `access`; a token that it renews takes the place of one that was kept."""
    from hoopscope.config.credential_keeper import CredentialKeeper
    from hoopscope.gateway.client import Gateway

    return Gateway(
        access,
        deadline=settings.deadline_seconds,
        on_credential_renewed=CredentialKeeper.of(settings).renewed,
    )


def access_from(settings: Settings) -> GatewayAccess:
    """The gateway to ask.

    Raises:
        UsageFailed: none is configured; says where it was looked for.
        InvalidAddress, InvalidCredential: it cannot be right.
    """
    access = settings.access()
    if access is not None:
        return access
    if settings.restricted:
        raise _refusal("No gateway is set up for it.")
    if settings.url:
        from hoopscope.gateway.access import normal_address

        normal_address(settings.url)
    missing = "address" if not settings.url else "credential"
    places = "\n".join(f"  {line}" for line in settings.looked_for)
    raise UsageFailed(
        f"no gateway's {missing} was found. Looked for in:\n{places}\n"
        "`hoopscope login` sets both, as `hoop login` does; so do --url and --token-file, or"
        " HOOP_APIURL and HOOP_TOKEN. `hoopscope demo` needs neither."
    )


def _refusal(more: str = "") -> UsageFailed:
    from hoopscope.confinement.wording import REFUSAL

    return UsageFailed(f"{REFUSAL} {more}".rstrip())
