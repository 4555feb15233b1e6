from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings import text_search
from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.error_words import ERRORS
from hoopscope.recordings.search_pattern import PatternTooSlow, SearchPattern
from hoopscope.recordings.spool import Spool
from hoopscope.recordings.text_search import TextSearch


def all_of(search: TextSearch) -> list[tuple[int, int]]:
    found, offset = [], 0
    while (match := search.next_from(offset)) is not None:
        found.append(match)
        offset = match[1]
    return found


TEXTS = st.lists(
    st.sampled_from(["ab", "AB", "abab", "é", "\n", "日本", "\x1b[31m", "xyz" * 9]), max_size=60
).map("".join)


@given(TEXTS, st.sampled_from(["ab", "b\x1b", "é", "ab+", "[^x]b", "^ab", "日|y", "AB", "É"]))
def test_it_finds_line_by_line_what_an_expression_finds(text: str, wanted: str) -> None:
    content = text.encode()
    flags = re.IGNORECASE if wanted == wanted.lower() else 0
    expected, at = [], 0
    for line in text.split("\n"):
        for found in re.finditer(wanted, line, flags):
            begins = at + len(line[: found.start()].encode())
            expected.append((begins, begins + len(found.group().encode())))
        at += len(line.encode()) + 1
    with pytest.MonkeyPatch.context() as patched:
        # Pieces that end with lines; no line here is as long as two of them.
        patched.setattr(text_search, "PIECE", 2_000)
        search = TextSearch(HeldBytes(content), SearchPattern(wanted))
        assert all_of(search) == expected
        while search.count_on(1):
            pass
        assert search.count == len(expected)
        for number, match in enumerate(expected, 1):
            assert search.number_of(match) == number
            assert search.last_before(match[0] + 1) == match
        assert search.last_before(0) is None


@pytest.mark.parametrize("wanted", ["needle", "need[l]e", "Needle"])
def test_pieces_and_lines_longer_than_pieces_hide_nothing(wanted: str) -> None:
    line = b"." * 3_000 + b"Needle" + b"." * 2_000
    content = b"".join(line if number % 3 else line + b"\n" for number in range(40))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(text_search, "PIECE", 4_096)
        search = TextSearch(HeldBytes(content), SearchPattern(wanted))
        assert [begins for begins, _ in all_of(search)] == [
            found.start() for found in re.finditer(b"Needle", content)
        ]
        while search.count_on():
            pass
        assert search.count == 40


def test_escape_sequences_are_looked_through() -> None:
    content = b"a \x1b[31mERR\x1b[0mOR here\x1b]0;ERROR\x07\nand \x1b[1mERROR\x1b[0m"
    search = TextSearch(HeldBytes(content), SearchPattern("ERROR"), skips_sequences=True)
    assert [content[begins:ends] for begins, ends in all_of(search)] == [
        b"ERR\x1b[0mOR",
        b"ERROR",
    ]
    assert search.within(0, 40, (0, 40)) == [(7, 16)]
    stored = TextSearch(HeldBytes(content), SearchPattern("ERROR"))
    assert len(all_of(stored)) == 2


def test_a_text_that_grows_is_counted_on() -> None:
    spool = Spool()
    search = TextSearch(spool, SearchPattern("x"))
    for count in (3, 5):
        spool.append(b"xxx" if count == 3 else b"x\nx")
        while search.count_on():
            pass
        assert (search.count, search.is_counted) == (count, True)
    spool.close()


def test_an_expression_that_never_ends_is_stopped() -> None:
    pattern = SearchPattern("(x|xx)+$", seconds=0.05)
    search = TextSearch(HeldBytes(b"x" * 60 + b"z"), pattern)
    started = time.perf_counter()
    with pytest.raises(PatternTooSlow):
        search.next_from(0)
    assert time.perf_counter() - started < 2


def test_what_is_no_expression_is_looked_for_as_it_is_and_empty_matches_are_none() -> None:
    broken = SearchPattern("f(x")
    assert broken.is_literal
    assert "missing )" in broken.why_literal
    assert list(broken.matches(b"f(x) F(X)")) == [(0, 3), (5, 8)]
    assert list(SearchPattern("x*").matches(b"axxb")) == [(1, 3)]
    assert SearchPattern("").count(b"abc", 0, 3) == 0
    assert SearchPattern.of_words([]) is None


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("ERROR:  relation does not exist", True),
        ("java.lang.NullPointerException: x", True),
        ("ORA-00942: table or view", True),
        ("bash: foo: command not found", True),
        ("0 errors, 3 rows", False),
        ("errors: 0", False),
        ("the mirror of terror", False),
        ("done", False),
    ],
)
def test_lines_that_look_like_errors(line: str, is_one: bool) -> None:
    pattern = SearchPattern.of_words([], ERRORS)
    assert pattern is not None
    assert bool(list(pattern.matches(line.encode()))) is is_one
