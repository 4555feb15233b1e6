from __future__ import annotations

from hoopscope.sessions.facts.panel import WHOLE, FactsContext
from tests.sessions.facts.sessions import NOW, panel, said_in


def test_the_first_lines_and_how_many_there_are() -> None:
    script = {"data": "".join(f"select {index};\n" for index in range(1000))}
    lines = said_in(panel("ok-simple", "script", script=script))
    assert lines[0] == "Script 1,000 lines, 11.9 kB"
    assert lines[1:3] == ["select 0;", "select 1;"]
    assert lines[-1] == "… 988 more lines"


def test_the_whole_is_whole() -> None:
    script = {"data": "a\tb\r\n\n\x1b[31m\n" + "x" * 5000}
    found = panel("ok-simple", "script", FactsContext(NOW, limits=WHOLE), script=script)
    assert [line[0][0] for line in found.lines] == ["a       b", "", r"\x1b[31m", "x" * 5000]


def test_a_line_too_long_ends_in_an_ellipsis() -> None:
    [line] = panel("ok-simple", "script", script={"data": "\u202e" * 10**6}).lines
    assert line[0][0].endswith("…")
    assert len(line[0][0]) == 480


def test_no_script_is_told_from_one_that_was_not_given() -> None:
    assert said_in(panel("ok-simple", "script", script={"data": ""})) == ["Script none"]
    assert said_in(panel("live", "script")) == ["Script none: an interactive session"]
    assert said_in(panel("ok-simple", "script", script=None)) == ["Script not given by the gateway"]
