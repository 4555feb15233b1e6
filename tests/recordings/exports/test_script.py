from __future__ import annotations

import pytest

from hoopscope.recordings.exports import FORMATS, NothingToExport
from tests.recordings.exports.materials import EXEC, SHELL, WIRE, written

STATEMENTS = [
    (0.5, "i", b"Q\x00\x00\x00\x0dselect 1\x00"),
    (0.75, "i", b"Q\x00\x00\x00\x2ealter user ana with password 'hunter22';\x00"),
    (9.0, "i", b"X\x00\x00\x00\x04"),
]


def test_the_script_as_it_was_given() -> None:
    script = "select 'größe' -- \x1b\n;alter user a password 'hunter22'"
    masked = written("script", [], EXEC, script).decode()
    assert masked == script.replace("hunter22", "********")
    assert written("script", [], EXEC, script, with_secrets=True).decode() == script


def test_the_statements_of_a_connection() -> None:
    text = written("script", STATEMENTS, WIRE).decode()
    assert text == (
        "-- 0.500000 s, statement\nselect 1;\n\n"
        "-- 0.750000 s, statement\nalter user ana with password '********';\n\n"
    )
    assert "hunter22" in written("script", STATEMENTS, WIRE, with_secrets=True).decode()


def test_where_there_is_none_it_says_so() -> None:
    with pytest.raises(NothingToExport, match="has no script"):
        written("script", [(0, "i", b"ls\r")], SHELL, "")


def test_no_two_formats_share_a_name() -> None:
    for subtype in ("postgres", "mongodb", "", "bash"):
        row = SHELL._replace(subtype=subtype)
        assert len({found.suffix_of(row) for found in FORMATS.values()}) == len(FORMATS)
