"""Reading a body: compressed or not, and never past its limit."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.body import read_body
from hoopscope.gateway.errors import UnexpectedAnswer


async def pieces(data: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]


@given(st.binary(max_size=500), st.integers(1, 50))
async def test_any_body_arrives_whole_in_any_pieces(data: bytes, size: int) -> None:
    assert await read_body(pieces(data, size)) == data
    assert await read_body(pieces(data, size), "identity") == data
    assert await read_body(pieces(gzip.compress(data), size), "gzip") == data
    two = gzip.compress(data) + gzip.compress(b"more")
    assert await read_body(pieces(two, size), "GZIP") == data + b"more"


async def test_the_limit_itself_is_allowed_and_one_more_is_not() -> None:
    for encoding, pack in (("", bytes), ("gzip", gzip.compress)):
        assert len(await read_body(pieces(pack(b"x" * 1_000), 64), encoding, 1_000)) == 1_000
        with pytest.raises(UnexpectedAnswer, match="larger than 1000 bytes"):
            await read_body(pieces(pack(b"x" * 1_001), 64), encoding, 1_000)


async def test_a_small_answer_cannot_unpack_into_a_large_one() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(64)) + packer.flush()
    assert len(bomb) < 100_000
    tracemalloc.start()
    try:
        with pytest.raises(UnexpectedAnswer, match="larger than 1 MiB"):
            await read_body(pieces(bomb, 2**16), "gzip", 2**20)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 4 * 2**20


@pytest.mark.parametrize(
    "broken", [b"no gzip", gzip.compress(b"cut off" * 100)[:-20]], ids=["none", "cut off"]
)
async def test_broken_compression_is_told(broken: bytes) -> None:
    with pytest.raises(UnexpectedAnswer, match="broken"):
        await read_body(pieces(broken, 10), "gzip")


async def test_a_compression_that_was_not_asked_for_is_told() -> None:
    with pytest.raises(UnexpectedAnswer, match="not asked for"):
        await read_body(pieces(b"x", 1), "br")


async def test_an_empty_body_needs_no_compression() -> None:
    assert await read_body(pieces(b"", 1), "gzip") == b""
