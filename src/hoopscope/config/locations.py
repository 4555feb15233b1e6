"""Where hoopscope keeps its files, and where the hoop CLI keeps its own.

The XDG places on every system, macOS too, as tools for a terminal are looked for there.
"""

from __future__ import annotations

import os.path
from pathlib import Path


def config_folder() -> Path:
    """The folder of the settings: `$XDG_CONFIG_HOME/hoopscope`, else `~/.config/hoopscope`."""
    # Late, because `hoopscope --version` has no use for it.
    from platformdirs.unix import Unix

    return Path(Unix("hoopscope").user_config_dir)


def config_file() -> Path:
    """The settings file; it need not exist."""
    return config_folder() / "config.toml"


def themes_folder() -> Path:
    """The folder of the user's own themes; it need not exist."""
    return config_folder() / "themes"


def bundled_themes_folder() -> Path:
    """The folder of the themes that come with hoopscope (in a checkout: its `themes/`)."""
    package = Path(__file__).parents[1]
    installed = package / "themes"
    return installed if installed.is_dir() else package.parents[1] / "themes"


def state_folder() -> Path:
    """What is remembered: `$XDG_STATE_HOME/hoopscope`, else `~/.local/state/hoopscope`."""
    from platformdirs.unix import Unix

    return Path(Unix("hoopscope").user_state_dir)


def credentials_file() -> Path:
    """What `hoopscope login` keeps; it need not exist."""
    return state_folder() / "credentials.json"


def schema_file() -> Path:
    """The JSON schema of the settings file, which comes with hoopscope."""
    return Path(__file__).parents[1] / "settings.schema.json"


def hoop_cli_file() -> Path:
    """What `hoop login` writes; it need not exist."""
    return expanded("~/.hoop/config.toml")


def expanded(path: str) -> Path:
    """A path with `~` resolved, left as it is where there is no such home."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 (Path's own raises)
