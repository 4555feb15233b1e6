"""`hoopscope list` beside bare scripts that ask for the same with httpx."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.fetched import queries_of_all
from benchmarks.results import Result, compared, number
from benchmarks.setting import HOOPSCOPE, PROGRAMS, PYTHON, Options, clean_environment, gateway

FEW = [HOOPSCOPE, "list", "--limit", "20"]
ALL = [HOOPSCOPE, "list", "--all", "--format", "jsonl"]
SMALL = 2_000
FLAT_MEBIBYTES = 4.0
LEAST_SHARE = 0.85


def measure(options: Options) -> Iterator[Result]:
    """A short list, a whole one, and the memory that a whole one takes."""
    sessions = max(SMALL, options.sessions // 10)
    bare = [PYTHON, str(PROGRAMS / "bare_list.py")]
    with (
        gateway(sessions) as environment,
        gateway(SMALL) as small,
        tempfile.NamedTemporaryFile("w", encoding="ascii") as queries,
    ):
        queries.write("\n".join(queries_of_all(environment)))
        queries.flush()
        walk = [PYTHON, str(PROGRAMS / "bare_walk.py"), queries.name]
        ours, theirs = _alternating(FEW, bare, environment, 2 * options.rounds)
        yield compared(
            "`list --limit 20`, exec to exit; against a bare httpx script",
            ours * 1e3,
            theirs * 1e3,
            "ms",
            most=1.25,
        )
        ours, theirs = _alternating(ALL, walk, environment, max(3, options.rounds // 2))
        share = theirs / ours
        yield Result(
            f"`list --all` to jsonl, {sessions:,} sessions; against a bare httpx loop",
            f"{sessions / ours:,.0f} rows/s against {sessions / theirs:,.0f} rows/s",
            f"≥ {LEAST_SHARE} ×",
            f"{share:.2f} ×",
            share >= LEAST_SHARE,
        )
        few, many = _peak(ALL, small), _peak(ALL, environment)
        yield Result(
            f"its peak memory, {sessions:,} sessions against {SMALL:,}",
            f"{number(many)} MiB against {number(few)} MiB",
            f"≤ {number(FLAT_MEBIBYTES)} MiB more",
            f"{many / few:.2f} ×",
            many - few <= FLAT_MEBIBYTES,
        )


def _alternating(
    one: Sequence[str], other: Sequence[str], environment: Mapping[str, str], times: int
) -> tuple[float, float]:
    """Median seconds of each from exec to exit, after one run of each that does not count."""
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(times + 1):
        for command, into in zip((one, other), took, strict=True):
            began = time.perf_counter()
            with _started(command, environment) as process:
                assert process.wait() == 0, command
            into.append(time.perf_counter() - began)
    return median(took[0][1:]), median(took[1][1:])


def _peak(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """Peak memory in MiB, as it stood shortly before the end."""
    peak = 0
    with _started(command, environment) as process:
        status = Path(f"/proc/{process.pid}/status")
        while process.poll() is None:
            found = re.search(r"VmHWM:\s+(\d+)", status.read_text(encoding="ascii"))
            peak = max(peak, int(found[1]) if found else 0)
            time.sleep(0.005)
    return peak / 1024


def _started(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    with tempfile.TemporaryFile() as output:
        return subprocess.Popen(command, stdout=output, env={**clean_environment(), **environment})
