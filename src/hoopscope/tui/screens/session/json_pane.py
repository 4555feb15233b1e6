"""The part that shows the session as the gateway gave it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual import work

from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.parts import Part
from hoopscope.tui.screens.session.part_pane import PartPane
from hoopscope.tui.session_standing import Span
from hoopscope.tui.widgets.json_view import JsonView

if TYPE_CHECKING:
    from hoopscope.tui.screens.session.surroundings import Surroundings


class JsonPane(PartPane):
    """The answer as a tree, without what was recorded, which has parts of its own."""

    part = Part.JSON

    def __init__(self, around: Surroundings) -> None:
        super().__init__(around)
        self._view = JsonView(ascii_only=around.ascii_only)
        self._raw: dict[str, Any] | None = None

    @property
    def shown(self) -> JsonView:
        """The tree."""
        return self._view

    def session_changed(self) -> None:
        """Show the answer once it is there."""
        opened = self.opened
        if opened is None or not self.is_ready:
            return
        if opened.detail is None:
            if opened.problem is not None:
                self.say_problem(opened.problem)
            else:
                self.say_instead("asking the gateway …")
            return
        self.say_instead("")
        if opened.detail.raw is not self._raw:
            self._raw = opened.detail.raw
            self._read(self._raw)

    def free(self) -> None:
        """Let go of the answer."""
        super().free()
        self._raw = None

    def place(self) -> Sequence[Span]:
        """The path of the node under the cursor."""
        return [(self._view.position, "")]

    @work(exclusive=True, group="json")
    async def _read(self, raw: dict[str, Any]) -> None:
        text = await asyncio.to_thread(json.dumps, raw, ensure_ascii=False)
        if raw is self._raw:
            self._view.show(HeldBytes(text.encode("utf-8", "surrogatepass")))
