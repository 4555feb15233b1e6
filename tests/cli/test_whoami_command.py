from __future__ import annotations

import json
from pathlib import Path

import pytest

from hoopscope.demo.server import DemoGateway
from tests.cli.conftest import SECRET, Answering, Command
from tests.gateway.test_credential_kind import token


def told(text: str) -> dict[str, str]:
    return {line.split()[0]: line.partition("  ")[2].strip() for line in text.splitlines()}


def test_who_one_is_at_which_gateway(on_demo: Command, demo: DemoGateway, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        f'[profiles.demo]\nurl = "{demo.url}"\ntoken = "{demo.token}"\nread_only = true\n'
    )
    file.chmod(0o600)
    outcome = on_demo("whoami", "--config", str(file), "--profile", "demo")
    assert (outcome.code, outcome.err) == (0, "")
    assert told(outcome.out) == {
        "gateway": demo.url,
        "profile": "demo",
        "version": told(outcome.out)["version"],
        "user": "Ana Ferreira",
        "e-mail": "ana@tidewater.example",
        "role": "admin",
        "groups": "admin, platform",
        "organisation": told(outcome.out)["organisation"],
        "credential": "token",
        "source": f"profile demo: {file}, line 3",
        "writes": "nothing (read-only)",
    }
    assert demo.token not in outcome.out


def test_an_api_key_as_programs_see_it(
    on_demo: Command, demo: DemoGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = next(token for token in demo.tokens.values() if token.startswith("hpk_"))
    monkeypatch.setenv("HOOP_TOKEN", key)
    found = json.loads(on_demo("whoami", "-f", "json").out)
    assert found["gateway"]["url"] == demo.url
    assert found["gateway"]["profile"] is None
    assert not found["gateway"]["tls_verified"]
    assert found["credential"] == {"kind": "API key", "source": "HOOP_TOKEN", "expires_at": None}
    assert set(found["user"]) == {"id", "name", "email", "role", "groups"}
    assert demo.tokens[found["user"]["email"]] == key
    assert (found["read_only"], found["restricted"]) == (False, False)


def test_until_when_a_token_lasts(
    command: Command, answering: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(b'{"id": "u1"}')
    monkeypatch.setenv("HOOP_TOKEN", token({"exp": 1_000_000_000}))
    outcome = command("whoami", "--utc")
    assert told(outcome.out)["credential"] == "token, expired 2001-09-09 01:46:40 UTC"
    assert told(outcome.out)["user"] == "u1"
    found = json.loads(command("whoami", "--format", "json").out)
    assert found["credential"] == {
        "kind": "token",
        "source": "HOOP_TOKEN",
        "expires_at": "2001-09-09T01:46:40Z",
    }


def test_a_restricted_console_names_no_file(
    command: Command, answering: Answering, tmp_path: Path
) -> None:
    answering(b"{}")
    outcome = command("whoami", "--restricted")
    assert told(outcome.out)["console"] == "restricted"
    assert "source" not in told(outcome.out)
    assert json.loads(command("whoami", "--restricted", "-f", "json").out)["restricted"] is True


def test_what_is_hostile_reaches_no_terminal(command: Command, answering: Answering) -> None:
    hostile = "\x1b[2J\x9b31m\u202eevil\u200b\x7f\n"
    names = ("id", "name", "email", "role", "org_name", "version")
    answering(json.dumps(dict.fromkeys(names, hostile) | {"groups": [hostile]}).encode())
    for form in ("text", "json"):
        outcome = command("whoami", "--format", form)
        assert outcome.code == 0
        assert "evil" in outcome.out
        assert all(line.isprintable() for line in outcome.out.split("\n"))
        assert SECRET not in outcome.out
    assert json.loads(outcome.out)["user"]["groups"] == [hostile]


def test_a_credential_that_is_not_accepted(command: Command, answering: Answering) -> None:
    answering(b'{"message": "unauthorized"}', status=401)
    outcome = command("whoami")
    assert (outcome.code, outcome.out) == (3, "")
    assert "does not accept the credential" in outcome.err


def test_no_gateway_is_a_matter_of_settings(command: Command) -> None:
    assert command("whoami").code == 2
