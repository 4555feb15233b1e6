"""docs/keys.md has every binding, as the browser has it."""

from __future__ import annotations

from pathlib import Path

from hoopscope.tui.key_catalog import TITLES, catalog
from hoopscope.tui.key_tables import as_markdown
from hoopscope.tui.keymap import Keymap

DOCUMENT = Path(__file__).parents[2] / "docs" / "keys.md"


def test_the_document_is_what_the_command_prints() -> None:
    """Otherwise: put what `hoopscope keys --markdown` prints between the two marks."""
    _, _, rest = DOCUMENT.read_text(encoding="utf-8").partition("a test compares -->\n")
    tables = rest.partition("<!-- end -->")[0]
    assert tables.strip() == as_markdown(catalog(Keymap())).strip()


def test_every_part_has_a_title() -> None:
    """And no title has nothing below it."""
    assert set(catalog(Keymap())) <= set(TITLES.values())
