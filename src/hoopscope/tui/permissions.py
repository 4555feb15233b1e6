"""What the interface may do beyond showing what the gateway lets it see."""

from __future__ import annotations

from typing import NamedTuple


class Permissions(NamedTuple):
    """What the settings leave to whoever sits at the terminal; nothing inside changes it.

    restricted: this may be all that the account is for: no other program, no other gateway, no
        local file (none is named either), no setting changed for the next time.
    read_only: nothing is written to the gateway.
    """

    restricted: bool = False
    read_only: bool = False

    @property
    def may_touch_files(self) -> bool:
        """Whether local files are read, written and named on request."""
        return not self.restricted

    @property
    def may_keep_state(self) -> bool:
        """Whether the place, the theme and credentials are kept for the next time."""
        return not self.restricted

    @property
    def may_change_gateway(self) -> bool:
        """Whether another gateway can be opened."""
        return not self.restricted

    @property
    def may_suspend(self) -> bool:
        """Whether the shell that started this can be gone back to."""
        return not self.restricted
