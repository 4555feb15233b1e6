"""What tests of screens share."""

from __future__ import annotations

import socket

import pytest

from hoopscope.sessions.sign_in_link import SignInLink


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> int:
    """A free one, in the place of the usual one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    defaults = SignInLink.__init__.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "port", free)
    return free
