"""Programs that some tests need and a machine may not have."""

from __future__ import annotations

import os
import shutil

import pytest

_FOLDERS = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])


def all_are_needed() -> bool:
    """Whether a missing program is a failure: in CI, where always skipped tests test nothing."""
    return bool(os.environ.get("CI") or os.environ.get("TESTS_NEED_PROGRAMS"))


def needed(name: str) -> str:
    """The whole path of a program, without which the test is skipped, or fails in CI."""
    found = shutil.which(name, path=_FOLDERS)
    if found is None:
        missing = f"{name} is not installed here, and this test needs it"
        if all_are_needed():
            pytest.fail(missing)
        pytest.skip(missing)
    return found
