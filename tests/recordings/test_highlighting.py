from __future__ import annotations

import pytest

from hoopscope.recordings.highlighting import Highlighter, language_of


def told(language: str, lines: list[str]) -> list[list[tuple[str, str]]]:
    tones = Highlighter(language).tones(lines)
    return [
        [(line[first:last], tone) for first, last, tone in found]
        for line, found in zip(lines, tones, strict=True)
    ]


def test_sql_has_few_tones_and_comments_go_over_lines() -> None:
    assert told("postgresql", ["SELECT 'a', 10 /* b", "c */ FROM t"]) == [
        [("SELECT", "keyword"), ("'a'", "string"), ("10", "number"), ("/* b", "comment")],
        [("c */", "comment"), ("FROM", "keyword")],
    ]


def test_what_is_too_long_or_in_no_known_language_stays_plain() -> None:
    assert told("sql", ["SELECT " + "x" * 3_000, "SELECT"]) == [[], [("SELECT", "keyword")]]
    assert told("sql", ["SELECT 1"] * 20_000)[0] == []
    assert told("no such language", ["SELECT 1"]) == [[]]
    assert Highlighter("").is_quick(10**9)


@pytest.mark.parametrize(
    ("subtype", "language"),
    [("postgres", "postgresql"), ("mssql", "tsql"), ("mongodb", "javascript"), ("new", "sql")],
)
def test_the_connection_tells_the_language(subtype: str, language: str) -> None:
    assert language_of("database", subtype) == language
    assert told(language, [""]) == [[]]
    assert Highlighter(language)._load()
