"""The session that a command is given: an id, or a link of the configured gateway's web page."""

from __future__ import annotations

from hoopscope.cli.failures import UsageFailed
from hoopscope.gateway.session_reference import SessionReference, read_reference


def named_session(flags: dict[str, object], text: str) -> str:
    """The id of the session that an argument names.

    A link of another gateway that is a profile in the settings adds that profile to the flags.

    Raises:
        InvalidSessionId: it is neither an id nor a link of a session.
        UsageFailed: the link is another gateway's.
        SettingsError: the settings that name the gateway cannot be used.
    """
    reference = read_reference(text)
    if reference.address:
        _agree(flags, reference)
    return reference.id


def _agree(flags: dict[str, object], reference: SessionReference) -> None:
    from hoopscope.cli.invocation import settings_from
    from hoopscope.config.belonging import public_address, same_gateway

    # No credential is read: the only one may come through standard input, once.
    settings = settings_from(flags, gateway=False)
    if same_gateway(reference.address, settings.url):
        return
    found = [each for each in settings.profiles if same_gateway(each.url, reference.address)]
    if found and not settings.restricted and not {"profile", "url"} & flags.keys():
        flags["profile"] = found[0].name
        return
    own = public_address(settings.url)
    raise UsageFailed(
        f"the link is one of {public_address(reference.address)},"
        f" and {f'the gateway here is {own}' if own else 'no gateway is configured here'}."
        " Give the id alone, or name the gateway with --url or --profile."
    )
