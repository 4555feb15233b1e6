from __future__ import annotations

from pathlib import Path

import pytest

from hoopscope.config.errors import SettingsError
from hoopscope.sessions.filters import Filters
from hoopscope.sessions.view_file import ViewFile
from hoopscope.sessions.views import View

PROD = View(
    "my prod",
    Filters(connection="prod", start="last 24 hours", identities=("API key",)),
    columns=("when", "who"),
    widths={"who": 30},
    number=8,
)


def test_what_is_saved_is_there_the_next_time_and_dates_are_phrases(tmp_path: Path) -> None:
    path = tmp_path / "hoopscope" / "config.toml"
    file = ViewFile(path, {})
    assert not file.has("my prod")
    found = file.save(PROD)
    assert found.views.named("my prod") == PROD
    assert found.warnings == ()
    assert file.has("my prod")
    assert path.read_text() == (
        '[views."my prod"]\n'
        'since = "last 24 hours"\n'
        'connection_contains = "prod"\n'
        'identity = ["api-key"]\n'
        'columns = ["when", "who"]\n'
        "widths = {who = 30}\n"
        "key = 8\n"
    )
    changed = PROD._replace(filters=Filters(took="> 1h"))
    assert file.save(changed).views.named("my prod") == changed
    assert file.delete("my prod").views.named("my prod") is None
    assert path.read_text() == ""


def test_what_others_added_meanwhile_is_seen_then(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    file = ViewFile(path, {})
    path.write_text('[views.other]\ntook = "1s"\n[views.broken]\nouctome = 1\n')
    found = file.save(PROD)
    assert found.views.named("other") == View("other", Filters(took="1s"))
    assert "line 4: views.broken.ouctome" in found.warnings[0]


def test_what_others_changed_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    file = ViewFile(path, {})
    file.save(PROD)
    path.write_text(path.read_text().replace("24 hours", "2 hours"))
    with pytest.raises(SettingsError, match="changed by somebody else"):
        file.save(PROD._replace(number=3))
    with pytest.raises(SettingsError, match="changed by somebody else"):
        file.delete("my prod")
    assert "last 2 hours" in path.read_text()
