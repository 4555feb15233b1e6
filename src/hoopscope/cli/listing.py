"""Carries out `hoopscope list`: from flags to a walk to an output."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from hoopscope.cli import exit_codes
from hoopscope.cli.export import Report, export
from hoopscope.cli.failures import CommandError, UsageFailed
from hoopscope.cli.formats import Layout, writer_for
from hoopscope.cli.invocation import access_from, settings_with_warnings
from hoopscope.cli.messages import complain
from hoopscope.cli.output import STANDARD_OUTPUT, Sink, opened
from hoopscope.cli.progress import Progress

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.client import Gateway
    from hoopscope.gateway.position import WalkPosition
    from hoopscope.gateway.query import SessionQuery
    from hoopscope.gateway.walk import PageSource
    from hoopscope.sessions.local_filter import LocalFilter

_PAGE = 100


class Listing(NamedTuple):
    """What is wanted: filters as the options gave them, `limit` None for everything."""

    filters: Mapping[str, Any]
    limit: int | None
    resume_from: str | None
    format_name: str
    columns: tuple[str, ...]
    output: str | None


def write_list(flags: Mapping[str, object], wanted: Listing) -> int:
    """Write the list; gives the exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, OutputFailed, OutputClosed.
    """
    settings = settings_with_warnings(flags)
    access = access_from(settings)
    now = time.time_ns() // 1000
    writer = writer_for(wanted.format_name, _layout(settings, wanted, now))
    after = _position(wanted.resume_from)
    to_terminal = wanted.output in (None, STANDARD_OUTPUT) and _is_terminal(sys.stdout)
    progress = Progress(wanted=not to_terminal)
    report = Report()

    async def run(sink: Sink) -> None:
        from hoopscope.gateway.client import Gateway
        from hoopscope.gateway.walk import SessionWalk

        async with Gateway(access, deadline=settings.deadline_seconds) as gateway:
            query, local = await _query(wanted.filters, gateway, settings, now)
            few = wanted.limit is not None and local is None
            page_size = min(wanted.limit or _PAGE, _PAGE) if few else _PAGE
            source: PageSource = gateway
            if local is None and wanted.format_name in ("json", "jsonl"):
                from hoopscope.cli.raw_pages import RawPages

                source = RawPages(gateway)
            walk = SessionWalk(source, query, page_size=page_size, after=after)
            await export(
                walk, writer, sink, report, limit=wanted.limit, local=local, now=now,
                progress=progress,
            )  # fmt: skip

    try:
        with opened(wanted.output) as sink:
            asyncio.run(run(sink))
    except CommandError:
        raise
    except Exception:
        _say_how_to_go_on(report, wanted)
        raise
    return _conclude(report, wanted, progress)


async def _query(
    given: Mapping[str, Any], gateway: Gateway, settings: Settings, now: int
) -> tuple[SessionQuery, LocalFilter | None]:
    if not given:
        from hoopscope.gateway.query import SessionQuery

        return SessionQuery(), None
    from hoopscope.cli.filter_options import filters_from, in_terms_of_options, several
    from hoopscope.cli.people import people_for
    from hoopscope.sessions.filters import InvalidFilter, to_local_filter, to_query

    filters = filters_from(given)
    moment = datetime.fromtimestamp(now / 1_000_000, UTC)
    try:
        local = to_local_filter(filters)
        if more := several(given):
            from dataclasses import replace

            from hoopscope.sessions.local_filter import LocalFilter

            local = replace(local or LocalFilter(), **more)
        people = await people_for(filters, gateway)
        return to_query(filters, now=moment, utc=settings.utc, people=people), local
    except InvalidFilter as error:
        raise in_terms_of_options(error) from error


def _position(text: str | None) -> WalkPosition | None:
    if text is None:
        return None
    from hoopscope.gateway.position import WalkPosition

    try:
        return WalkPosition.parse(text)
    except ValueError as error:
        raise UsageFailed(f"--resume-from: {error}") from error


def _layout(settings: Settings, wanted: Listing, now: int) -> Layout:
    width = 0
    if wanted.output in (None, STANDARD_OUTPUT) and _is_terminal(sys.stdout):
        try:
            width = os.get_terminal_size(1).columns or 80
        except OSError:
            width = 80
    return Layout(wanted.columns, width, now, settings.utc, settings.ascii)


def _is_terminal(stream: Any) -> bool:
    return stream is not None and bool(stream.isatty())


def _say_how_to_go_on(report: Report, wanted: Listing) -> None:
    if not report.looked_through:
        return
    if wanted.output not in (None, STANDARD_OUTPUT):
        complain(f"{wanted.output} was left as it was.")
    elif report.position is not None:
        complain(
            f"{report.written:,} sessions were written before that."
            f" To go on behind them: --resume-from '{report.position}'"
        )


def _conclude(report: Report, wanted: Listing, progress: Progress) -> int:
    if wanted.output not in (None, STANDARD_OUTPUT):
        progress.note(f"{report.written:,} sessions written to {wanted.output}.")
    if report.written != report.looked_through and not report.unreadable:
        whole = "all of" if report.ended else "the newest"
        progress.note(f"{report.written:,} found in {whole} {report.looked_through:,} sessions.")
    if not report.ended and report.position is not None:
        progress.note(f"There are more: --all, --limit N, or --resume-from '{report.position}'")
    for second in report.unreadable:
        complain(_unreadable(second.end, second.missing, second.total))
    return exit_codes.INCOMPLETE if report.unreadable else exit_codes.OK


def _unreadable(end: int, missing: int, total: int | None) -> str:
    from hoopscope.gateway.position import moment_of
    from hoopscope.gateway.row import NO_START

    when = "without a start" if end == NO_START else f"in the second before {moment_of(end)}"
    how_many = "some" if total is None else f"{missing:,} of {total:,}"
    return f"the gateway lets nobody reach {how_many} sessions {when}; narrow the filters for them."
