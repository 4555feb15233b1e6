from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.recordings.byte_source import HeldBytes
from hoopscope.recordings.json_tree import JsonTree
from tests.gateway import captures


def tree_of(content: bytes) -> JsonTree:
    tree = JsonTree()
    tree.read(HeldBytes(content))
    return tree


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(st.characters(codec="utf-8"))),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=5), inner, max_size=4),
    ),
    max_leaves=20,
)


@given(VALUES)
def test_a_document_comes_out_as_it_went_in(value: Any) -> None:
    tree = tree_of(json.dumps(value).encode())
    assert tree.problem == ""
    assert json.loads(tree.as_json(0)) == value
    for node in range(len(tree)):
        assert all(node in list(tree.children(parent)) for parent in tree.parents(node)[-1:])


@given(st.binary(max_size=40), st.sampled_from([b"", b'{"a":[1,', b"[", b'{"a":1} ']))
def test_any_bytes_give_what_came_before_the_break(content: bytes, head: bytes) -> None:
    tree = tree_of(head + content)
    assert all(tree.end(node) <= len(tree) for node in range(len(tree)))
    if head.startswith(b"{"):
        assert (tree.key(1), tree.path(1)[-2:]) == ("a", ".a")


def test_nothing_is_lost_of_numbers_and_of_keys_that_come_twice() -> None:
    tree = tree_of(b'{"a": 1.50, "a": 12345678901234567890123, "b c": [null, true]}')
    assert [tree.text(node) for node in range(len(tree))] == [
        "", "1.50", "12345678901234567890123", "", "null", "true",
    ]  # fmt: skip
    assert tree.path(5) == '["b c"][1]'


def test_documents_can_follow_on_each_other() -> None:
    tree = tree_of(b'{"a": 1}\n{"a": 2}\n')
    assert (tree.documents, tree.path(3), tree.problem) == (2, "[1].a", "")


@pytest.mark.parametrize("name", ["detail-sql-ok-expand", "detail-hostile-markup"])
def test_a_recorded_answer_is_whole(name: str) -> None:
    assert json.loads(tree_of(captures.body(name)).as_json(0)) == captures.value(name)


@pytest.mark.parametrize(
    ("content", "nodes"),
    [(b"[" * 50_000, 50_000), (b'["\\ud800", 1]', 3)],
)
def test_what_is_beyond_reason_breaks_nothing(content: bytes, nodes: int) -> None:
    tree = tree_of(content)
    assert len(tree) == nodes
    assert tree.depth(nodes - 1, 16) <= 16
    assert tree.end(0) == nodes


def test_a_number_that_would_take_the_parser_down_is_refused() -> None:
    tree = tree_of(b"[1," + b" " * 70_000 + b"9" * 5_000 + b"]")
    assert (len(tree), tree.problem) == (2, "a number of more than 4,000 digits")
