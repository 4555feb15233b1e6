"""The demo's answers have the shapes of a real gateway's, endpoint by endpoint."""

from __future__ import annotations

from typing import Any

import pytest

from tests.demo.captured import captured, captured_rows, captured_sessions
from tests.demo.conftest import Asking
from tests.demo.shapes import Shape, differences, never_seen

# What the gateway documents but no recorded answer happens to hold.
ANALYZER = "metrics.ai_analyzer"
DOCUMENTED = {
    "$.guardrails_info[].message": {"string"},
    "$.metrics.data_analyzer": {"object"},
    f"$.{ANALYZER}": {"object"},
    f"$.{ANALYZER}.total_requests": {"int"},
    f"$.{ANALYZER}.risk_counts": {"object"},
    f"$.{ANALYZER}.outcome_counts": {"object"},
    f"$.{ANALYZER}.blocked_count": {"int"},
    f"$.{ANALYZER}.worst": {"object"},
    f"$.{ANALYZER}.worst.outcome": {"string"},
    f"$.{ANALYZER}.worst.risk_level": {"string"},
    f"$.{ANALYZER}.worst.title": {"string"},
    f"$.{ANALYZER}.worst.explanation": {"string"},
    f"$.{ANALYZER}.worst.rule_name": {"string"},
    "$.metrics.bitmap_count": {"int"},
    "$.metrics.canvas_width": {"int"},
    "$.metrics.canvas_height": {"int"},
    "$.metrics.rdp_analysis_status": {"string"},
}


@pytest.fixture(scope="module")
def rows(asking: Asking) -> list[dict[str, Any]]:
    pages = [asking.rows(f"limit=100&offset={offset}") for offset in range(0, 1000, 100)]
    return [row for page in pages for row in page]


@pytest.fixture(scope="module")
def sessions(asking: Asking, rows: list[dict[str, Any]]) -> list[Any]:
    return [asking.json(f"/api/sessions/{row['id']}") for row in rows[:300]]


def test_rows_of_a_list(rows: list[dict[str, Any]]) -> None:
    answered, recorded = Shape.of(rows), Shape.of(captured_rows())
    assert differences(answered, recorded, DOCUMENTED) == {}
    assert never_seen(answered, recorded) == set()
    assert answered.keys["$"] == recorded.keys["$"]


def test_whole_sessions(sessions: list[Any]) -> None:
    answered, recorded = Shape.of(sessions), Shape.of(captured_sessions())
    assert differences(answered, recorded, DOCUMENTED) == {}
    streams = {"$.event_stream", "$.event_stream[]", "$.event_stream[][]"}
    assert never_seen(answered, recorded) == streams
    assert answered.keys["$"] == recorded.keys["$"] - {"event_stream"}


def test_whole_sessions_with_their_streams(asking: Asking, rows: list[dict[str, Any]]) -> None:
    variants = ("", "&event_stream=utf8", "&event_stream=base64", "&event_stream=raw-queries")
    answers = [
        asking.json(f"/api/sessions/{row['id']}?expand=event_stream{variants[number % 4]}")
        for number, row in enumerate(rows[:200])
        if row["event_size"] < 200_000
    ]
    answered, recorded = Shape.of(answers), Shape.of(captured_sessions())
    assert differences(answered, recorded, DOCUMENTED) == {}
    assert answered.keys["$"] == recorded.keys["$"]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/api/sessions", ["list-default"]),
        ("/api/sessions?count=none", ["list-count-none"]),
        ("/api/sessions?connection=nowhere", ["list-no-results"]),
        ("/api/sessions?connection=nowhere&count=none", ["list-no-results-none"]),
        ("/api/users", ["users"]),
        ("/api/users/groups", ["users-groups"]),
        ("/api/connections", ["connections"]),
        ("/api/connections?page=1&page_size=5", ["connections-paged"]),
        ("/api/connections?page=1", ["connections-page-only"]),
        ("/api/serverinfo", ["serverinfo", "serverinfo-downloads-disabled"]),
        ("/api/publicserverinfo", ["publicserverinfo"]),
        ("/api/healthz", ["healthz"]),
        ("/api/reviews", ["reviews-list"]),
    ],
)
def test_everything_around_them(asking: Asking, path: str, names: list[str]) -> None:
    answered = Shape.of([asking.json(path)])
    recorded = Shape.of(captured(name) for name in names)
    if path.startswith("/api/sessions"):
        for shape in (answered, recorded):
            shape.kinds = {path: kinds for path, kinds in shape.kinds.items() if "[]" not in path}
            shape.keys = {"$": shape.keys["$"]}
            shape.always = {"$": shape.always["$"]}
    assert differences(answered, recorded, {}) == {}
    assert answered.keys == recorded.keys


@pytest.mark.parametrize(
    "name", ["ana@tidewater.example", "carla@tidewater.example", "ci-deploy", "API_KEY"]
)
def test_who_am_i(asking: Asking, name: str) -> None:
    if name == "API_KEY":
        headers = {"Api-Key": asking.demo.tokens[name]}
        answer = asking.response("/api/userinfo", **headers).json()
    else:
        answer = asking.json("/api/userinfo", name)
    names = ("admin", "carla", "dana", "api-key", "server-api-key")
    recorded = Shape.of(captured(f"userinfo-{who}") for who in names)
    assert differences(Shape.of([answer]), recorded, {}) == {}
    assert set(answer) == recorded.keys["$"]


def test_one_review_by_its_id_and_by_its_session(
    asking: Asking, rows: list[dict[str, Any]]
) -> None:
    reviewed = [row for row in rows if row["review"]][:40]
    answers = [asking.json(f"/api/reviews/{row['review']['id']}") for row in reviewed]
    assert answers == [asking.json(f"/api/reviews/{row['id']}") for row in reviewed]
    assert [answer["session"] for answer in answers] == [row["id"] for row in reviewed]
    recorded = Shape.of([captured("review-one"), *captured("reviews-list")])
    assert differences(Shape.of(answers), recorded, {}) == {}
