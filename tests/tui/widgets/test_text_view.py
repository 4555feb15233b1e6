from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.spool import Spool
from hoopscope.untrusted import harmless
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
    ending = content[: -len(b"\nnext\n")]
    async with reading(ending, size=(40, 6), at_end=True) as reader:
        await reader.press("w", "end")
        await reader.until(lambda: reader.screen()[5].endswith("|end"))


async def test_nothing_is_said_to_be_nothing() -> None:
    async with reading(b"") as reader:
        assert reader.screen()[0] == " nothing"
        assert reader.view.position == ""


async def test_it_finds_counts_and_goes_around() -> None:
    async with reading(NUMBERED, size=(60, 10)) as reader:
        view = reader.view
        reader.app.answer = "row [59]0"
        await reader.press("slash")
        await reader.until(lambda: "1 of 2 matches" in view.position)
        assert view.position.startswith("lines 47–56 of 100")
        assert reader.screen()[3] == "▌ 50 this is row 50"
        await reader.painted()
        await reader.press("n")
        await reader.until(lambda: "2 of 2 matches" in view.position)
        await reader.press("n")
        await reader.until(lambda: "1 of 2 matches" in view.position)
        assert reader.app.said == ["From the end it went on at the start."]
        await reader.press("N")
        await reader.until(lambda: "2 of 2 matches" in view.position)
        reader.app.answer = "nowhere"
        await reader.press("slash")
        await reader.until(lambda: "no match" in view.position)
        assert reader.app.notice == "“nowhere” is not in this text."
        reader.app.answer = "row 7"
        await reader.press("slash")
        await reader.until(lambda: "of 11 matches" in view.position)
        assert reader.app.notice == "From the end it went on at the start."
        await reader.press("n")
        await reader.until(lambda: reader.app.notice == "")
        await reader.press("escape")
        assert "row" not in view.position
    async with reading(b"", complete=False) as reader:
        reader.app.answer = "x"
        await reader.press("slash")
        await reader.until(lambda: reader.app.notice == "“x” is not in what is here so far.")


async def test_what_is_found_at_the_side_comes_into_sight() -> None:
    async with reading(b"x" * 500 + b"needle\n" + b"y\n" * 50) as reader:
        reader.app.answer = "needle"
        await reader.press("slash")
        await reader.until(lambda: "needle" in reader.screen()[0])
        await reader.press("w")
        assert "needle" in reader.screen()[0] + reader.screen()[1].strip()


async def test_it_goes_from_error_to_error_and_to_marked_words() -> None:
    text = NUMBERED + b"ERROR: one\nthen\nError: two, failed\n" + NUMBERED + b"it was Forbidden\n"
    async with reading(text, marks=["forbidden"]) as reader:

        def is_at(line: int) -> Callable[[], bool]:
            return lambda: reader.view.line_here == line

        for line in (100, 102, 203):
            await reader.press("e")
            await reader.until(is_at(line))
        assert reader.screen()[9] == "▌204 it was Forbidden"
        await reader.press("E")
        await reader.until(is_at(102))
        await reader.press("E")
        await reader.until(is_at(100))
        await reader.press("E")
        await reader.until(is_at(203))
        assert reader.app.said == ["There was none any more: this is the last one."]
        await reader.press("escape")
        assert reader.screen()[9] == "!204 it was Forbidden"
    async with reading(b"SELECT error FROM t\n", language="sql") as reader:
        await reader.press("e")
        assert reader.app.said == ["No guardrail matched anything in this text."]


async def test_lines_are_selected_and_copied_without_what_a_terminal_would_obey() -> None:
    text = b"one\ttab\n\x1b[31mred\x1b[0m\x07 \xff\r\nthree\n" + NUMBERED
    async with reading(text) as reader:
        await reader.press("y")
        assert reader.app.copied == [("one\ttab", "line 1")]
        await reader.press("v", "j", "j", "y")
        assert reader.app.copied[-1] == (
            "one\ttab\nred\\x07 \\xff\nthree\n",
            "the selection",
        )
        assert reader.view.position.endswith("3 selected")
        await reader.press("end")
        assert len(reader.view.selected) == 103
        await reader.press("escape", "escape", "Y")
        assert reader.app.copied[-1][1] == "the text"
        assert reader.app.copied[-1][0].endswith("this is row 100\n")


async def test_a_step_of_a_selection_paints_the_rows_that_changed() -> None:
    async with reading(NUMBERED) as reader:
        await reader.press("v")
        await reader.painted()
        await reader.press("j")
        assert await reader.painted() == [1]
        await reader.press("k")
        assert await reader.painted() == [1]


async def test_a_script_is_coloured_once_its_tones_are_known() -> None:
    script = b"SELECT 'text', 10 -- why\n" * 30
    async with reading(script, language="postgresql") as reader:

        def styles() -> int:
            return len({segment.style for segment in reader.view.render_line(1)})

        await reader.until(lambda: styles() > 4)
        await reader.press("pagedown")
        assert styles() > 4
        assert reader.screen()[0].endswith("SELECT 'text', 10 -- why")


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                b"\n",
                b"\r",
                b"\r\n",
                b"\t",
                b"\b",
                b"word ",
                b"error",
                b"a" * 5_000,
                b"\xff",
                b"\x07",
            ),
            *(b"\x1b[31m", b"\x1b[0K", b"\x1b]0;", b"\x1b[7;38;5;9m"),
            *("日本語".encode(), "e\u0301\u0301\u0301".encode(), "👍🏽".encode()),
            *("\u202e\u200b\x9b".encode(), "日".encode() * 3_000),
        ]
    ),
    max_size=25,
).map(b"".join)
KEYS = st.lists(st.sampled_from("wcvjkelh$0Gn#") | st.just("ctrl+d"), min_size=8, max_size=16)


async def test_whatever_a_text_holds_every_row_is_harmless_and_exactly_as_wide() -> None:
    async with reading(b"", size=(33, 8)) as reader:

        @given(PIECES, KEYS, st.booleans())
        @settings(max_examples=25)
        def look(content: bytes, keys: list[str], at_end: bool) -> None:
            view = reader.view
            view.show(HeldBytes(content), at_end=at_end, marks=["word"])
            view.find("r")
            actions: dict[str, Callable[[], None]] = {
                "w": view.action_toggle_wrap, "c": view.action_toggle_raw,
                "v": view.action_select, "j": lambda: view.scroll_rows(1),
                "k": lambda: view.scroll_rows(-1), "e": view.action_copy,
                "l": lambda: view.scroll_sideways(7), "h": lambda: view.scroll_sideways(-7),
                "$": lambda: view.action_scroll_to_side(True), "G": view.go_to_end,
                "0": lambda: view.action_scroll_to_side(False),
                "n": lambda: view.go_to_line(3), "#": view.action_toggle_numbers,
                "ctrl+d": lambda: view.action_scroll_page(0.5),
            }  # fmt: skip
            for key in keys:
                actions[key]()
                rows = [view.render_line(y).text for y in range(8)]
                assert all(harmless(row) == row for row in rows)
                assert view.position == harmless(view.position)

        look()
