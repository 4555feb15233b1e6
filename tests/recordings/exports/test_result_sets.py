from __future__ import annotations

import csv
import io

import pytest

from hoopscope.recordings.exports import NothingToExport
from tests.recordings.exports.materials import EXEC, written

PSQL = (
    " id |   name    | total \n----+-----------+-------\n"
    "  1 | größe     |  -3.5\n  2 | =cmd()    |    10\n  3 | a,\"b\" \x1b[m |      \n(3 rows)\n\n"
)  # fmt: skip
TABS = "n\tpassword\n1\tx\n2\ty\n"


def output(*parts: str) -> list[tuple[float, str, bytes]]:
    return [(at, "o", part.encode()) for at, part in enumerate(parts)]


def test_result_sets_as_csv() -> None:
    text = written("csv", output(PSQL[:70], PSQL[70:], TABS), EXEC).decode()
    first, second = text.split("\n\n")
    assert list(csv.reader(io.StringIO(first))) == [
        ["id", "name", "total"],
        ["1", "größe", "-3.5"],
        ["2", "'=cmd()", "10"],
        ["3", 'a,"b" \\x1b[m', ""],
    ]
    assert second == "n,password\n1,x\n2,y\n"
    assert written("csv", output(PSQL, TABS), EXEC, table=2).decode() == second


def test_a_formula_among_thousands_of_numbers() -> None:
    rows = [f"{number}\t{number}" for number in range(5000)]
    rows[3333] = "3333\t=1+1"
    text = written("csv", output("a\tb\n" + "\n".join(rows) + "\n"), EXEC).decode()
    assert "\n3333,'=1+1\n" in text
    assert len(text.splitlines()) == 5001


def test_without_a_table_it_says_so() -> None:
    with pytest.raises(NothingToExport, match="no table in the output"):
        written("csv", output("hello\n"), EXEC)
    with pytest.raises(NothingToExport, match="no table 2"):
        written("csv", output(TABS), EXEC, table=2)
