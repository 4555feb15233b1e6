"""Whatever happens ends in a sentence and an exit code."""

from __future__ import annotations

import sys

import pytest

from hoopscope.cli import exit_codes
from hoopscope.cli.failures import OutputClosed
from tests.cli.conftest import SECRET, Answering, Command

ID = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"


@pytest.mark.parametrize(
    ("body", "status", "headers", "code", "told"),
    [
        (b'{"message":"nope"}', 401, None, 3, "does not accept the credential"),
        (b'{"message":"nope"}', 403, None, 3, ""),
        (b'{"message":"limit \\u001b[2J"}', 422, None, 1, r"limit \x1b[2J"),
        (b'{"message":"x"}', 400, None, 1, ""),
        (b"<html>", 200, {"Content-Type": "text/html"}, 1, ""),
        (b'{"data": [', 200, None, 1, ""),
        (b'{"items": []}', 200, None, 1, "without a list of sessions"),
        (b"[1, 2]", 200, None, 1, ""),
        (b"", 302, {"Location": "https://elsewhere.example/"}, 1, "elsewhere.example"),
    ],
)
def test_what_a_gateway_can_answer(
    command: Command,
    answering: Answering,
    body: bytes,
    status: int,
    headers: dict[str, str] | None,
    code: int,
    told: str,
) -> None:
    answering(body, status, headers)
    outcome = command("list", "--format", "jsonl")
    assert outcome.code == code
    assert outcome.out == ""
    assert outcome.err.startswith("hoopscope: ")
    assert told in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert SECRET not in outcome.err


def test_a_session_that_is_not_there(on_demo: Command) -> None:
    outcome = on_demo("get", ID)
    assert outcome.code == exit_codes.NOT_FOUND
    assert "does not have this" in outcome.err


@pytest.mark.parametrize(
    ("address", "code", "told"),
    [
        ("http://127.0.0.1:1", 1, "127.0.0.1:1"),
        ("ftp://gateway.example", 2, "does not begin with https://"),
        ("https://me:pass@gateway.example", 2, "user name or a password"),
        ("not an address", 2, ""),
    ],
)
def test_an_address_that_leads_nowhere(
    command: Command, monkeypatch: pytest.MonkeyPatch, address: str, code: int, told: str
) -> None:
    monkeypatch.setenv("HOOP_APIURL", address)
    monkeypatch.setenv("HOOP_TOKEN", SECRET)
    monkeypatch.setenv("HOOPSCOPE_DEADLINE_SECONDS", "3")
    outcome = command("list")
    assert outcome.code == code
    assert told in outcome.err
    assert "pass@" not in outcome.err


@pytest.mark.parametrize("token", [f"{SECRET}\n{SECRET}", f"Bearer {SECRET}", f"{SECRET}\x1b[2J"])
def test_a_token_that_cannot_be(
    command: Command, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("HOOP_APIURL", "http://127.0.0.1:1")
    monkeypatch.setenv("HOOP_TOKEN", token)
    outcome = command("list")
    assert outcome.code == exit_codes.USAGE
    assert "It is from HOOP_TOKEN" in outcome.err
    assert SECRET not in outcome.err


def test_without_a_gateway_it_is_said_where_one_was_looked_for(command: Command) -> None:
    outcome = command("list")
    assert outcome.code == exit_codes.USAGE
    for place in (
        "--url",
        "HOOP_APIURL",
        "hoopscope/config.toml",
        ".hoop/config.toml",
        "hoop login",
    ):
        assert place in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [["list", "--nope"], ["nope"], ["get"], ["list", "--format", "xml"], ["get", "no-uuid"]],
)
def test_a_wrong_command_line(on_demo: Command, arguments: list[str]) -> None:
    outcome = on_demo(*arguments)
    assert outcome.code == exit_codes.USAGE
    assert outcome.out == ""
    assert outcome.err


@pytest.mark.parametrize("option", ["--token", "--password"])
def test_a_credential_is_no_argument(command: Command, option: str) -> None:
    for arguments in ([option, SECRET, "list"], ["list", f"{option}={SECRET}"]):
        outcome = command(*arguments)
        assert outcome.code == exit_codes.USAGE
        assert "--token-file" in outcome.err
        assert SECRET not in outcome.err


def test_a_mistake_of_our_own_is_one_sentence_without_secrets(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_arguments: object) -> int:
        raise RuntimeError(f"\x1b[2J {SECRET} eyJhbGciOi.eyJzdWIi.c2ln hunter2-from-environment")

    monkeypatch.setattr("hoopscope.cli.run._command", broken)
    monkeypatch.setenv("HOOP_TOKEN", "hunter2-from-environment")
    outcome = command("list")
    assert outcome.code == exit_codes.UNEXPECTED
    assert len(outcome.err.splitlines()) == 1
    assert "RuntimeError" in outcome.err
    assert "HOOPSCOPE_DEBUG=1" in outcome.err
    monkeypatch.setenv("HOOPSCOPE_DEBUG", "1")
    with_traceback = command("list")
    assert "in broken" in with_traceback.err
    for secret in (SECRET, "eyJ", "hunter2", "\x1b"):
        assert secret not in outcome.err + with_traceback.err


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (KeyboardInterrupt(), 130),
        (OutputClosed(), 141),
        (BrokenPipeError(), 141),
        (SystemExit(7), 7),
    ],
)
def test_quiet_endings(
    command: Command, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int
) -> None:
    def ending(_arguments: object) -> int:
        raise raised

    monkeypatch.setattr("hoopscope.cli.run._command", ending)
    assert command("list") == (code, "", "")


def test_a_full_disk_is_no_mistake_of_ours(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_arguments: object) -> int:
        raise OSError(28, "No space left on device", "/some/where")

    monkeypatch.setattr("hoopscope.cli.run._command", full)
    assert command("list") == (1, "", "hoopscope: /some/where: No space left on device.\n")


def test_a_terminal_that_is_not_utf8_gets_escapes(
    on_demo: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    sys.stdout.reconfigure(encoding="ascii")  # type: ignore[union-attr]
    outcome = on_demo("list")
    assert outcome.code == 0
    assert outcome.out.isascii()
    assert len(outcome.out.splitlines()) == 21


def test_without_a_terminal_the_browser_says_what_there_is_instead(on_demo: Command) -> None:
    for arguments in ([], ["demo"], ["--connection", "x"]):
        outcome = on_demo(*arguments)
        assert outcome.code == exit_codes.USAGE
        assert "needs a terminal" in outcome.err
        assert outcome.out == ""
