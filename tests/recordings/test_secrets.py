"""Secrets in the bytes of events: found, and nothing else touched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoopscope.gateway.event import Event
from hoopscope.recordings.kinds import RecordingKind
from hoopscope.recordings.secret_patterns import marked, secrets_in
from hoopscope.recordings.secrets import masked, secret_spans
from tests.recordings.streams import EVENTS, captured, frame

FOUND = {
    "export DB_PASSWORD=hunter2 && x": "export DB_PASSWORD=******** && x",
    'password = "abc def"': 'password = "********"',
    "token: abcdef\n": "token: ********\n",
    "curl -H 'Authorization: Bearer abc123' x": "curl -H 'Authorization: ********' x",
    "Authorization: Digest a,\r\n b=c\r\nHost: h": "Authorization: ********\r\nHost: h",
    "https://u:p@h/x?token=abc&y=1": "https://u:********@h/x?token=********&y=1",
    "ALTER ROLE bob WITH PASSWORD 'it''s x'": "ALTER ROLE bob WITH PASSWORD '********'",
    "create user x identified by 'abc'": "create user x identified by '********'",
    "set password for 'a'@'b' = 'cc'": "set password for 'a'@'b' = '********'",
    "AUTH_SESSKEY 5F0C9A7B1D AUTH_PASSWORD A93BC177": (
        "AUTH_SESSKEY ******** AUTH_PASSWORD ********"
    ),
    "CREATE USER x PASSWORD $$abc$$;": "CREATE USER x PASSWORD $$********$$;",
    "mysql -u root -psecret db": "mysql -u root -p******** db",
    '{"password": "s3", "user": "x"}': '{"password": "********", "user": "x"}',
    "vault login --token abc": "vault login --token ********",
    "eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.abc": "********",
    "curl -u a:b http://x": "curl -u a:******** http://x",
    "日本 password='密码' ende": "日本 password='********' ende",
    '{"saslStart":1,"payload":{"$binary":{"base64":"biws"}}}': (
        '{"saslStart":1,"payload":{"$binary":{"base64":"********"}}}'
    ),
    "-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----": (
        "-----BEGIN PRIVATE KEY-----********-----END PRIVATE KEY-----"
    ),
}
INNOCENT = [
    "PWD=/home/x",
    "Invalid token: unexpected",
    "max_tokens=100",
    "password=$PW --token $TOKEN",
    "docker run -u 1000:1000 x",
    'read -s -p "Password: " p; echo "done"',
    "primary key = 'x'",
    "if password is None: password == other",
    "def f(password: str)",
    "where id = '1' and password is null",
    '{"password": null}',
]


@pytest.mark.parametrize("text", FOUND)
def test_finds_what_has_a_name_or_a_shape(text: str) -> None:
    assert marked(text).masked() == FOUND[text]


@pytest.mark.parametrize("text", INNOCENT)
def test_leaves_what_is_no_secret(text: str) -> None:
    assert marked(text).masked() == text


@given(st.sampled_from(list(RecordingKind)), EVENTS)
def test_gives_every_event_back_in_order(kind: RecordingKind, events: list[Event]) -> None:
    judged = list(secret_spans(kind, events))
    assert [event for event, _ in judged] == events
    for event, spans in judged:
        at = 0
        for start, end, what in spans:
            assert at <= start < end <= len(event.payload)
            assert what
            at = end
    assert len(list(masked(kind, events))) == len(events)


@given(st.data())
def test_finds_a_name_and_its_value_however_they_are_cut(data: st.DataObject) -> None:
    line = b"aa\nexport DB_PASSWORD=hunter2secret\nbb\n"
    cuts = sorted(data.draw(st.lists(st.integers(1, len(line) - 1), max_size=6)))
    pieces = [line[a:b] for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    events = [Event(0.1, "o", piece) for piece in pieces]
    text = b"".join(event.payload for event in masked(RecordingKind.UNKNOWN, events))
    assert text == b"aa\nexport DB_PASSWORD=********\nbb\n"


def _typing(text: str, echo: bool) -> list[Event]:
    events = []
    for at, key in enumerate(text):
        events.append(Event(1 + at / 10, "i", key.encode()))
        if echo:
            events.append(Event(1 + at / 10, "o", key.encode()))
    return [*events, Event(9, "i", b"\r"), Event(9, "o", b"\r\n")]


def test_keys_without_an_echo_are_a_secret() -> None:
    prompt = Event(0.5, "o", b"$ ")
    later = Event(20, "o", b"welcome\r\n$ ")
    events = [prompt, *_typing("s3cretpw", echo=False), later]
    typed = b"".join(e.payload for e in masked(RecordingKind.TERMINAL, events) if e.kind == "i")
    assert typed == b"********\r"
    events = [prompt, *_typing("ls -l /tmp", echo=True), later]
    assert list(masked(RecordingKind.TERMINAL, events)) == events


def test_a_key_that_left_a_pager_does_not_hide_an_echo() -> None:
    events = [Event(1, "i", b"q"), *_typing("last -5", echo=True), Event(20, "o", b"done\r\n")]
    assert list(masked(RecordingKind.TERMINAL, events)) == events


@pytest.mark.parametrize(
    "prompt",
    ["Password: ", "[sudo] password for ana: ", "Enter passphrase for key '/x': ", "密码：",
     "Mot de passe : ", "Enter PASSWORD:\x1b[0m "],
)  # fmt: skip
def test_answers_to_a_prompt_are_a_secret(prompt: str) -> None:
    events = [Event(0.5, "o", b"\r\n" + prompt.encode()), Event(1, "i", b"ab\r")]
    found = [spans for _, spans in secret_spans(RecordingKind.TERMINAL, events)]
    assert [(start, end) for start, end, _ in found[1]] == [(0, 2)]


def test_keys_of_full_screen_programs_are_none() -> None:
    events = [
        Event(0.5, "o", b"\x1b[?1049h\x1b[H~"),
        Event(1, "i", b":wqall\r"),
        Event(20, "o", b"\x1b[?1049l$ "),
    ]
    assert list(masked(RecordingKind.TERMINAL, events)) == events


def test_a_recorded_password_prompt() -> None:
    kind, events = captured("detail-terminal-expand.json")
    found = [event.payload for event, spans in secret_spans(kind, events) if spans]
    assert found == [b"hunter2\r"]


def test_http_in_what_should_be_a_terminal() -> None:
    request = b"GET / HTTP/1.1\r\nHost: a.example\r\nAuthorization: Basic abc\r\n\r\n"
    (event,) = masked(RecordingKind.TERMINAL, [Event(1, "i", request)])
    assert event.payload == request.replace(b"Basic abc", b"********")


@pytest.mark.parametrize(
    "piece", [b"-----begin private key-----", b"mysql ", b"curl -u a:", b"password $$", b"token: "]
)
def test_hostile_texts_do_not_take_long(piece: bytes) -> None:
    before = time.process_time()
    secrets_in((piece * 65_536)[:65_536])
    assert time.process_time() - before < 1


def test_long_texts_are_looked_at_in_pieces() -> None:
    lines = [b"x" * 70 + b"\n"] * 5000
    lines[937] = b"PASSWORD=abc\n"
    content = b"".join(lines)
    assert [content[start:end] for start, end, _ in secrets_in(content)] == [b"abc"]
    for cut in range(65_500, 65_560, 7):
        content = b"x" * cut + b"\nPASSWORD=abcdefgh\n" + b"y" * 9000
        assert [content[start:end] for start, end, _ in secrets_in(content)] == [b"abcdefgh"]


@given(st.integers(1, 60))
def test_postgres_passwords_keep_their_length(cut: int) -> None:
    stream = frame(b"p", b"hunter2\0") + frame(b"Q", b"alter role a password 'geheim'\0")
    events = [Event(1, "i", stream[:cut]), Event(2, "i", stream[cut:])]
    text = b"".join(event.payload for event in masked(RecordingKind.POSTGRES, events))
    assert len(text) == len(stream)
    assert b"hunter2" not in text
    assert b"geheim" not in text
    assert b"alter role a password '******'" in text
