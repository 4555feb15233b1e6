from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Answering, Command


def some_id(on_demo: Command) -> str:
    return str(json.loads(on_demo("list", "-n", "1", "--format", "jsonl").out)["id"])


def test_a_session_as_text_and_as_json(on_demo: Command) -> None:
    session_id = some_id(on_demo)
    text = on_demo("get", session_id)
    assert (text.code, text.err) == (0, "")
    assert session_id in text.out
    whole = json.loads(on_demo("get", session_id, "--format", "json").out)
    assert whole["id"] == session_id
    assert isinstance(whole["script"]["data"], str)
    assert on_demo("get", session_id.upper(), "--format", "json").code == 0


def test_a_file_can_be_written(on_demo: Command, tmp_path: Path) -> None:
    session_id = some_id(on_demo)
    path = tmp_path / "session.json"
    assert on_demo("get", session_id, "-f", "json", "-o", str(path)) == (0, "", "")
    assert json.loads(path.read_text())["id"] == session_id


def test_what_is_hostile_reaches_no_terminal(command: Command, answering: Answering) -> None:
    hostile = "\x1b[2J\x9b31m\u202eevil\u200b\x7f[bold]"
    session_id = "74efe044-b0a5-4451-93f1-bd7fa0f3a364"
    session = {
        "id": session_id,
        "start_date": "2026-11-23T10:00:00Z",
        "user": hostile,
        "connection": hostile,
        "script": {"data": f"select 1;\n{hostile}"},
        "metadata": {hostile: hostile},
        "new_field": hostile,
    }
    answering(json.dumps(session).encode())
    for name in ("text", "json"):
        outcome = command("get", session_id, "--format", name)
        assert outcome.code == 0
        assert "evil" in outcome.out
        for line in outcome.out.split("\n"):
            assert line.isprintable()
    assert json.loads(outcome.out) == session
