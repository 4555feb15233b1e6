from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings import line_index
from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.line_index import LineIndex
from hoopscope.recordings.spool import Spool

TEXTS = st.lists(st.sampled_from([b"\n", b"\n\n", b"ab\n", b"abcdefghi", b"x\r\n"]), max_size=40)


@given(TEXTS)
def test_it_knows_the_lines_that_splitting_gives(parts: list[bytes]) -> None:
    content = b"".join(parts)
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(line_index, "BLOCK", 16)
        patched.setattr(line_index, "_STEP", 4)
        index = LineIndex(HeldBytes(content))
        while index.grow(1):
            pass
        assert len(index) == len(lines)
        at = 0
        for number, line in enumerate(lines):
            assert index.span(number) == (at, at + len(line))
            assert index.line_at(at) == index.line_at(at + len(line)) == number
            at += len(line) + 1
    with pytest.raises(IndexError):
        index.span(len(lines))


def test_it_grows_with_its_source() -> None:
    spool = Spool()
    index = LineIndex(spool)
    assert not index.grow()
    assert len(index) == 0
    spool.append(b"one\ntw")
    index.grow()
    assert (len(index), index.span(1)) == (2, (4, 6))
    spool.append(b"o\n")
    assert not index.is_level
    index.grow()
    assert (len(index), index.span(1)) == (2, (4, 7))
    assert index.line_at(100) == 1
    spool.close()
