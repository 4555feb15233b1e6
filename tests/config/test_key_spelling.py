"""Keys as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import Keys, _character_to_key

from hoopscope.config.key_spelling import key_named, keys_named


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("F5", ("f5",)),
        ("?", ("question_mark",)),
        ("/", ("slash",)),
        ("[", ("left_square_bracket",)),
        ("-", ("minus",)),
        ("+", ("plus",)),
        (",", ("comma",)),
        ("ctrl+P", ("ctrl+p",)),
        ("Control + p", ("ctrl+p",)),
        ("ctrl+space", (Keys.ControlAt.value,)),
        ("ctrl+]", (Keys.ControlSquareClose.value,)),
        ("shift+n", ("N",)),
        ("N", ("N",)),
        ("Shift+Tab", ("shift+tab",)),
        ("shift+ctrl+left", (Keys.ControlShiftLeft.value,)),
        ("esc", ("escape",)),
        ("PgDn", ("pagedown",)),
        ("question_mark", ("question_mark",)),
        ("space, f5", ("space", "f5")),
        ("f5,F5", ("f5",)),
        ("é", ("é",)),
        ("", ()),
        ("none", ()),
        (" None ", ()),
    ],
)
def test_keys_are_written_in_many_ways(written: str, named: tuple[str, ...]) -> None:
    """All of them become what Textual calls the key when it is pressed."""
    assert keys_named(written) == named


@pytest.mark.parametrize("sign", [chr(code) for code in range(0x21, 0x7F)])
def test_every_sign_is_named_as_when_it_is_pressed(sign: str) -> None:
    """Whatever is on a keyboard can be set."""
    assert key_named(sign) == _character_to_key(sign)
    assert key_named(key_named(sign)) == key_named(sign)


@pytest.mark.parametrize(
    "written", ["xx", "f25", "hyper+x", "x,", "ctrl+1", "ctrl+", "\x1b", "a b"]
)
def test_what_is_no_key_is_refused(written: str) -> None:
    """The reason goes on after the name of what was set."""
    with pytest.raises(ValueError, match=r"^has to be a key"):
        keys_named(written)


@given(st.text(max_size=12))
def test_any_text_is_a_key_or_refused(written: str) -> None:
    """Nothing else happens, and what is understood once is understood again."""
    try:
        named = keys_named(written)
    except ValueError:
        return
    assert keys_named(",".join(named)) == named
