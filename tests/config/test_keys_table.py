"""`[keys]` in the settings file."""

from __future__ import annotations

from pathlib import Path

import pytest

from hoopscope.config.errors import SettingsError
from hoopscope.config.keys_table import read_keys
from hoopscope.config.toml_file import read_toml


def keys_of(folder: Path, text: str) -> dict[str, str]:
    """What a settings file with this text maps."""
    path = folder / "config.toml"
    path.write_text(text)
    file = read_toml(path)
    assert file is not None
    return read_keys(file, "keys")


def test_dotted_names_and_tables_are_the_same(tmp_path: Path) -> None:
    """Whichever one finds easier to write."""
    text = """
[keys]
"browser.refresh" = "F5, ctrl+r"
table.move_down = "down"

[keys.browser]
quit = ""
help = { show = "none" }
"""
    assert keys_of(tmp_path, text) == {
        "browser.refresh": "f5,ctrl+r",
        "table.move_down": "down",
        "browser.quit": "",
        "browser.help.show": "",
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[keys]\n\n"browser.refresh" = "f55"\n', "line 3: keys.browser.refresh has to be a key"),
        ("[keys.browser]\nquit = 3\n", "line 2: keys.browser.quit has to be a key, or several"),
        (
            '[keys]\n"browser.quit" = "x"\n[keys.browser]\nrefresh = "f5"\nquit = "y"\n',
            "line 2: keys.browser.quit stands there twice",
        ),
        ("utc = true\nkeys = 3\n", "line 2: keys has to be a table"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    """File, line and id."""
    with pytest.raises(SettingsError, match=said) as refused:
        keys_of(tmp_path, text)
    assert "config.toml" in str(refused.value)
