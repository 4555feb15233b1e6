from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.table import Table
from hoopscope.recordings.tables import find_tables
from tests.gateway import captures

ALIGNED = """\
 id |   name   |    note
----+----------+------------
  1 | 日本     | a | b
  2 | Zoë      | two       +
    |          | lines
  3 |          | +
(3 rows)
"""
BOXED = """\
mysql: [Warning] Using a password on the command line interface can be insecure.
+----+-------+
| id | name  |
+----+-------+
|  1 | a | b |
|  2 | NULL  |
+----+-------+
2 rows in set (0.00 sec)
"""
SQLCMD = """\
id          name
----------- -----
          1 ann b
         22 bob

(2 rows affected)
"""
TABS = "BEGIN\nid\tname\n1\ta\n2\t\n(2 rows)\ncount\n42\n(1 row)\nid\tname\n(0 rows)\nUPDATE 3\n"
DASHES = "id\tname\n--\t----\n1\ta\n2\tb\n\n(2 rows affected)\n"
PIPES = "a|b\n1|2\n3|4\n(2 rows)\n"
MARKDOWN = "| a | b |\n|---|:-:|\n| 1 | x |\n"
BROKEN = "id\ttext\n1\tone\nmore of one\n2\ttwo\n"


def rows(table: Table) -> list[list[str]]:
    return [table.row(number) for number in range(len(table))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ALIGNED,
            [
                ["id", "name", "note"],
                ["1", "日本", "a | b"],
                ["2", "Zoë", "two\nlines"],
                ["3", "", "+"],
            ],
        ),
        (BOXED, [["id", "name"], ["1", "a | b"], ["2", "NULL"]]),
        (SQLCMD, [["id", "name"], ["1", "ann b"], ["22", "bob"]]),
        (DASHES, [["id", "name"], ["1", "a"], ["2", "b"]]),
        (PIPES, [["a", "b"], ["1", "2"], ["3", "4"]]),
        (MARKDOWN, [["a", "b"], ["1", "x"]]),
        (BROKEN, [["id", "text"], ["1", "one\nmore of one"], ["2", "two"]]),
        (PIPES.replace("\n", "\r\n"), [["a", "b"], ["1", "2"], ["3", "4"]]),
    ],
)
def test_what_clients_print_becomes_a_table(text: str, expected: list[list[str]]) -> None:
    tables = find_tables(HeldBytes(text.encode()))
    [table] = tables.found
    assert [list(table.titles), *rows(table)] == expected
    assert tables.is_sure


def test_result_sets_follow_on_each_other() -> None:
    tables = find_tables(HeldBytes(TABS.encode()))
    found = [[list(table.titles), *rows(table)] for table in tables.found]
    assert found == [[["id", "name"], ["1", "a"], ["2", ""]], [["count"], ["42"]], [["id", "name"]]]
    assert (tables.others, tables.is_sure) == (0, True)


def test_a_recorded_result_is_a_table() -> None:
    capture = captures.value("detail-sql-ok-stream-utf8")
    tables = find_tables(HeldBytes(capture["event_stream"][0].encode()))
    assert [(table.titles, len(table)) for table in tables.found] == [
        (("id", "name", "country"), 5)
    ]
    assert tables.is_sure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "total 12\ndrwxr-xr-x 2 root root 4096 a\n",
        "--------\n",
        "usage: x [a|b]\nand more\n",
        "one\ttab\nnone\n",
        "body\nline\n\n\ttab\there\n(9 rows)\n",
        "a\tb\n1\tx\ny\n2\tz\nz\n(7 rows)\n",
    ],
)
def test_anything_else_stays_text(text: str) -> None:
    assert not find_tables(HeldBytes(text.encode())).is_sure


def test_numbers_are_sorted_as_numbers_and_what_is_empty_comes_last() -> None:
    text = "n\ttext\n10\tb\n9\tA\n\tc\n-1.5\ta\n1,000\tNULL\n"
    [table] = find_tables(HeldBytes(text.encode())).found
    assert table.numeric() == [True, False]
    assert list(table.order_by(0)) == [3, 1, 0, 4, 2]
    assert list(table.order_by(0, descending=True)) == [4, 0, 1, 3, 2]
    assert list(table.order_by(1)) == [1, 3, 0, 2, 4]


LINES = st.sampled_from(
    ["a\tb", "1|2", "---+---", " a | b ", "+--+", "| 1|", "(1 row)", "(0 rows)", "-- ---", "é+", ""]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=8)), max_size=12), st.binary(max_size=20))
@settings(max_examples=150)
def test_any_text_gives_tables_whose_rows_can_be_read(lines: list[str], tail: bytes) -> None:
    content = "\n".join(lines).encode("utf-8", "replace") + tail
    for table in find_tables(HeldBytes(content)).found:
        for number in range(len(table)):
            assert len(table.row(number)) == len(table.titles)
        for column in range(len(table.titles)):
            assert sorted(table.order_by(column)) == list(range(len(table)))
