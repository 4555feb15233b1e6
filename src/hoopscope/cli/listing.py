"""Carries out `hoopscope list`: from flags to a walk to an output."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from hoopscope.cli import exit_codes
from hoopscope.cli.beginning_view import chosen_view, on_top
from hoopscope.cli.failures import CommandError, UsageFailed
from hoopscope.cli.formats import Layout, writer_for
from hoopscope.cli.invocation import (
    access_from,
    gateway_from,
    refuse_file_if_restricted,
    settings_with_warnings,
)
from hoopscope.cli.messages import complain
from hoopscope.cli.output import STANDARD_OUTPUT, Sink, opened
from hoopscope.cli.progress import Progress
from hoopscope.cli.queries import query_from
from hoopscope.cli.walk_writing import Report, write_walk

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.position import WalkPosition
    from hoopscope.gateway.second import UnreadableSecond
    from hoopscope.gateway.walk import PageSource

_PAGE = 100


class Listing(NamedTuple):
    """What is wanted: filters as the options gave them, `limit` None for everything."""

    filters: Mapping[str, Any]
    limit: int | None
    resume_from: str | None
    format_name: str
    columns: tuple[str, ...]
    output: str | None
    widths: Mapping[str, int] = MappingProxyType({})


def write_list(flags: Mapping[str, object], wanted: Listing) -> int:
    """Write the list; gives the exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, OutputFailed, OutputClosed.
    """
    settings = settings_with_warnings(flags)
    refuse_file_if_restricted(settings, wanted.output)
    wanted = _as_view_has_it(settings, wanted)
    access = access_from(settings)
    now = time.time_ns() // 1000
    writer = writer_for(wanted.format_name, _layout(settings, wanted, now))
    after = _position(wanted.resume_from)
    to_terminal = wanted.output in (None, STANDARD_OUTPUT) and _is_terminal(sys.stdout)
    progress = Progress(wanted=not to_terminal)
    report = Report()

    async def run(sink: Sink) -> None:
        from hoopscope.gateway.walk import SessionWalk

        async with gateway_from(settings, access) as gateway:
            query, local = await query_from(wanted.filters, gateway, settings, now)
            few = wanted.limit is not None and local is None
            page_size = min(wanted.limit or _PAGE, _PAGE) if few else _PAGE
            source: PageSource = gateway
            if local is None and wanted.format_name in ("json", "jsonl"):
                from hoopscope.cli.raw_pages import RawPages

                source = RawPages(gateway)
            walk = SessionWalk(source, query, page_size=page_size, after=after)
            await write_walk(
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


def _as_view_has_it(settings: Settings, wanted: Listing) -> Listing:
    """With the filters and the look of --view, where no other option says otherwise."""
    view = chosen_view(settings)
    if view is None:
        return wanted
    wanted = wanted._replace(filters=on_top(view, wanted.filters))
    if wanted.columns or wanted.format_name != "table":
        return wanted
    return wanted._replace(columns=view.columns, widths=view.widths)


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
    return Layout(wanted.columns, width, now, settings.utc, settings.ascii, wanted.widths)


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
        complain(unreadable_sentence(second))
    return exit_codes.INCOMPLETE if report.unreadable else exit_codes.OK


def unreadable_sentence(second: UnreadableSecond) -> str:
    """What nobody can reach of a second, for people."""
    from hoopscope.gateway.position import moment_of
    from hoopscope.gateway.row import NO_START

    end, missing, total = second.end, second.missing, second.total
    when = "without a start" if end == NO_START else f"in the second before {moment_of(end)}"
    how_many = "some" if total is None else f"{missing:,} of {total:,}"
    return f"the gateway lets nobody reach {how_many} sessions {when}; narrow the filters for them."
