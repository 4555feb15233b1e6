"""Carries out `hoopscope get`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from hoopscope.cli import exit_codes
from hoopscope.cli.invocation import (
    access_from,
    gateway_from,
    refuse_file_if_restricted,
    settings_with_warnings,
)
from hoopscope.cli.output import opened

if TYPE_CHECKING:
    from hoopscope.config.settings import Settings
    from hoopscope.gateway.access import GatewayAccess
    from hoopscope.gateway.models.session import SessionDetail


def write_session(
    flags: Mapping[str, object], session_id: str, format_name: str, output: str | None
) -> int:
    """Write one session; gives the exit code.

    Raises:
        SettingsError, UsageFailed, GatewayError, OutputFailed, OutputClosed.
    """
    settings = settings_with_warnings(flags)
    refuse_file_if_restricted(settings, output)
    access = access_from(settings)
    with opened(output) as sink:
        detail = asyncio.run(_fetched(access, session_id, settings))
        if format_name == "json":
            from hoopscope.cli.formats.json_lines import indented

            sink.write(indented(detail.raw) + "\n")
        else:
            from hoopscope.sessions.facts.text import text_of

            now = time.time_ns() // 1000
            for line in text_of(detail, now=now, utc=settings.utc):
                sink.write(line + "\n")
    return exit_codes.OK


async def _fetched(access: GatewayAccess, session_id: str, settings: Settings) -> SessionDetail:
    async with gateway_from(settings, access) as gateway:
        return await gateway.session(session_id)
