from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings.kinds import PRINTING, RecordingKind, kind_of
from hoopscope.untrusted import harmless
from tests.recordings.exports.materials import SHELL, written

TYPES = (
    "postgres",
    "mysql",
    "mssql",
    "mongodb",
    "oracledb",
    "tcp",
    "ssh",
    "httpproxy",
    "mcp",
    "rdp",
)
REQUEST = b"GET /a HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer abcdefgh12345\r\n\r\n"
FRAME = (
    b"\x02\x00\x00" + b"\x00\x00\x00\x04exec\x00" + b"\x00\x00\x00\x1aexport PASSWORD=hunter2222"
)


def test_every_other_kind_is_decoded() -> None:
    kinds = {kind_of("application", subtype, "connect") for subtype in TYPES}
    assert kinds == set(RecordingKind) - {*PRINTING, RecordingKind.NONE}


def test_headers_and_frames_are_shown_without_secrets() -> None:
    http = SHELL._replace(type="httpproxy", subtype="httpproxy")
    text = written("txt", [(0.5, "i", REQUEST)], http).decode()
    assert "    0.500000  request  GET /a\n" in text
    assert "Authorization: ********\n" in text
    assert "abcdefgh" in written("txt", [(0.5, "i", REQUEST)], http, with_secrets=True).decode()
    ssh = SHELL._replace(type="application", subtype="ssh")
    text = written("txt", [(0.5, "i", FRAME)], ssh).decode()
    assert "hunter" not in text
    assert "hunter" not in "".join(line[-16:] for line in text.splitlines())
    assert "68 75 6e 74" not in text


@given(
    st.sampled_from(TYPES),
    st.lists(st.tuples(st.sampled_from("ioebh"), st.binary(max_size=40)), max_size=8),
)
def test_any_bytes_become_harmless_lines(subtype: str, events: list[tuple[str, bytes]]) -> None:
    row = SHELL._replace(type="application", subtype=subtype)
    given = [(number / 10, *event) for number, event in enumerate(events)]
    for name in ("txt", "script"):
        if name == "script" and subtype in ("tcp", "ssh", "httpproxy", "mcp", "rdp"):
            continue
        text = written(name, given, row, with_secrets=True).decode()
        if name == "txt":
            assert all(harmless(line) == line for line in text.split("\n"))
