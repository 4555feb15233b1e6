"""`event_stream`: every recorded session in every form that was recorded of it."""

from __future__ import annotations

import json
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.demo.recorded.tape import Event
from hoopscope.demo.streams import with_stream
from tests.demo.captured import FOLDER, captured

FORMS = ("base64", "utf8", "raw-queries")
RECORDED = sorted(
    (path.name.removeprefix("detail-").removesuffix(f"-stream-{form}.json"), form)
    for form in FORMS
    for path in FOLDER.glob(f"detail-*-stream-{form}.json")
)
# of these the plain stream was asked for at another moment, or not at all
MOVING = ("live",)


def test_there_are_some() -> None:
    assert len(RECORDED) > 30


@pytest.mark.parametrize(("name", "form"), RECORDED)
def test_as_recorded(name: str, form: str) -> None:
    wanted = captured(f"detail-{name}-stream-{form}")
    if name in MOVING:
        return
    found = captured(f"detail-{name}-expand")
    events = [(moment, kind, b64decode(text)) for moment, kind, text in found.pop("event_stream")]
    found["script"] = wanted[
        "script"
    ]  # naming one thing only empties it, which is not decided here
    answer = json.loads(b"".join(with_stream(found, events, form)))
    assert answer == wanted
    assert list(answer) == list(wanted)


@given(st.lists(st.tuples(st.just(0.5), st.sampled_from("ioe"), st.binary())))
def test_any_bytes_have_every_form(events: list[Event]) -> None:
    session = {"connection_subtype": "postgres", "verb": "connect", "event_size": 0}
    for form in ("", *FORMS):
        answer = json.loads(b"".join(with_stream(dict(session), events, form)))
        assert answer["event_size"] >= 0
        outputs = b"".join(payload for _, kind, payload in events if kind != "i")
        if form == "base64":
            assert b64decode(answer["event_stream"][0]) == outputs
        elif form == "":
            assert len(answer["event_stream"]) == len(events)
