"""`hoopscope login`: a credential of one's own, kept for the next time."""

from __future__ import annotations

import click

from hoopscope.cli import help_texts
from hoopscope.cli.gateway_options import flags_of, gateway_options
from hoopscope.cli.sections import SectionCommand, option

SIGN_IN = "Sign in"


@click.command(
    "login",
    cls=SectionCommand,
    help="Sign in to a gateway, in the way that it wants: with e-mail and password, on the page of"
    " an identity provider, or with a token. The credential is kept in the system's keyring where"
    " there is one, else in a file that only you can read. Passwords and tokens are typed, or read"
    " from standard input; they are never arguments.",
    sections={"Examples": help_texts.LOGIN_EXAMPLES, "Exit status": help_texts.EXIT_STATUS},
)
@option(SIGN_IN, "--email", metavar="E", default="", help="Who signs in, where that is asked.")
@option(
    SIGN_IN,
    "--api-key",
    "with_token",
    is_flag=True,
    help="Keep an API key, or a token from elsewhere; it is asked for.",
)
@click.argument("given", nargs=-1, metavar="")
@gateway_options
@click.pass_context
def command(ctx: click.Context, email: str, with_token: bool, given: tuple[str, ...]) -> int:
    """Carry it out."""
    from hoopscope.cli.failures import UsageFailed

    if given:
        # It may be the credential: the usual words for it would say it again.
        raise UsageFailed(
            "login takes no arguments. A credential does not belong on a command line, where others"
            " can read it: it is asked for, or read from standard input."
        )
    from hoopscope.cli.logging_in import log_in

    return log_in(flags_of(ctx), email=email.strip(), with_token=with_token)
