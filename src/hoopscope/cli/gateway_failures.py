"""What the operator reads, and the exit code, when a gateway could not be asked or said no."""

from __future__ import annotations

from hoopscope.cli import exit_codes
from hoopscope.cli.messages import complain
from hoopscope.gateway import errors

_CODES: tuple[tuple[type[errors.GatewayError], int], ...] = (
    (errors.InvalidAddress, exit_codes.USAGE),
    (errors.InvalidCredential, exit_codes.USAGE),
    (errors.InvalidSessionId, exit_codes.USAGE),
    (errors.ReadOnly, exit_codes.USAGE),
    (errors.NotAuthorised, exit_codes.NOT_AUTHORISED),
    (errors.SignInRefused, exit_codes.NOT_AUTHORISED),
    (errors.Forbidden, exit_codes.NOT_AUTHORISED),
    (errors.NotFound, exit_codes.NOT_FOUND),
)


def explain(error: errors.GatewayError) -> int:
    """Say what happened and what can be done; gives the exit code."""
    complain(str(error))
    return next((code for kind, code in _CODES if isinstance(error, kind)), exit_codes.FAILED)
