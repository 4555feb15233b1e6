from __future__ import annotations

from hoopscope.recordings.spool import Spool
from tests.tui.widgets.text_app import reading

NUMBERED = b"".join(b"this is row %d\n" % number for number in range(1, 101))


async def test_it_shows_numbered_lines_and_says_where_it_is() -> None:
    async with reading(NUMBERED) as reader:
        assert reader.screen()[0] == "   1 this is row 1"
        assert reader.screen()[9] == "  10 this is row 10"
        assert reader.view.position == "lines 1–10 of 100 · 9 %"
        await reader.press("end")
        assert reader.screen()[9] == " 100 this is row 100"
        assert reader.view.position == "lines 91–100 of 100 · 100 %"
        await reader.press("pageup", "k", "ctrl+u")
        assert reader.view.first_line == 90 - 9 - 1 - 5


async def test_it_goes_to_a_line_and_to_a_share_and_says_what_is_neither() -> None:
    async with reading(NUMBERED) as reader:
        for answer, first in [("50", 49), ("1,000", 90), ("0", 0), ("50 %", 50)]:
            reader.app.answer = answer
            await reader.press("g")
            assert reader.view.first_line == first
        reader.app.answer = "x"
        await reader.press("g")
        assert reader.app.said == ["A line is a number, or a share such as 50 %."]


async def test_long_lines_go_on_at_the_side_or_in_the_next_row() -> None:
    line = "日本" * 20 + "x" * 30 + "|end"
    async with reading(f"short\n{line}\n".encode(), size=(32, 8)) as reader:
        await reader.press("number_sign")
        assert reader.screen()[1] == " " + "日本" * 7 + "日›"
        await reader.press("dollar_sign")
        assert reader.screen()[1].endswith("|end")
        await reader.press("0", "w")
        wrapped = [row[1:] for row in reader.screen() if row]
        assert "".join(row.removeprefix(" ") for row in wrapped) == "short" + line
        await reader.press("l")
        assert reader.app.said == ["Lines are wrapped: there is nothing at the side."]


async def test_a_text_that_grows_is_followed_or_left_alone() -> None:
    spool = Spool()
    spool.append(NUMBERED)
    async with reading(spool, at_end=True, complete=False) as reader:
        assert reader.screen()[9] == " 100 this is row 100"
        spool.append(b"one")
        reader.view.grew()
        assert await reader.painted() == []
        assert reader.view.position == "lines 91–100 of 101+ · 99 %"
        await reader.press("F")
        assert reader.screen()[9] == " 101 one"
        await reader.painted()
        spool.append(b" more")
        reader.view.grew()
        assert await reader.painted() == [9]
        assert reader.screen()[9] == " 101 one more"
        await reader.press("k")
        spool.append(b"\nand more\n")
        reader.view.grew(complete=True)
        assert not reader.view.follows
        assert reader.screen()[9] == " 100 this is row 100"
        await reader.press("F")
        assert reader.app.said == ["The text is complete: nothing will follow."]
    spool.close()


async def test_colours_are_shown_and_everything_else_is_not_obeyed() -> None:
    text = b"\x1b[31mred\x1b[0m \x1b]0;title\x07 10%\r\x1b[K done\x07\r\n"
    async with reading(text) as reader:
        assert reader.screen()[0] == "   1  done\\x07"
        await reader.press("c")
        assert reader.screen()[0].startswith("   1 \\x1b[31mred\\x1b[0m \\x1b]0;titl")


async def test_when_lines_were_recorded_is_said_on_demand() -> None:
    def moment_of(offset: int) -> tuple[float, str]:
        return offset * 10.0, "i" if offset else "o"

    async with reading(b"out\nin\n", moment_of=moment_of) as reader:
        await reader.press("T")
        assert reader.screen()[:2] == ["   1     0.0  out", "   2    40.0› in"]
    async with reading(b"out\n") as reader:
        await reader.press("T")
        assert reader.app.said == ["When this text was recorded is not known."]


async def test_a_line_of_ten_megabytes_is_read_where_it_is_looked_at() -> None:
    content = b"begin" + b"x" * 10_000_000 + "é".encode() * 5_000 + b"|end\nnext\n"
    async with reading(content, size=(40, 6)) as reader:
        long = reader.view.lines.long_line(0)
        assert long is not None
        await reader.until(lambda: long.is_known)
        await reader.press("dollar_sign")
        assert reader.screen()[:2] == ["   1 " + "é" * 30 + "|end", "   2"]
        await reader.press("0", "w", "end")
        assert reader.screen()[5] == "   2 next"
        assert reader.screen()[4].endswith("|end")


async def test_nothing_is_said_to_be_nothing() -> None:
    async with reading(b"") as reader:
        assert reader.screen()[0] == " nothing"
        assert reader.view.position == ""
