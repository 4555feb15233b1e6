"""ViewFile: the views of a settings file, and changing them there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hoopscope.sessions.own_views import VIEWS, OwnViews, own_views

if TYPE_CHECKING:
    from hoopscope.sessions.views import View


class ViewFile:
    """The views of one settings file as they were last read. Reads and writes: not on the loop.

    Args:
        path: the settings file; it need not exist.
        tables: its views by name, as it has them.
    """

    def __init__(self, path: Path, tables: Mapping[str, Any]) -> None:
        self.path = path
        self._tables = dict(tables)

    def has(self, name: str) -> bool:
        """Whether a view of that name is in the file, be it usable or not."""
        return name in self._tables

    def save(self, view: View) -> OwnViews:
        """Write a view in the place of the one of its name; all views as they are then.

        Raises:
            SettingsError: the file cannot be changed, or somebody else changed that view meanwhile.
        """
        from hoopscope.config.settings_editing import put_table
        from hoopscope.sessions.view_writing import view_table

        put_table(self.path, VIEWS, view.name, view_table(view), known=self._tables.get(view.name))
        return self._again()

    def delete(self, name: str) -> OwnViews:
        """Take a view out; all views as they are then. Raises SettingsError, as `save`."""
        from hoopscope.config.settings_editing import remove_table

        remove_table(self.path, VIEWS, name, known=self._tables.get(name))
        return self._again()

    def _again(self) -> OwnViews:
        """What the file has now, by whomever."""
        from hoopscope.config.toml_file import read_again

        tables = read_again(self.path).content.get(VIEWS)
        self._tables = dict(tables) if isinstance(tables, dict) else {}
        return own_views(self._tables, self.path)
