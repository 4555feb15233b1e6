"""Other keys for bindings, and what is doubtful about some."""

from __future__ import annotations

import pytest
from textual.binding import Binding
from textual.widget import Widget

from hoopscope.tui.key_complaints import key_complaints
from hoopscope.tui.keymap import Keymap


class Bound(Widget):
    """A widget with a few bindings."""

    BINDINGS = [  # noqa: RUF012 (as the base class has it)
        Binding("a,b", "first", "first", id="bound.first"),
        Binding("c", "second", "second", id="bound.second"),
        Binding("d", "third", "third"),
    ]


def keys_after(**keys: str) -> dict[str, list[str]]:
    """Key → actions on it in the order in which they are tried."""
    node = Bound()
    Keymap({f"bound.{name}": value for name, value in keys.items()}).apply(node)
    return {
        key: [binding.action for binding in bindings]
        for key, bindings in node._bindings.key_to_bindings.items()
    }


def test_a_binding_moves_and_leaves_its_keys() -> None:
    """All of them; what else there is stays."""
    assert keys_after(first="f5") == {"f5": ["first"], "c": ["second"], "d": ["third"]}
    assert keys_after(second="c,e") == {
        "a": ["first"],
        "b": ["first"],
        "c": ["second"],
        "e": ["second"],
        "d": ["third"],
    }


def test_a_binding_can_be_switched_off() -> None:
    """No key is left to it."""
    assert keys_after(first="") == {"c": ["second"], "d": ["third"]}


def test_the_choice_goes_first_where_a_key_is_shared() -> None:
    """Nothing disappears: the other one comes second."""
    assert keys_after(first="d")["d"] == ["first", "third"]
    assert keys_after(second="a") == {"a": ["second", "first"], "b": ["first"], "d": ["third"]}


def test_keys_can_be_exchanged() -> None:
    """Both are the operator's choice: no trace of the usual ones is left."""
    exchanged = {"c": ["first"], "a": ["second"], "d": ["third"]}
    assert keys_after(first="c", second="a") == exchanged


def test_classes_are_left_alone() -> None:
    """Another application in the same process has the usual keys."""
    assert keys_after(first="x")["x"] == ["first"]
    assert list(Bound()._bindings.key_to_bindings) == ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({}, []),
        ({"browser.refresh": "f5", "browser.quit": ""}, []),
        (
            {"browser.refrehs": "f5"},
            ["[keys] browser.refrehs: nothing is called that. Is browser.refresh meant?"],
        ),
        ({"zzz": "f5"}, ["[keys] zzz: nothing is called that. `hoopscope keys` lists all."]),
        (
            {"x\x1b[31m": "f5"},
            ["[keys] x\\x1b[31m: nothing is called that. `hoopscope keys` lists all."],
        ),
        ({"reading.go_back": "w"}, ["[keys] w: pager.toggle_wrap hides reading.go_back."]),
        ({"help.close": "j"}, ["[keys] j: help.close hides help.scroll_down."]),
        (
            {"browser.refresh": "ctrl+b"},
            ["[keys] browser.refresh may not be reached on ctrl+b: tmux takes it."],
        ),
        (
            {"browser.refresh": "ctrl+q"},
            [
                "[keys] ctrl+q: app.quit hides browser.refresh.",
                "[keys] browser.refresh may not be reached on ctrl+q: "
                "a terminal may go on with its output at it.",
            ],
        ),
        (
            {"pick.move_down": "j"},
            ["[keys] pick.move_down is on a key that is typed in its field, and is never reached."],
        ),
        # What does the same thing hides nothing.
        ({"browser.quit": "ctrl+q"}, None),
    ],
)
def test_what_is_doubtful_is_told(keys: dict[str, str], said: list[str] | None) -> None:
    """Unknown ids, keys used twice in a place, keys that do not get here; nothing else."""
    complaints = key_complaints(keys)
    if said is None:
        assert not any("hides" in complaint for complaint in complaints)
    else:
        assert complaints == said


def test_a_priority_key_takes_what_one_types() -> None:
    """It goes before every field."""
    assert "[keys] app.quit takes x also where one types." in key_complaints({"app.quit": "x"})


def test_exchanged_keys_are_no_conflict() -> None:
    """Only what is the case in the end counts."""
    assert key_complaints({"browser.find_next": "N", "browser.find_previous": "n"}) == []
