"""Who, where, what it belongs to, metadata and what is left."""

from __future__ import annotations

from typing import Any

from hoopscope.sessions.facts.panel import WHOLE, FactsContext
from tests.gateway import captures
from tests.sessions.facts.sessions import AT_A_GLANCE, NOW, panel, said_in


def test_people_machines_and_keys_are_told_apart() -> None:
    assert said_in(panel("ok-simple", "who")) == ["Who ana@acme.example · person", "name Ana Ops"]
    assert said_in(panel("by-api-key", "who")) == [
        "Who ci-bot · API key",
        "key id 498e65ce-c19f-40d5-9c3f-2557113ed5de",
    ]
    assert said_in(panel("machine", "who"))[0].endswith(" · machine")
    nobody = panel("ok-simple", "who", user="", user_id=None, user_name=None)
    assert said_in(nobody) == ["Who nobody named · machine"]


def test_the_whole_names_the_organisation() -> None:
    lines = said_in(panel("ok-simple", "who", FactsContext(NOW, limits=WHOLE)))
    assert lines[-1] == "org b632c595-b3ea-443b-9d7e-cefc9e27741d"


def test_a_connection_shows_resource_tags_and_labels() -> None:
    assert said_in(panel("sql-multi-labels-metadata", "where")) == [
        "Where pg-orders · database postgres",
        "resource shop-db",
        "tags environment=prod, team=shop",
        "labels team=shop, ticket=OPS-7",
    ]
    assert said_in(panel("review-forced", "where"))[1:] == ["no tags, no labels"]


def test_a_connection_that_is_gone_has_no_resource() -> None:
    lines = said_in(panel("ok-simple", "where", resource_name="", role_name="old-name"))
    assert lines[1:3] == ["resource none: the connection may be gone", "role old-name"]


def test_labels_of_a_runbook_are_called_by_what_they_mean() -> None:
    labels = {
        "runbookFile": "ops/restart.runbook.sh",
        "runbookRepository": "git.example/runbooks",
        "runbookParameters": '{"service": "[red]"}',
        "re-run-from": "1107e50b",
        "mine": "yes",
    }
    assert said_in(panel("ok-simple", "where", labels=labels))[-5:] == [
        "runbook ops/restart.runbook.sh",
        "from git.example/runbooks",
        'with {"service": "[red]"}',
        "rerun of 1107e50b",
        "labels mine=yes",
    ]


def test_tags_that_are_many_or_no_texts_get_a_line_each() -> None:
    many = {f"tag{index}": "value" * 10 for index in range(12)}
    lines = said_in(panel("ok-simple", "where", connection_tags=many))
    assert lines[2:4] == ["tags", f"tag0 {'value' * 10}"]
    lines = said_in(panel("ok-simple", "where", connection_tags={"a": {"b": None}}))
    assert lines[2:5] == ["tags", "a 1 field", "b null"]


def test_links_to_jira_workflow_batch_and_credential() -> None:
    assert said_in(panel("sql-multi-labels-metadata", "links")) == [
        "Belongs to",
        "Jira OPS-102 https://jira.example/browse/OPS-102",
    ]
    assert said_in(panel("batch", "links"))[1:] == [
        "batch batch-fcfe2112-283d-464d-af7a-26025f3f365c"
    ]
    assert said_in(panel("correlation-hostile", "links"))[1:] == [
        r"workflow deploy [red]x[/red] %41 _a\b"
    ]
    assert said_in(panel("credential-child", "links"))[1:] == [
        "lent in session f9a39a9a-fa41-41ba-ba89-b725779a97d9"
    ]
    assert said_in(panel("credential-revoked", "links"))[1:] == [
        "lent expires 2026-11-23 12:23:32 UTC",
        "lent revoked 2026-11-23 11:53:33 UTC",
    ]


def test_a_credential_can_last_for_ever_or_hold_nonsense() -> None:
    for value, shown in (
        ("9999-12-31T23:59:59Z", "never"),
        ("soon \x1b", r"soon \x1b"),
        (12, "12"),
        ({"a": 1}, "1 field"),
    ):
        lines = said_in(panel("ok-simple", "links", metadata={"credentials_expire_at": value}))
        assert lines[1:] == [f"lent expires {shown}"]


def test_metadata_is_any_json_and_texts_are_told_from_what_they_look_like() -> None:
    assert said_in(panel("metadata-patched", "metadata")) == [
        "Metadata 6 fields",
        "list [1, x]",
        "n 3",
        r"note [red]bold[/red] \x1b[31mesc \u202ebidi",
        "nul_is null",
        "obj 1 field",
        "a 1",
        "ticket OPS-10",
    ]
    assert 'n "5"' in said_in(panel("sql-multi-labels-metadata", "metadata"))


def test_deep_and_wide_metadata_is_cut_and_what_is_left_out_is_counted() -> None:
    deep: dict[str, Any] = {}
    for _ in range(500):
        deep = {"in": deep}
    lines = said_in(panel("ok-simple", "metadata", metadata={"deep": deep}))
    assert lines[-1] == "in … 1 field within"
    wide = {str(index): index for index in range(100_000)}
    lines = said_in(panel("ok-simple", "metadata", metadata=wide))
    assert lines[-1] == "… 99,988 more fields"
    lines = said_in(panel("ok-simple", "metadata", metadata={"wide": wide}))
    assert lines[-1] == "… more within"
    whole = FactsContext(NOW, limits=WHOLE)
    assert len(panel("ok-simple", "metadata", whole, metadata={"wide": wide}).lines) == 100_001


def test_fields_that_this_version_does_not_know_are_shown_wherever_they_are() -> None:
    review = captures.value("detail-review-pending")["review"]
    groups = [review["review_groups_data"][0] | {"weight": 2}]
    review |= {"review_groups_data": groups, "mood": "\x1b[5mhappy"}
    metrics = {"data_masking": {"speed": None}}
    found = panel("review-pending", "other", review=review, metrics=metrics, answer={"deep": 42})
    assert said_in(found)[:3] == [
        "Other fields 4 fields that this version does not know",
        "answer 1 field",
        "deep 42",
    ]
    assert set(said_in(found)[3:]) == {
        "metrics.data_masking.speed null",
        r"review.mood \x1b[5mhappy",
        "review.review_groups_data[0].weight 2",
    }


def test_unknown_fields_by_the_thousand_are_not_all_looked_at() -> None:
    matches = [{"new": index} for index in range(10_000)]
    lines = said_in(panel("ok-simple", "other", AT_A_GLANCE, guardrails_info=matches))
    assert lines[0] == "Other fields 200 fields that this version does not know"
    whole = FactsContext(NOW, limits=WHOLE)
    assert len(panel("ok-simple", "other", whole, guardrails_info=matches).lines) == 10_000
