"""The size of a recorded terminal, from what real programs printed and from anything else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.emulator import MAX_COLUMNS, MAX_ROWS
from hoopscope.recordings.recording import Recording
from hoopscope.recordings.shared_recording import SharedRecording
from hoopscope.recordings.terminal_size import (
    ASSUMED,
    ESTIMATED,
    KNOWN,
    PARTLY,
    estimated_size,
    size_from,
)

STREAMS = Path(__file__).parent / "streams"


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("vim", (80, 24, PARTLY)),
        ("less", (80, 24, PARTLY)),
        ("top", (80, 24, ESTIMATED)),
        ("shell", (80, 24, ASSUMED)),
    ],
)
def test_real_programs_at_80_by_24(name: str, size: tuple[int, int, str]) -> None:
    assert size_from(b"", (STREAMS / f"{name}.bin").read_bytes()) == size


@pytest.mark.parametrize(
    ("typed", "printed", "size"),
    [
        # What the terminal answers.
        (b"ls\r\x1b[8;50;211t", b"", (211, 50, KNOWN)),
        (b"\x1b[48;33;97;660;776t", b"", (97, 33, KNOWN)),
        (b"\x1b[40;120R", b"\x1b7\x1b[r\x1b[999;999H\x1b[6n", (120, 40, KNOWN)),
        # Where the cursor is tells nothing by itself.
        (b"\x1b[4;20R", b"\x1b[6n", (80, 24, ASSUMED)),
        # What programs say.
        (b"", b"$ stty size\r\n40 120\r\n$ ", (120, 40, KNOWN)),
        (b"", b"speed 38400 baud; rows 33; columns 97; line = 0;", (97, 33, KNOWN)),
        # tmux: a region, and a bar that is filled to the edge.
        (
            b"",
            b"\x1b[1;40r\x1b[42m\r\n[0] 0:ls*" + b" " * 90 + b'"vm" 00:59 26-Nov-26\x1b(B' * 2,
            (120, 40, PARTLY),
        ),
        # zsh before a prompt; the rows are those that are usual for such a width.
        (
            b"",
            b"\x1b[1m\x1b[7m%\x1b[27m\x1b[1m\x1b[0m" + b" " * 131 + b"\r \r$ ",
            (132, 38, PARTLY),
        ),
        # A watch: a title to the right edge, and the corner at its end.
        (
            b"",
            b"\x1b[1;33r\x1b[1;70Hvm: Thu Nov 26 01:00:08 2026\x1b[33;97H",
            (97, 33, ESTIMATED),
        ),
        # A shell whose line is full; but going back to the begin of a line is no wrapping.
        (b"", b"$ echo " + b"x" * 90 + b" \rxxx", (97, 28, PARTLY)),
        (b"", b"$ echo " + b"x" * 90 + b" \r\x1b[C", (80, 24, ASSUMED)),
        # apt keeps the last row.
        (b"", b"\x1b[1;23r\x1b7\x1b[24;0fProgress: [ 10%]\x1b8", (80, 24, PARTLY)),
        # Nonsense is not believed.
        (b"\x1b[8;9999;9999t", b"\x1b[1;9999r\x1b[9999;9999H", (80, 24, ASSUMED)),
    ],
)
def test_evidence(typed: bytes, printed: bytes, size: tuple[int, int, str]) -> None:
    assert size_from(typed, printed) == size


@given(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from(
            [
                b"\x1b[",
                b"H",
                b";",
                b"0",
                b"99",
                b"1000",
                b"r",
                b"t",
                b"R",
                b"%",
                b" " * 30,
                b"\r",
                b"\n",
                b"\xff",
            ]
        ),
        max_size=60,
    ).map(b"".join),
)
def test_anything_has_a_size(typed: bytes, printed: bytes) -> None:
    columns, rows, _ = size_from(typed, printed)
    assert 1 < columns <= MAX_COLUMNS
    assert 1 < rows <= MAX_ROWS


def test_a_long_recording_is_looked_at_in_parts() -> None:
    recording = Recording()
    recording.append(Event(n, "o", b"x" * 4000 + b"\r\n") for n in range(2000))
    recording.append([Event(2000, "o", b"\x1b[1;40r")])
    recording.append(Event(2000 + n, "o", b"\x1b[40;1Hx" * 500) for n in range(200))
    shared = SharedRecording(recording.payloads.fileno(), recording.index.fileno())
    assert estimated_size(shared)[1] == 40
    recording.close()
