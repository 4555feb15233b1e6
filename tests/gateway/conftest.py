"""What tests of the gateway's client share."""

from __future__ import annotations

import pytest
import tenacity


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Try again at once (where the gateway does not ask to wait)."""
    monkeypatch.setattr("hoopscope.gateway.back_off._BACK_OFF", tenacity.wait_none())
