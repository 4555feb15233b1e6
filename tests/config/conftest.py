"""Settings are read from files of the test, never from those of whoever runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from hoopscope.config.settings import Settings, load_settings

Load = Callable[..., Settings]


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    """Where the own file would be; nothing is there yet."""
    return tmp_path / "own" / "config.toml"


@pytest.fixture
def hoop_file(tmp_path: Path) -> Path:
    """Where the hoop CLI's file would be; nothing is there yet."""
    return tmp_path / "hoop" / "config.toml"


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    """Where credentials would be kept; nothing is there yet."""
    return tmp_path / "state" / "credentials.json"


@pytest.fixture
def load(own_file: Path, hoop_file: Path, store_file: Path) -> Load:
    """Loads settings from flags, an environment, and the texts of the two files."""

    def loaded(
        flags: Mapping[str, object] | None = None,
        environ: Mapping[str, str] | None = None,
        *,
        own: str | None = None,
        hoop: str | None = None,
        **more: object,
    ) -> Settings:
        for path, text in ((own_file, own), (hoop_file, hoop)):
            path.unlink(missing_ok=True)
            if text is not None:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")
                path.chmod(0o600)
        return load_settings(
            flags,
            environ or {},
            own_file=own_file,
            hoop_file=hoop_file,
            store_file=store_file,
            **more,  # type: ignore[arg-type]
        )

    return loaded
