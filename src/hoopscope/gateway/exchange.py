"""One request and its whole answer: redirects, limits, and what each failure means.

Imports httpx, so nothing imports this before a request is to be made.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from hoopscope import __version__
from hoopscope.gateway.access import GatewayAccess
from hoopscope.gateway.auth import Credentials
from hoopscope.gateway.body import BODY_LIMIT, read_body
from hoopscope.gateway.errors import UnexpectedAnswer, Unreachable
from hoopscope.gateway.failures import failure
from hoopscope.gateway.lean_httpx import httpx
from hoopscope.gateway.proxies import has_proxy
from hoopscope.gateway.read_only import refuse_writing
from hoopscope.gateway.refusals import refusal
from hoopscope.gateway.tls import tls_context
from hoopscope.gateway.transport import DirectTransport

_REDIRECTS = (301, 302, 303, 307, 308)
_MAX_REDIRECTS = 5
_CONNECT_SECONDS = 10.0

# At its most talkative httpcore logs the headers of answers, a renewed token among them; httpx the
# addresses that are asked for, which let anybody in where they are those of downloads.
logging.getLogger("httpcore").setLevel(logging.WARNING)
logging.getLogger("httpx").addFilter(lambda record: "token=" not in record.getMessage())


class Exchange:
    """Requests to one gateway over one pool of connections.

    `seconds` is how long the gateway may be silent; connecting gets half of it, at most 10 s.
    """

    def __init__(
        self,
        access: GatewayAccess,
        credentials: Credentials,
        *,
        seconds: float,
        body_limit: int = BODY_LIMIT,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._url = access.url
        self.host = access.host
        self._credentials = credentials
        self._body_limit = body_limit
        behind_proxy = transport is None and has_proxy(access.url)
        if transport is None and not behind_proxy:
            transport = DirectTransport(_trust(access))
        try:
            self._client = httpx.AsyncClient(
                transport=transport,
                trust_env=behind_proxy,
                verify=(behind_proxy and _trust(access)) or False,
                timeout=httpx.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds / 2)),
                headers={
                    "User-Agent": f"hoopscope/{__version__}",
                    "Accept-Encoding": "gzip",
                },
                follow_redirects=False,
                event_hooks={"request": [refuse_writing(access.host)] if access.read_only else []},
            )
        except (ValueError, ImportError, httpx.InvalidURL) as error:
            raise Unreachable(
                "The proxy that the environment names cannot be used.",
                "Check HTTPS_PROXY, HTTP_PROXY and ALL_PROXY; "
                "NO_PROXY names the hosts that are reached without it.",
            ) from error

    async def get(self, path: str, parameters: Sequence[tuple[str, str]] = ()) -> bytes:
        """The body of a successful GET of `path` (which begins with `/`).

        Raises a GatewayError for everything else, after one try.
        """
        async with self.answering(path, parameters) as response:
            return await read_body(response.aiter_raw(), _encoding(response), self._body_limit)

    async def post(self, path: str, value: object) -> httpx.Headers:
        """The head of a successful answer to a POST of JSON, without a credential, after one try.

        Raises a GatewayError for everything else. No redirect is followed.
        """
        try:
            url = httpx.URL(self._url + path)
            request = self._client.build_request("POST", url, json=value)
            response = await self._client.send(request, stream=True)
            try:
                body = await read_body(response.aiter_raw(), _encoding(response), self._body_limit)
            finally:
                await response.aclose()
        except (httpx.InvalidURL, httpx.HTTPError, httpx.StreamError, UnicodeError) as error:
            # What is posted is secret, and the exception holds the request.
            raise failure(error, self.host) from None
        if response.status_code in _REDIRECTS and "location" in response.headers:
            self._redirected(url, response.headers["location"])
            raise UnexpectedAnswer(
                f"{self.host} sends on what it is given, which was not followed.",
                "Check the address, and the proxies on the way to the gateway.",
            )
        if not response.is_success:
            raise refusal(response.status_code, response.headers, body, self.host)
        return response.headers

    @asynccontextmanager
    async def answering(
        self,
        path: str,
        parameters: Sequence[tuple[str, str]] = (),
        *,
        accept: str = "application/json",
        silence: float | None = None,
        with_credential: bool = True,
    ) -> AsyncIterator[httpx.Response]:
        """A successful answer to a GET, of which no more than the head has been read.

        `silence` is how long the gateway may be silent, in seconds, if not as long as usual.
        Raises a GatewayError, for what goes wrong inside of the block as well.
        """
        try:
            url = httpx.URL(self._url + path)
        except (httpx.InvalidURL, UnicodeError) as error:
            raise failure(error, self.host) from error
        if parameters:
            url = url.copy_merge_params(list(parameters))
        options: dict[str, Any] = {"headers": {"Accept": accept}}
        if silence is not None:
            options["timeout"] = httpx.Timeout(silence, connect=self._client.timeout.connect)
        for _ in range(_MAX_REDIRECTS + 1):
            try:
                async with self._answer(url, options, with_credential) as found:
                    if isinstance(found, httpx.Response):
                        yield found
                        return
                    url = found
            except httpx.InvalidURL:
                # httpx looks at a redirect before we do.
                raise self._redirected_nowhere() from None
            except (httpx.HTTPError, httpx.StreamError, UnicodeError) as error:
                raise failure(error, self.host) from error
        raise UnexpectedAnswer(
            f"{self.host} redirects again and again.",
            "Check the address, and the proxies on the way to the gateway.",
        )

    @asynccontextmanager
    async def _answer(
        self, url: httpx.URL, options: dict[str, Any], with_credential: bool
    ) -> AsyncIterator[httpx.Response | httpx.URL]:
        """A success, or where the same host says that it is. Raises a refusal otherwise."""
        credential = self._credentials.headers() if with_credential else {}
        headers = {**options["headers"], **credential}
        request = self._client.build_request("GET", url, **{**options, "headers": headers})
        response = await self._client.send(request, stream=True)
        try:
            is_refused = response.status_code == 401
            if is_refused or response.is_success:
                self._credentials.judged(credential, is_refused=is_refused)
            self._credentials.take_over(response.headers)
            if response.status_code in _REDIRECTS and "location" in response.headers:
                yield self._redirected(url, response.headers["location"])
            elif response.is_success:
                yield response
            else:
                body = await read_body(response.aiter_raw(), _encoding(response), self._body_limit)
                raise refusal(response.status_code, response.headers, body, self.host)
        finally:
            await response.aclose()

    def _redirected(self, url: httpx.URL, location: str) -> httpx.URL:
        """Where a redirect leads, if that is the same scheme, host and port.

        Anywhere else would be given the credential, or would have been given it in the clear.
        """
        try:
            target = url.join(location)
        except UnicodeError:
            raise self._redirected_nowhere() from None
        if (target.scheme, target.host, _port(target)) == (url.scheme, url.host, _port(url)):
            return target
        if target.host == url.host and target.scheme == "https" and url.scheme == "http":
            raise UnexpectedAnswer(
                f"{self.host} wants https and sends on to it, which was not followed.",
                "Write the gateway's address with https://.",
            )
        raise UnexpectedAnswer(
            f"{self.host} sends on to another host, {target.host or 'without a name'}, "
            "which was not followed.",
            "The gateway may have moved, or a proxy wants a login in a browser first.",
        )

    def _redirected_nowhere(self) -> UnexpectedAnswer:
        return UnexpectedAnswer(
            f"{self.host} sends on to something that is no address.",
            "Look at the proxies between here and the gateway.",
        )

    async def aclose(self) -> None:
        await self._client.aclose()


def _encoding(response: httpx.Response) -> str:
    return str(response.headers.get("content-encoding", ""))


def _port(url: httpx.URL) -> int | None:
    return url.port or {"http": 80, "https": 443}.get(url.scheme)


def _trust(access: GatewayAccess) -> ssl.SSLContext | None:
    """Whom to trust: None without TLS, where it takes long to load and means nothing."""
    return tls_context(access) if access.url.startswith("https:") else None
