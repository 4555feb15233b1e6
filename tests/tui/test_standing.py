from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.errors import Unreachable
from hoopscope.gateway.row import NO_START, SessionRow
from hoopscope.gateway.second import UnreadableSecond
from hoopscope.sessions.feed_state import FeedPhase, FeedState
from hoopscope.tui import standing
from hoopscope.tui.standing import Span, Viewer, keys_line
from hoopscope.tui.viewer_words import cells, gateway_name, who

VIEWER = Viewer("gateway.example:8443", "ana@acme.example", "admin")
START = 1_795_435_405_123_456
ROW = SessionRow(id="74efe044-b0a5-4451-93f1-bd7fa0f3a364", start=START)
IDLE = FeedState(generation=1, loaded=200, looked_through=200, total=10_000, total_is_capped=True)


KEYS = {
    "browser.refresh": "r",
    "browser.clear_filters": "x",
    "browser.stop_looking": "s",
    "browser.take_in_new": "space",
    "table.go_to_first": "home",
}


def hint(binding_id: str, what: str) -> str:
    return f"{KEYS[binding_id]} {what}"


def text(sides: tuple[list[Span], list[Span]]) -> str:
    return " | ".join("".join(text for text, _ in side) for side in sides)


def title(state: FeedState, viewer: Viewer = VIEWER, *, narrow: bool = False) -> str:
    return text(standing.title_line(viewer, state, utc=True, width=80 if narrow else 120))


def test_the_title_says_where_who_and_how_much() -> None:
    assert " ".join(title(IDLE).split()) == (
        "hoopscope gateway.example:8443 ana@acme.example · admin | ● live 10,000+ sessions"
    )
    assert "10,000+" in title(IDLE, narrow=True)
    assert "sessions" not in title(IDLE, narrow=True)


def test_an_unknown_total_is_not_said() -> None:
    assert "sessions" not in title(IDLE._replace(total=None))
    assert "12 sessions" in title(IDLE._replace(total=12, total_is_capped=False))


def test_tls_that_is_not_verified_is_said_as_long_as_it_is_so() -> None:
    assert "TLS not verified!" in title(IDLE, VIEWER._replace(skip_tls_verify=True))
    assert "TLS not verified!" in title(IDLE, VIEWER._replace(skip_tls_verify=True), narrow=True)


def test_a_profile_names_the_gateway_in_a_block() -> None:
    viewer = VIEWER._replace(profile="acme-prod")
    for width in (200, 120, 80, 60):
        left, _ = standing.title_line(viewer, IDLE, utc=True, width=width)
        assert (" acme-prod ", "gateway") in left
    assert "gateway.example:8443" in title(IDLE, viewer)
    assert "gateway.example:8443" not in title(IDLE, viewer, narrow=True)
    left, _ = standing.title_line(VIEWER._replace(has_accent=True), IDLE, utc=True, width=80)
    assert left[0] == (" gateway.example:8443 ", "gateway")


def test_a_gateway_that_is_not_written_to_says_so() -> None:
    viewer = VIEWER._replace(read_only=True)
    assert "read-only  ● live" in title(IDLE, viewer)
    assert "read-only  ● live" in title(IDLE, viewer, narrow=True)
    assert "read-only" not in title(IDLE)


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.text(max_size=20),
    st.text(max_size=60),
    st.booleans(),
    st.integers(60, 240),
)
def test_gateway_and_role_have_room_before_anything_else(
    host: str, user: str, role: str, profile: str, read_only: bool, width: int
) -> None:
    viewer = Viewer(host, user, role, profile=profile, read_only=read_only)
    left, right = standing.title_line(viewer, IDLE, utc=True, width=width)
    assert gateway_name(viewer) in left
    if cells(left) + cells(right) >= width:
        # Then it is as short as it can be.
        assert left == [gateway_name(viewer), (f" {who(viewer, short=True)}", "")]


def test_a_user_is_shortened_to_what_tells_people_apart() -> None:
    assert who(VIEWER, short=False) == "ana@acme.example · admin"
    assert who(VIEWER, short=True) == "ana@…·admin"
    assert who(VIEWER._replace(user="ci-bot", role=""), short=True) == "ci-bot"
    assert who(VIEWER._replace(user="@odd"), short=True) == "@odd·admin"
    assert who(Viewer("x"), short=True) == ""


