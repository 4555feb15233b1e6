from __future__ import annotations

from pathlib import Path

from hoopscope.sessions.own_views import OwnViews, own_views
from hoopscope.sessions.views import View


def test_without_any_there_are_those_built_in(tmp_path: Path) -> None:
    found = own_views({}, tmp_path / "config.toml")
    assert found.warnings == ()
    assert found.views.names == OwnViews().views.names


def test_what_is_wrong_is_said_with_file_line_view_and_key(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        '[views]\nbad = 3\n[views."my view"]\nreview = "PENDING"\n[views.good]\nkey=8\n'
    )
    tables = {"bad": 3, "my view": {"review": "PENDING"}, "good": {"key": 8}}
    found = own_views(tables, path)
    assert found.warnings == (
        f"{path}, line 2: views.bad has to be a table. The view is left out.",
        f'{path}, line 4: views."my view".review is nothing that a view has;'
        " did you mean review_status? The view is left out.",
    )
    assert list(found.broken) == ["bad", "my view"]
    assert found.views.at(8) == View("good", number=8)


def test_names_are_harmless(tmp_path: Path) -> None:
    found = own_views({"a\x1b[2J": {"b\x1b": 1}}, tmp_path / "config.toml")
    assert "\x1b" not in found.warnings[0]
