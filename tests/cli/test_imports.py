"""What each command loads before it does its work: proven in fresh processes."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime

from hoopscope.demo.server import DemoGateway

PROGRAM = """
import sys
sys.argv = ["hoopscope", *sys.argv[1:]]
from hoopscope.cli import main
try:
    main()
except SystemExit:
    pass
print(*sorted({name.split(".")[0] for name in sys.modules}), file=sys.stderr)
"""
BROWSER = """
import sys, types
launch = types.ModuleType("hoopscope.tui.launch")
launch.run_browser = lambda settings, *_, **__: 0
sys.modules["hoopscope.tui.launch"] = launch
"""
HEAVY = {
    "anyio", "asyncio", "click", "dateparser", "h11", "httpcore", "httpx", "humanize",
    "platformdirs", "pydantic", "rich", "sqlite3", "ssl", "starlette", "tenacity", "textual",
    "tomllib", "uvicorn",
}  # fmt: skip


def heavy_after(program: str, *arguments: str, **environ: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "HOME": "/nowhere",
            **environ,
        },
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    assert "hoopscope" in loaded
    return loaded & HEAVY


def test_the_version_loads_nothing() -> None:
    assert heavy_after(PROGRAM, "--version") == set()


def test_a_list_loads_what_a_request_needs(demo: DemoGateway) -> None:
    environ = {"HOOP_APIURL": demo.url, "HOOP_TOKEN": demo.token}
    needed = {"asyncio", "click", "h11", "httpx", "platformdirs", "ssl"}
    assert heavy_after(PROGRAM, "list", "-n", "2", "-f", "jsonl", **environ) == needed
    # The widths of characters are rich's, where there are any besides ASCII.
    assert heavy_after(PROGRAM, "list", "-n", "2", **environ) - {"rich"} == needed


def test_the_browser_is_reached_with_the_settings_only() -> None:
    assert heavy_after(BROWSER + PROGRAM) == {"platformdirs"}


def test_the_browser_with_filters_needs_the_command_line_library_too() -> None:
    loaded = heavy_after(BROWSER + PROGRAM, "--verb", "exec", "--since", "2026-11-01")
    assert loaded <= {"asyncio", "click", "platformdirs", "ssl"}


def test_what_a_session_printed_needs_no_models() -> None:
    with DemoGateway(sessions=0) as demo:
        environ = {"HOOP_APIURL": demo.url, "HOOP_TOKEN": demo.token}
        session_id = demo.insert(datetime(2025, 11, 23, tzinfo=UTC))
        for arguments in (["output", session_id], ["export", session_id, "-o", "-"]):
            loaded = heavy_after(PROGRAM, *arguments, **environ)
            assert not loaded & {"pydantic", "textual", "rich"}
