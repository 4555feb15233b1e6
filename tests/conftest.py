"""What any test can count on: the same examples in each run, however busy the machine is."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A time limit would tell only how busy the machine is. `--hypothesis-profile thorough` tries more.
_BASE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("quick", _BASE, max_examples=50, derandomize=True)
settings.register_profile("thorough", _BASE, max_examples=1_000)
settings.load_profile("quick")
