"""A walk through a large history while sessions arrive and change, each of them audited."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

from benchmarks.results import Result
from benchmarks.setting import PYTHON, Options, clean_environment

TEST = "tests/gateway/test_walk_on_demo.py"


def measure(_: Options) -> Iterator[Result]:
    """Runs the tests that are marked slow: they walk 50,000 and 200,000 sessions."""
    began = time.perf_counter()
    done = subprocess.run(
        [PYTHON, "-m", "pytest", "-q", "-m", "slow", "-p", "no:cacheprovider", TEST],
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    last = (done.stdout.strip().splitlines() or ["nothing was said"])[-1]
    yield Result(
        "walks of 50,000 and 200,000 sessions under churn, every one audited",
        f"{last.strip('= ')}" if done.returncode else f"{time.perf_counter() - began:.0f} s",
        "each exactly once",
        "",
        done.returncode == 0,
    )
