from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.client import session_link
from hoopscope.gateway.errors import InvalidSessionId
from hoopscope.gateway.session_reference import SessionReference, is_reference, read_reference

ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
OTHER = "3f0c0000-b0a5-4451-93f1-bd7fa0f3a364"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (ID, ""),
        (f"  {ID.upper()}\n", ""),
        (f"https://hoop.example/sessions/{ID}", "https://hoop.example"),
        (f"<https://hoop.example/sessions/{ID}>", "https://hoop.example"),
        (f"https://hoop.example:8443/sessions/{ID}/", "https://hoop.example:8443"),
        (f"https://hoop.example/sessions/{ID}?tab=output#L3", "https://hoop.example"),
        (f"https://hoop.example/sessions/filtered?id={ID}", "https://hoop.example"),
        (f"https://hoop.example/sessions/filtered?id={ID}%2C", "https://hoop.example"),
        (f"https://hoop.example/api/sessions/{ID}/result/stream", "https://hoop.example"),
        (f"https://example.com/tools/hoop/sessions/{ID}", "https://example.com/tools/hoop"),
        (f"hoop.example/sessions/{ID}", "https://hoop.example"),
    ],
)
def test_ids_and_links_name_a_session(text: str, address: str) -> None:
    assert is_reference(text)
    assert read_reference(text) == SessionReference(ID, address)


def test_our_own_links_are_understood() -> None:
    link = session_link("https://hoop.example/api/", ID)
    assert read_reference(link) == SessionReference(ID, "https://hoop.example")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("74efe044", "is a UUID, and this is none"),
        ("", "is a UUID, and this is none"),
        ("https://hoop.example/sessions", "names no session"),
        ("https://hoop.example/connections/pg-prod", "names no session"),
        ("https://hoop.example/sessions/new", "names no session"),
        ("https://hoop.example/sessions/filtered", "names no session"),
        (f"https://hoop.example/sessions/filtered?id={ID},{OTHER}", "names 2 sessions"),
        (f"https://hoop.example/sessions/filtered?batch_id={ID}", "--batch-id"),
        (f"file:///sessions/{ID}", "none of a gateway's web page"),
        (f"https:///sessions/{ID}", "none of a gateway's web page"),
        (f"https://[::1/sessions/{ID}", "cannot be read"),
        (f"https://hoop.example:port/sessions/{ID}", "cannot be read"),
        (f"https://hoop.example/\x1b]0;x\x07/sessions/{ID}", "broken"),
        (f"https://hoop.example/a b/sessions/{ID}", "broken"),
        (f"https://hoop.example/{'x' * 3_000}/sessions/{ID}", "broken"),
    ],
)
def test_anything_else_is_refused_without_repeating_it(text: str, told: str) -> None:
    with pytest.raises(InvalidSessionId) as raised:
        read_reference(text)
    assert told in str(raised.value)
    assert "hoop.example/" not in str(raised.value)


@pytest.mark.parametrize("text", ["list", "get", "ls", "export-all", "--help", "a/b", "x" * 36])
def test_what_could_be_a_command_is_no_reference(text: str) -> None:
    assert not is_reference(text)


@given(st.one_of(st.text(), st.text().map(lambda text: f"https://{text}/sessions/{text}")))
def test_hostile_text_is_a_session_or_refused(text: str) -> None:
    try:
        reference = read_reference(text)
    except InvalidSessionId:
        return
    assert len(reference.id) == 36
