"""Carries out `hoopscope logout`."""

from __future__ import annotations

from collections.abc import Mapping

from hoopscope.cli import exit_codes
from hoopscope.cli.failures import UsageFailed
from hoopscope.cli.invocation import refuse_if_restricted, settings_from
from hoopscope.cli.messages import say
from hoopscope.config.belonging import public_address
from hoopscope.config.credentials_store import CredentialsStore


def log_out(flags: Mapping[str, object], *, everywhere: bool) -> int:
    """Forget what is kept for a gateway, or for all; gives the exit code.

    Raises:
        SettingsError: the store cannot be used; what could not be removed is kept still.
        UsageFailed: no gateway is named, or it is not to be changed.
    """
    refuse_if_restricted(flags)
    settings = settings_from(flags, gateway=False)
    store = CredentialsStore(way=settings.credential_store)
    url = settings.url or store.last_address()
    if everywhere:
        addresses = [stored.address for stored in store.listed()]
    elif url:
        addresses = [url]
    else:
        raise UsageFailed("no gateway's address was found: give it with --url, or --all.")
    for address in addresses:
        forgotten = store.forget(address)
        if forgotten is None:
            say(f"No credential was kept for {public_address(address)}.")
        else:
            say(f"The credential of {forgotten.address} is removed from {forgotten.place}.")
    if not addresses:
        say("No credential was kept.")
    if url:
        _tell_what_is_left({**flags, "url": url})
    return exit_codes.OK


def _tell_what_is_left(flags: Mapping[str, object]) -> None:
    settings = settings_from(flags)
    if settings.token:
        say(
            f"Still in use for {public_address(settings.url)}:"
            f" the credential from {settings.sources['token'].source}."
        )
