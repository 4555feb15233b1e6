from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.sessions.columns import COLUMNS, GAP, WANTED, ColumnContext, fit_columns
from hoopscope.untrusted import cell_width, harmless
from tests.sessions.rows import HOUR, NOW, any_row, captured, row

BY_ID = {column.id: column for column in COLUMNS}
CONTEXT = ColumnContext(now=NOW)
ASCII = ColumnContext(now=NOW, ascii=True)


def text(column: str, context: ColumnContext = CONTEXT, **fields: Any) -> str:
    return BY_ID[column].text(row(**fields), context)


def cell(column: str, width: int, context: ColumnContext = CONTEXT, **fields: Any) -> str:
    return BY_ID[column].cell(row(**fields), context, width)


@given(any_row, st.sampled_from(COLUMNS), st.integers(1, 40), st.booleans())
def test_any_row_is_harmless_and_fits(
    hostile: SessionRow, column: Any, width: int, plain: bool
) -> None:
    context = ASCII if plain else CONTEXT
    cut = column.cell(hostile, context, width)
    assert cut == harmless(cut)
    assert cell_width(cut) == width
    whole = column.text(hostile, context)
    assert whole == harmless(whole)


@given(any_row, st.sampled_from(COLUMNS), st.integers(1, 40))
def test_what_is_cut_says_so(hostile: SessionRow, column: Any, width: int) -> None:
    whole = column.text(hostile, CONTEXT)
    cut = column.cell(hostile, CONTEXT, width)
    if column.narrow is None and cut.strip() != whole.strip():
        assert cut.rstrip().endswith("…")


@given(st.integers(1, 400))
def test_columns_fill_no_more_than_their_width(width: int) -> None:
    fitted = fit_columns(COLUMNS, width)
    assert fitted
    assert sum(size for _, size in fitted) + GAP * (len(fitted) - 1) <= width
    for column, size in fitted:
        assert size <= column.max_width
        assert size >= column.min_width or len(fitted) == 1
    kept = [column for column, _ in fitted]
    assert kept == [column for column in COLUMNS if column in kept]
    if width > 1:
        narrower = {column.id for column, _ in fit_columns(COLUMNS, width - 1)}
        assert narrower <= {column.id for column in kept}


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (58, "when who connection outcome took"),
        (78, "when who connection outcome took review flags"),
        (89, "when who connection kind outcome took review flags"),
        (118, "when who connection kind verb outcome took review flags jira correlation"),
        (45, "when connection outcome"),
        (50, "when who connection outcome"),
        (5, "outcome"),
    ],
)
def test_usual_widths(width: int, shown: str) -> None:
    assert " ".join(column.id for column, _ in fit_columns(COLUMNS, width)) == shown


def test_what_is_left_over_widens_the_first_ones() -> None:
    narrow = {column.id: size for column, size in fit_columns(COLUMNS, 78)}
    assert narrow == {
        "when": 11,
        "who": 10,
        "connection": 13,
        "outcome": 12,
        "took": 5,
        "review": 10,
        "flags": 5,
    }
    usual = fit_columns(COLUMNS, 142)
    assert [(column.id, size) for column, size in usual] == [
        (column.id, column.width) for column in COLUMNS if column.priority <= WANTED
    ]


@given(st.integers(80, 220))
def test_some_columns_have_one_width_or_the_other(width: int) -> None:
    sizes = {column.id: size for column, size in fit_columns(COLUMNS, width)}
    assert sizes["when"] in (11, 19)
    assert sizes.get("verb", 4) in (4, 7)


def test_a_wide_terminal_shows_everything_whole() -> None:
    assert fit_columns(COLUMNS, 300) == [(column, column.max_width) for column in COLUMNS]


@pytest.mark.parametrize(
    ("fields", "width", "shown"),
    [
        ({}, 20, "bruno@acme.example"),
        ({}, 12, "bruno@…"),
        ({"user": "bartholomew@acme.example"}, 10, "bartholom…"),
        ({"user": "@acme.example"}, 10, "@acme.exa…"),
        ({"user": "", "user_name": "backend-prod"}, 20, "backend-prod ⚙"),
        ({"user": "", "user_name": "backend-prod"}, 12, "backend-p… ⚙"),
        ({"user": "ci-bot"}, 12, "ci-bot key"),
        ({"user": "", "user_name": "", "user_id": ""}, 12, "? ⚙"),
    ],
)
def test_who(fields: dict[str, Any], width: int, shown: str) -> None:
    assert cell("who", width, **fields).rstrip() == shown


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, ""),
        ({"review_status": "PENDING", "status": "open", "review_needed": 2}, "… 0 of 2"),
        ({"review_status": "PENDING"}, "– nobody"),
        ({"review_status": "APPROVED"}, "✓ approved"),
        (
            {"review_status": "APPROVED", "review_type": "jit", "review_revoke_at": NOW},
            "– expired",
        ),
        ({"review_status": "EXECUTED"}, "✓ executed"),
        ({"review_status": "EXECUTED", "status": "open"}, "– used up"),
        ({"review_status": "REJECTED"}, "⊘ rejected"),
        ({"review_status": "REVOKED"}, "⊘ revoked"),
        ({"review_status": "PROCESSING"}, "▶ running"),
        ({"review_status": "ESCALATED\n"}, "? ESCALATED\\n"),
    ],
)
def test_review(fields: dict[str, Any], shown: str) -> None:
    assert text("review", **fields) == shown


def test_took() -> None:
    running: dict[str, Any] = {
        "status": "open",
        "end": None,
        "exit_code": None,
        "start": NOW - HOUR,
    }
    assert text("took") == "0.4s"
    assert text("took", **running) == "1h00m"
    assert text("took", **{**running, "start": NOW + HOUR}) == "0.0s"
    assert text("took", **running, review_status="PENDING") == "–"
    assert text("took", start=NO_START) == "–"
    assert text("took", ASCII, end=0) == "-"
    assert cell("took", 6) == "  0.4s"


def test_flags_are_letters() -> None:
    assert text("flags") == ""
    assert text("flags", guardrail_hits=2, ai_risk="high", masked=1234) == "G2 A! M1.2k"
    assert text("flags", ai_risk="medium", truncated=True) == "A T"
    assert text("flags", ai_risk="grave") == "A?"


def test_the_rest() -> None:
    assert text("kind") == "postgres"
    assert text("kind", subtype="") == "database"
    assert cell("verb", 4, verb="connect") == "conn"
    assert cell("verb", 7, verb="connect") == "connect"
    assert text("outcome", exit_code=3) == "✗ exit 3"
    assert text("outcome", ASCII, exit_code=3) == "x exit 3"
    assert text("size", event_size=1200) == "1.2kB"
    assert text("size") == "–"
    assert cell("when", 8) == "11:05:00"
    assert text("when", start=NO_START) == "no start"
    assert cell("id", 9) == "3f0c2f4e…"


def test_ascii_signs_are_ascii() -> None:
    waiting = {"review_status": "PENDING", "status": "open", "end": None}
    for fields in (
        {},
        waiting,
        {"user": "", "user_name": "m"},
        {"exit_code": 1},
        {"review_status": "REJECTED"},
    ):
        for column in COLUMNS:
            assert column.text(row(**fields), ASCII).isascii()
            assert column.cell(row(**fields), ASCII, column.min_width).isascii()


def test_a_recorded_hostile_session_is_harmless() -> None:
    session = captured("detail-correlation-hostile")
    for column in COLUMNS:
        assert column.text(session, CONTEXT) == harmless(column.text(session, CONTEXT))
    assert BY_ID["correlation"].text(session, CONTEXT) == session.correlation_id
