from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.errors import InvalidSessionId
from hoopscope.gateway.row import NO_START
from hoopscope.recordings.exports.file_names import file_name
from tests.recordings.exports.materials import SHELL

ID = SHELL.id


def test_a_name_has_time_connection_and_id() -> None:
    assert file_name(SHELL, ".txt") == f"20261123T122637Z_bash-prod_{ID}.txt"
    hostile = SHELL._replace(connection="../../etc/passwd\x00\n-rf", start=NO_START)
    assert file_name(hostile, ".cast") == f"undated_etc_passwd_-rf_{ID}.cast"
    assert file_name(SHELL._replace(connection="…"), ".txt").split("_")[1] == "unnamed"


@given(st.text(max_size=200), st.integers(-(2**63), 2**63), st.uuids(), st.uuids())
def test_any_name_stays_in_its_folder(name: str, start: int, one: object, other: object) -> None:
    row = SHELL._replace(connection=name, start=start, id=str(one).upper())
    found = file_name(row, ".txt")
    assert re.fullmatch(r"[0-9a-z][A-Za-z0-9._-]{0,129}", found)
    assert Path("/folder", found).resolve().parent == Path("/folder")
    another = file_name(row._replace(id=str(other)), ".txt")
    assert (found.lower() == another.lower()) == (str(one) == str(other))


@given(st.text(max_size=40))
def test_what_is_no_id_gets_no_name(text: str) -> None:
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", text):
        with pytest.raises(InvalidSessionId):
            file_name(SHELL._replace(id=text), ".txt")
