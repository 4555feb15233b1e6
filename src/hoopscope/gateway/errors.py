"""What can go wrong between us and a gateway.

Every error says in one sentence what happened (`what`) and in one what the operator can do about
it (`advice`), both safe to show on any terminal:

    GatewayError
    ├── InvalidAddress        the address is no gateway's address; nothing was sent
    ├── InvalidCredential     the credential cannot travel in a header; nothing was sent
    ├── ReadOnly              it would change something, and nothing may; nothing was sent
    ├── Unreachable           no connection: name, route, refusal, or it broke off
    ├── TlsFailed             a connection, but no trust in who answers
    ├── TimedOut              no whole answer in the time allowed
    ├── NotAuthorised         401
    ├── SignInRefused         whoever wants to sign in is not let in
    ├── Forbidden             403
    │   └── RecordingWithheld what was recorded is not for this reader
    ├── NothingRecorded       nothing was ever stored of what the session did
    ├── NotFound              404
    │   └── InvalidSessionId  an id that is no UUID; nothing was sent
    ├── QueryRefused          422, and any other 4xx
    ├── TooManyRequests       429
    ├── ServerFailed          5xx
    └── UnexpectedAnswer      an answer, but not one of a hoop gateway's
"""

from __future__ import annotations


class GatewayError(Exception):
    """Anything that kept a gateway from giving what it was asked for.

    `detail` holds the gateway's own words as they came: hostile text, never to be shown raw.
    `status` is the HTTP status of the answer, if there was an answer.
    """

    def __init__(
        self, what: str, advice: str = "", *, status: int | None = None, detail: str = ""
    ) -> None:
        # Late, because a program that meets no error has no need of it.
        from hoopscope.untrusted import harmless

        self.what = harmless(what)
        self.advice = harmless(advice)
        self.status = status
        self.detail = detail
        super().__init__(self.what, self.advice)

    def __str__(self) -> str:
        return f"{self.what} {self.advice}".rstrip()


class InvalidAddress(GatewayError):
    """The address cannot be a gateway's; nothing was sent."""


class InvalidCredential(GatewayError):
    """The credential cannot travel in a header as it is; nothing was sent."""


class ReadOnly(GatewayError):
    """A request that would change something, where the settings forbid it; nothing was sent."""


class Unreachable(GatewayError):
    """No connection to the gateway, or one that broke before the answer was complete."""


class TlsFailed(GatewayError):
    """The connection was made, but not secured."""


class TimedOut(GatewayError):
    """The gateway did not answer completely in the time allowed."""


class NotAuthorised(GatewayError):
    """401: bad, expired, revoked and inactive credentials are all answered alike."""


class SignInRefused(GatewayError):
    """No credential was given out: an unknown e-mail, a wrong password, a provider's refusal."""


class Forbidden(GatewayError):
    """403: known, but not allowed."""


class RecordingWithheld(Forbidden):
    """The session may be seen, what it recorded may not: a reviewer who neither owns nor admins."""


class NothingRecorded(GatewayError):
    """Nothing was ever stored of what the session did: it never ran, or was refused before."""


class NotFound(GatewayError):
    """404: unknown, or not for these eyes."""


class InvalidSessionId(NotFound):
    """A session id that is no UUID, which a gateway would answer with a 500; nothing was sent."""


class QueryRefused(GatewayError):
    """422 and other refusals of what was asked; the gateway's message is meant for people."""


class TooManyRequests(GatewayError):
    """429. `retry_after` is in seconds, None when the answer does not say."""

    def __init__(
        self,
        what: str,
        advice: str = "",
        *,
        status: int | None = 429,
        detail: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(what, advice, status=status, detail=detail)
        self.retry_after = retry_after


class ServerFailed(GatewayError):
    """5xx: the gateway, or a proxy before it, failed. `retry_after` as in TooManyRequests."""

    def __init__(
        self,
        what: str,
        advice: str = "",
        *,
        status: int | None = None,
        detail: str = "",
        retry_after: float | None = None,
    ) -> None:
        super().__init__(what, advice, status=status, detail=detail)
        self.retry_after = retry_after


class UnexpectedAnswer(GatewayError):
    """HTML, truncated JSON, another product's API, too large, a redirect to another host."""
