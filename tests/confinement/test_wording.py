from __future__ import annotations

import pytest

from hoopscope.confinement.wording import without_paths


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("/etc/hoop/config.toml, line 3: token is empty.", "a file, line 3: token is empty."),
        ("Looked for in ~/.hoop/config.toml: no", "Looked for in a file: no"),
        ("'/tmp/x' cannot be read", "'a file' cannot be read"),
        ("(from /etc/x)", "(from a file)"),
        ("../up/there: gone", "a file: gone"),
        ("chmod 600 /etc/.t", "chmod 600 a file"),
    ],
)
def test_what_looks_like_a_file_is_left_out(said: str, left: str) -> None:
    assert without_paths(said) == left


@pytest.mark.parametrize(
    "said",
    [
        "https://gateway.example/api/sessions answers 500",
        "GET /api/sessions failed",
        "TLS/SSL and/or 1/2 of it",
        "at 12/11/2026 / 14:00",
    ],
)
def test_what_is_none_stays(said: str) -> None:
    assert without_paths(said) == said


def test_a_known_one_is_left_out_whatever_it_looks_like() -> None:
    said = "token of this: my secret file: cannot be read; /my/secret file too"
    left = "token of this: a file: cannot be read; a file too"
    assert without_paths(said, ["my secret file", "/my/secret file", ""]) == left
