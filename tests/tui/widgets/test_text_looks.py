from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.tui.widgets.text_view import TextView
from tests.tui.widgets.text_app import Reader, TextApp

SCRIPT = """\
-- monthly correction
BEGIN;
UPDATE orders SET total = total * 1.1, note = 'corrected' WHERE id IN (1, 2, 3); -- and so on
DELETE FROM customers /* all
of them */ WHERE name LIKE '%日本語%';
COMMIT;
"""
OUTPUT = (
    "\x1b[1;32mok\x1b[0m 12 rows\n\x1b[31mERROR\x1b[0m \x1b[48;5;60mhere\x1b[0m\x07\n10 %\r20 %\n"
)


@pytest.mark.parametrize("theme", ["dark", "monochrome"])
def test_it_looks_like_this(theme: str, snap_compare: Callable[..., bool]) -> None:
    view = TextView()
    app = TextApp(view, theme)

    async def fill(pilot: Pilot[None]) -> None:
        reader = Reader(app, pilot)
        if theme == "dark":
            view.show(HeldBytes(OUTPUT.encode()), moment_of=lambda offset: (offset / 7, "o"))
            await reader.press("T", "e")
            await reader.until(lambda: view.line_here == 1)
        else:
            view.show(HeldBytes(SCRIPT.encode()), language="postgresql", marks=["delete from"])
            view.find("total")
            await reader.until(lambda: "1 of 2 matches" in view.position)
            await reader.until(lambda: len({part.style for part in view.render_line(1)}) > 1)
            await reader.press("v", "j")

    assert snap_compare(app, run_before=fill, terminal_size=(60, 10))