def test_a_lost_gateway_says_since_when() -> None:
    assert "✗ lost since 12:03:25 UTC" in title(IDLE._replace(head_lost_since=START / 1e6))


@pytest.mark.parametrize("narrow", [True, False])
def test_hostile_names_are_harmless(narrow: bool) -> None:
    hostile = Viewer("x\x1b[2J", "ana\x1b]0;owned\x07\u202e", "ad\nmin")
    said = title(IDLE, hostile, narrow=narrow)
    assert said.isprintable()


def place(state: FeedState, row: SessionRow | None = ROW, index: int = 2) -> str:
    return text(standing.place_line(state, row, index, hint, utc=True, narrow=False))


def test_the_place_says_row_loaded_total_and_moment() -> None:
    assert place(IDLE) == " row 3 of 200 loaded · 10,000+ · 2026-11-23 12:03:25 UTC | "


def test_the_place_says_what_is_new_what_is_missing_and_what_goes_on() -> None:
    assert "12 new · space takes them in" in place(IDLE._replace(new=12))
    unreadable = (UnreadableSecond(START, 400, 10_500), UnreadableSecond(START, 7, 10_107))
    assert "407 out of reach" in place(IDLE._replace(unreadable=unreadable))
    assert "loading …" in place(IDLE._replace(phase=FeedPhase.LOADING))
    assert "all read" in place(IDLE._replace(phase=FeedPhase.ENDED))


def test_an_empty_table_says_why_it_is_empty() -> None:
    empty = FeedState()
    assert "asking" in place(empty._replace(phase=FeedPhase.OPENING), None)
    assert "nothing could be read" in place(empty._replace(phase=FeedPhase.FAILED), None)
    assert "no session" in place(empty._replace(phase=FeedPhase.ENDED), None)
    ended = empty._replace(phase=FeedPhase.ENDED)
    assert "x clears them" in standing.table_status(ended, hint, filtered=True)
    assert "no sessions yet" in standing.table_status(ended, hint, filtered=False)


def test_the_end_of_history_is_said() -> None:
    assert standing.table_status(IDLE._replace(phase=FeedPhase.ENDED), hint, filtered=False) == (
        "end of history"
    )


def test_what_is_filtered_here_says_how_much_was_looked_through() -> None:
    state = IDLE._replace(loaded=37, looked_through=12_400, reached=START)
    assert standing.looked_through(state, hint, utc=True) == (
        "37 found in 12,400 looked through, back to 2026-11-23 UTC "
    )
    assert standing.looked_through(IDLE, hint, utc=True) == ""


def test_a_failure_says_what_to_press() -> None:
    broken = IDLE._replace(error=Unreachable("No connection to x\x1b[2J.", "Check the network."))
    said = standing.failure_text(broken, hint, utc=True)
    assert said.endswith("r tries again")
    assert said.isprintable()

    lost = standing.failure_text(IDLE._replace(head_lost_since=START / 1e6), hint, utc=True)
    assert "since 12:03:25 UTC" in lost
    assert lost.endswith("r tries again")
    assert standing.failure_text(IDLE, hint, utc=True) == ""


def test_a_session_without_a_start_has_no_moment() -> None:
    assert "no start" in place(IDLE, ROW._replace(start=NO_START))


def test_keys_that_do_not_fit_are_left_out_whole() -> None:
    keys = [("f", "filters"), ("g", "date"), ("q", "quit")]
    whole = "".join(text for text, _ in keys_line(keys))
    assert whole == " f filters  g date  q quit"
    for room in range(1, 40):
        text = "".join(text for text, _ in keys_line(keys, room))
        assert len(text) <= room
        assert whole.startswith(text)
        assert whole[len(text) :][:2] in ("", "  ", " f")


def test_where_there_is_no_key_none_is_named() -> None:
    state = IDLE._replace(new=3, looked_through=500)

    def none(binding_id: str, _what: str) -> str:
        return "" if binding_id in KEYS else "?"

    place = standing.place_line(state, ROW, 1, none, utc=True, narrow=False)
    assert text(place).endswith("UTC | 3 new ")
    looking = standing.looked_through(state._replace(phase=FeedPhase.LOADING), none, utc=True)
    assert looking == "200 found in 500 looked through "
    lost = IDLE._replace(head_lost_since=START / 1e6)
    assert standing.failure_text(lost, none, utc=True).endswith("does not answer.")
