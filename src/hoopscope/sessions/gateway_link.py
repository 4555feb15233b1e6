"""One gateway as the interface uses it: its client and its feed, in a thread of their own.

Every method may be called from the interface's thread and returns at once, most with a future.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from hoopscope.gateway.access import GatewayAccess, check_credential
from hoopscope.gateway.client import Gateway
from hoopscope.gateway.query import SessionQuery
from hoopscope.sessions.api_worker import ApiWorker
from hoopscope.sessions.feed import SessionFeed
from hoopscope.sessions.feed_state import FeedState
from hoopscope.sessions.first_page_first import FirstPageFirst
from hoopscope.sessions.local_filter import LocalFilter

if TYPE_CHECKING:
    from hoopscope.config.credential_keeper import CredentialKeeper
    from hoopscope.gateway.models.connection import Connection
    from hoopscope.gateway.models.people import User, UserInfo
    from hoopscope.gateway.models.server import ServerInfo
    from hoopscope.gateway.models.session import SessionDetail
    from hoopscope.sessions.store import SessionStore

T = TypeVar("T")
FeedListener = Callable[[FeedState], None]


class GatewayLink:
    """A gateway's client, feed and API worker, made and ended together.

    `keeper` is told of a token that the gateway renewed; None keeps nothing.
    """

    def __init__(
        self,
        access: GatewayAccess,
        *,
        poll_seconds: float = 5.0,
        deadline_seconds: float = 30.0,
        keeper: CredentialKeeper | None = None,
    ) -> None:
        self.access = access
        self.deadline_seconds = deadline_seconds
        self.keeper = keeper
        self._opened_with: tuple[SessionQuery, LocalFilter | None] | None = None
        self._listener: FeedListener | None = None
        self._listening = threading.Lock()
        self._is_refused = False
        self._judgement_listener: Callable[[bool], None] | None = None
        self._gateway = Gateway(
            access,
            deadline=deadline_seconds,
            on_credential_renewed=None if keeper is None else keeper.renewed,
            is_hurried=True,
        )
        self._gateway.credentials.on_judged = self._judged
        self._pages = FirstPageFirst(self._gateway)
        self._feed = SessionFeed(
            self._pages, on_change=self._feed_changed, poll_seconds=poll_seconds
        )
        self._worker = ApiWorker()

    @property
    def state(self) -> FeedState:
        """How the feed stands at this moment."""
        return self._feed.state

    @property
    def store(self) -> SessionStore:
        """The rows of the query that is on screen; safe to read from any thread."""
        return self._feed.store

    @property
    def was_opened(self) -> bool:
        """Whether a query was ever asked for."""
        return self._opened_with is not None

    def listen(self, listener: FeedListener | None) -> None:
        """Call `listener` in the worker's thread at each change, and now with how things stand."""
        with self._listening:
            self._listener = listener
            if listener is not None:
                listener(self._feed.state)

    @property
    def is_refused(self) -> bool:
        """Whether the gateway does not accept the credential any more."""
        return self._is_refused

    def when_judged(self, listener: Callable[[bool], None] | None) -> None:
        """Call `listener` with True when the credential is not accepted any more.

        In the worker's thread and once, however many requests fail; at once where that is so
        already. With False when it is accepted again by itself.
        """
        with self._listening:
            self._judgement_listener = listener
            if listener is not None and self._is_refused:
                listener(True)

    def use_credential(self, credential: str) -> None:
        """Ask with another credential from now on; `refresh` tries again what failed.

        Raises InvalidCredential.
        """
        check_credential(credential)
        with self._listening:
            self._is_refused = False
        self._worker.call_soon(lambda: self._gateway.credentials.replace(credential))

    def open(
        self, query: SessionQuery, local: LocalFilter | None = None, at: datetime | None = None
    ) -> Future[None]:
        """Put another query on screen; the rows of the last one stay until its first page is here.

        Args:
            at: begin at this moment and go back from there; None begins at the newest session.
        """
        self._opened_with = (query, local)
        return self._worker.submit(self._feed.open(query, local, at))

    def go_to(self, moment: datetime | None) -> Future[None]:
        """Show the same query from a moment backwards; None goes back to the newest."""
        query, local = self._opened_with or (SessionQuery(), None)
        return self._worker.submit(self._feed.open(query, local, moment))

    def go_to_oldest(self) -> Future[None]:
        """Show the oldest sessions of the query."""
        return self._worker.submit(self._feed.oldest())

    def stop(self) -> None:
        """Stop a search for what a local filter lets through; `more` goes on."""
        self._feed.stop()

    def idle(self, idle: bool) -> None:
        """Say whether the terminal is in use: the head is looked at less often while it is not."""
        self._feed.idle(idle)

    def more(self) -> Future[None]:
        """Read the next page now, also after a failure."""
        return self._worker.submit(self._feed.more())

    def newer(self) -> Future[None]:
        """Read the sessions above the first row, where the reader jumped to a date."""
        return self._worker.submit(self._feed.newer())

    def refresh(self) -> Future[None]:
        """Look at the head now and try again what failed."""
        return self._worker.submit(self._feed.refresh())

    def take_in_new(self) -> Future[int]:
        """Put the sessions that arrived meanwhile into the table; gives how many."""
        return self._worker.submit(self._feed.take_in_new())

    def reader_at(self, first: int, count: int) -> None:
        """Tell the feed which rows are on screen, so that it stays ahead of the reader."""
        self._feed.reader_at(first, count)

    def first_rows_painted(self) -> None:
        """Let the feed ask for more than the first page."""
        with suppress(RuntimeError):
            self._worker.call_soon(self._pages.on_screen)

    def run(self, work: Callable[[Gateway], Coroutine[Any, Any, T]]) -> Future[T]:
        """Do something with the client, in the worker's thread; cancelling the future cancels it.

        `work` is called there too. Raises RuntimeError once the link is closed.
        """

        async def started() -> T:
            return await work(self._gateway)

        return self._worker.submit(started())

    def session(self, session_id: str) -> Future[SessionDetail]:
        """Fetch one whole session."""
        return self._worker.submit(self._gateway.session(session_id))

    def users(self) -> Future[list[User]]:
        """Everybody in the organisation; fails with Forbidden where the role may not list them."""
        return self._worker.submit(self._gateway.users())

    def connections(self) -> Future[list[Connection]]:
        """The connections that this identity can see."""
        return self._worker.submit(self._gateway.connections())

    def userinfo(self) -> Future[UserInfo]:
        """Who the credential belongs to."""
        return self._worker.submit(self._gateway.userinfo())

    def serverinfo(self) -> Future[ServerInfo]:
        """What the gateway says of itself."""
        return self._worker.submit(self._gateway.serverinfo())

    def close(self) -> None:
        """End everything; waits for about a second at most."""
        with self._listening:
            self._listener = self._judgement_listener = None
        with suppress(TimeoutError, RuntimeError):
            self._worker.submit(self._aclose()).result(1.0)
        self._worker.close(1.0)

    async def _aclose(self) -> None:
        await self._feed.aclose()
        await self._gateway.aclose()

    def _feed_changed(self, state: FeedState) -> None:
        with self._listening:
            if self._listener is not None:
                self._listener(state)

    def _judged(self, is_refused: bool) -> None:
        with self._listening:
            self._is_refused = is_refused
            if self._judgement_listener is not None:
                self._judgement_listener(is_refused)
