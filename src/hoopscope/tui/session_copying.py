"""SessionCopying: what can be copied of a session, wherever it is looked at."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from hoopscope.gateway.client import session_link
from hoopscope.gateway.errors import GatewayError
from hoopscope.sessions.columns import COLUMNS, ColumnContext
from hoopscope.sessions.facts import review
from hoopscope.sessions.facts.panel import WHOLE, FactsContext
from hoopscope.sessions.facts.text import lines_of, text_of
from hoopscope.untrusted import harmless

if TYPE_CHECKING:
    from hoopscope.gateway.access import GatewayAccess
    from hoopscope.gateway.models.session import SessionDetail
    from hoopscope.gateway.row import SessionRow
    from hoopscope.tui.console_app import ConsoleApp
    from hoopscope.tui.detail_loader import DetailLoader


class Found(NamedTuple):
    """A text to copy, what it is called ("the script"), and whether it is a single line."""

    text: str
    what: str
    is_line: bool = False


class SessionCopying:
    """Asks what to copy, and fetches what that needs.

    Args:
        say: says a harmless sentence, in a tone.
        clock: the present moment in microseconds since 1970 UTC.
    """

    def __init__(
        self,
        app: ConsoleApp,
        access: GatewayAccess,
        details: DetailLoader,
        clock: Callable[[], int],
        *,
        say: Callable[[str, str], None],
        utc: bool,
        ascii_only: bool,
    ) -> None:
        self._app = app
        self._access = access
        self._details = details
        self._clock = clock
        self._say = say
        self._utc = utc
        self._ascii_only = ascii_only

    def choose(self, row: SessionRow | None) -> None:
        """Ask what of a session to copy, and copy that, or say why not."""
        refusal = self._app.copying_refused()
        if refusal:
            self._say(refusal, "waiting")
        elif row is None:
            self.copy(row, "")
        else:
            from hoopscope.tui.screens.copy_chooser import CopyChooser

            self._app.push_screen(CopyChooser(), lambda choice: self.copy(row, choice or ""))

    def copy(self, row: SessionRow | None, choice: str) -> None:
        """Copy one of `copy_chooser.CHOICES`, "" for nothing; what is to be fetched comes later."""
        if row is None:
            self._say("There is no session to copy from.", "muted")
        elif (found := self._of_row(row, choice)) is not None:
            self._app.copy(found.text, found.what, is_line=found.is_line)
        elif choice:
            self._app.run_worker(self._copy_detail(row, choice), exclusive=True, group="copy")

    async def _copy_detail(self, row: SessionRow, choice: str) -> None:
        try:
            detail = await self._details.fetch(row)
        except GatewayError as error:
            self._say(f"✗ {harmless(str(error))}", "failure")
            return
        found = await asyncio.to_thread(self._from, detail, row, choice)
        self._app.copy(found.text, found.what)

    def _of_row(self, row: SessionRow, choice: str) -> Found | None:
        """What the list knows already."""
        match choice:
            case "id":
                return Found(row.id, "the session id", is_line=True)
            case "link":
                return Found(session_link(self._access, harmless(row.id)), "the link", is_line=True)
            case "row":
                context = ColumnContext(self._clock(), self._utc, self._ascii_only)
                cells = (column.text(row, context) for column in COLUMNS)
                shown = "  ".join(
                    cell for cell in cells if cell.strip() and cell != context.nothing
                )
                return Found(shown, "the row", is_line=True)
        return None

    def _from(self, detail: SessionDetail, row: SessionRow, choice: str) -> Found:
        now = self._clock()
        match choice:
            case "json":
                text = json.dumps(detail.raw, ensure_ascii=False, indent=2)
                return Found(text, "the session as JSON")
            case "script":
                return Found(detail.session.script_text or "", "the script")
            case "review":
                context = FactsContext(now, self._utc, WHOLE)
                found = detail.session.review
                lines = lines_of(review.review_panel(found, row, context)) if found else []
                return Found("\n".join(lines), "the review")
            case _:
                lines = text_of(detail, now=now, utc=self._utc, ascii_only=self._ascii_only)
                return Found("\n".join(lines), "the session as text")
