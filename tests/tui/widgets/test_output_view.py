from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.widget import Widget

from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.spool import Spool
from hoopscope.tui.widgets.json_view import JsonView
from hoopscope.tui.widgets.output_view import OutputView
from hoopscope.tui.widgets.result_table import ResultTable
from tests.tui.widgets.text_app import Reader, TextApp

ROWS = "id\tname\tamount\n" + "".join(
    f"{number}\tuser {number}\t{number * 7 % 50}\n" for number in range(40)
)


@asynccontextmanager
async def running(widget: Widget, size: tuple[int, int] = (50, 10)) -> AsyncIterator[Reader]:
    app = TextApp(widget)
    async with app.run_test(size=size) as pilot:
        yield Reader(app, pilot)


async def test_a_result_is_a_table_and_text_on_a_key() -> None:
    view = OutputView()
    async with running(view) as reader:
        view.show(HeldBytes(ROWS.encode()))
        await reader.until(lambda: isinstance(view.shown, ResultTable))
        await reader.pilot.pause()
        assert reader.screen()[:3] == [
            "   ▸id  name       amount",
            "▌    0  user 0          0",
            "     1  user 1          7",
        ]
        assert view.position == "row 1 of 40 · id · o text"
        await reader.press("o")
        assert reader.screen()[0] == "   1 id      name    amount"
        assert view.position.endswith("o table")
        await reader.press("j", "o", "j")
        assert view.position.startswith("row 2 of 40")


async def test_a_table_is_sorted_searched_and_copied() -> None:
    output = OutputView()
    async with running(output) as reader:
        output.show(HeldBytes(("BEGIN\n" + ROWS + "a\tb\n=1+1\tx|y\n").encode()))
        await reader.until(lambda: isinstance(output.shown, ResultTable))
        await reader.press("right", "right", "s")
        await reader.until(lambda: "sorted by amount" in output.position)
        assert reader.screen()[:3] == [
            "    id  name     ▸amount▲",
            "▌    0  user 0          0",
            "    36  user 36         2",
        ]
        await reader.press("s")
        await reader.until(lambda: "largest first" in output.position)
        assert reader.screen()[1] == "▌    7  user 7         49"
        reader.app.answer = "user 36"
        await reader.press("slash")
        await reader.until(lambda: "row 39 of 40" in output.position)
        await reader.press("y")
        assert reader.app.copied == [("2", "the cell")]
        await reader.press("full_stop")
        await reader.until(lambda: output.position.startswith("result 2"))
        await reader.press("s")
        assert output.position.startswith("result 2 of 2 · row 1 of 1")
        for answer, copied in [
            ("", "a,b\n'=1+1,x|y\n"),
            ("row json", '[\n{"a": "=1+1", "b": "x|y"}\n]\n'),
            ("all md", "| a | b |\n| --- | --- |\n| =1+1 | x\\|y |\n"),
        ]:
            reader.app.answer = answer
            reader.app.copied.clear()
            await reader.press("Y")
            await reader.until(lambda: reader.app.copied)
            assert reader.app.copied[-1][0] == copied
        reader.app.answer = "all xml"
        await reader.press("Y")
        assert reader.app.said[-1] == "Say row or all, and csv, json or markdown."


async def test_columns_at_the_side_come_into_sight() -> None:
    view = OutputView()
    header = "\t".join(f"column {number}" for number in range(12))
    async with running(view, size=(60, 6)) as reader:
        view.show(HeldBytes(f"{header}\n{header}\n".encode()))
        await reader.until(lambda: isinstance(view.shown, ResultTable))
        await reader.press(*["l"] * 11)
        assert "▸column 11" in reader.screen()[0]
        await reader.press(*["h"] * 11)
        assert "▸column 0" in reader.screen()[0]


async def test_json_is_a_tree_and_what_is_neither_stays_text() -> None:
    view = OutputView()
    async with running(view) as reader:
        view.show(HeldBytes(b'{"a": [1, 2], "b": "x\\u001b[31m"}'))
        await reader.until(lambda: isinstance(view.shown, JsonView))
        await reader.pilot.pause()
        assert reader.screen()[1:6] == [
            "▌ ▾ {2}",
            "    ▾ a: [2]",
            "        1",
            "        2",
            '      b: "x\\u001b[31m"',
        ]
        view.show(HeldBytes(b'{"level": "info"}\n{"level": "error"}\n'))
        await reader.until(lambda: reader.screen()[0].endswith('1 {"level": "info"}'))
        await reader.press("o")
        assert reader.screen()[1:3] == ['▌ ▸ {1}  level: "info"', '  ▸ {1}  level: "error"']
        view.show(HeldBytes(b"just text\n"))
        await reader.until(lambda: reader.screen()[0] == "   1 just text")
        await reader.press("o")
        assert reader.app.said == ["The output is text, and nothing else."]


async def test_an_output_that_grows_is_text_until_it_is_complete_and_then_stays() -> None:
    spool = Spool()
    spool.append(ROWS.encode())
    view = OutputView()
    async with running(view) as reader:
        view.show(spool, complete=False)
        await reader.press("j", "o")
        assert reader.app.said == ["The output is text, and nothing else so far."]
        view.grew(complete=True)
        await reader.until(lambda: "o table" in view.position)
        assert view.shown is view.text
        await reader.press("o")
        assert isinstance(view.shown, ResultTable)
    spool.close()


async def test_a_tree_is_folded_searched_and_copied_from() -> None:
    document = {"items": [{"name": f"n{number}"} for number in range(60)], "last": "e\x07nd"}
    view = JsonView()
    async with running(view) as reader:
        view.show(HeldBytes(json.dumps(document).encode()))
        await reader.until(lambda: view.row_count)
        assert reader.screen()[1:4] == ["▌ ▾ {2}", "    ▸ items: [60]", '      last: "e\\u0007nd"']
        reader.app.answer = "n42"
        await reader.press("slash")
        await reader.until(lambda: view.position == ".items[42].name")
        await reader.press("y", "Y", "h", "y")
        assert reader.app.copied == [
            ("n42", "the value"),
            (".items[42].name", "the path"),
            ('{\n  "name": "n42"\n}', "the value"),
        ]
        await reader.press("minus", "home", "l", "enter")
        assert view.row_count == 63
        await reader.press("h", "h")
        assert view.position == "."
        await reader.press("plus")
        assert view.row_count == 123
