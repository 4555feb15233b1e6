"""What any test can count on: the same examples in each run, however busy the machine is."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A time limit would tell only how busy the machine is. `--hypothesis-profile thorough` tries more.
_BASE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _BASE, max_examples=50, derandomize=True)
settings.register_profile("thorough", _BASE, max_examples=1_000)
settings.load_profile("quick")


def pytest_xdist_auto_num_workers() -> int:
    """Tests of the interface wait half of their time: half as many processes again as cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (cores or 1) * 3 // 2
