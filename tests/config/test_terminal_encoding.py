from __future__ import annotations

import os
import subprocess
import sys

import pytest

from hoopscope.config.terminal_encoding import terminal_encoding


@pytest.mark.parametrize(
    ("environ", "encoding"),
    [
        ({}, "ascii"),
        ({"LANG": "C"}, "ascii"),
        ({"LANG": "en_US"}, "ascii"),
        ({"LANG": "POSIX", "LC_CTYPE": "C.UTF-8"}, "utf-8"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": "C"}, "ascii"),
        ({"LANG": "de_DE.utf8"}, "utf-8"),
        ({"LC_CTYPE": "UTF-8"}, "utf-8"),
        ({"LANG": "de_DE.ISO-8859-15@euro"}, "iso8859-15"),
        ({"LANG": "ja_JP.eucJP"}, "euc_jp"),
        ({"LANG": "xx_XX.nonsense"}, "ascii"),
        ({"LANG": "de_DE.UTF-8", "LC_ALL": ""}, "utf-8"),
    ],
)
def test_the_name_of_the_locale_tells(environ: dict[str, str], encoding: str) -> None:
    assert terminal_encoding(environ) == encoding


@pytest.mark.parametrize(
    ("locale", "encoding"),
    [
        ({"LANG": "C"}, "ascii"),
        ({"LC_ALL": "POSIX"}, "ascii"),
        ({"LANG": "C.UTF-8"}, "utf-8"),
        # Not installed here, and all the same what the terminal has.
        ({"LANG": "gd_GB.UTF-8"}, "utf-8"),
        ({"LC_CTYPE": "gd_GB.UTF-8", "LANG": "C"}, "utf-8"),
        ({}, "ascii"),
    ],
)
def test_what_python_makes_of_the_locale_does_not(locale: dict[str, str], encoding: str) -> None:
    others = {key: value for key, value in os.environ.items() if key[:3] not in ("LC_", "LAN")}
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "from hoopscope.config.terminal_encoding import terminal_encoding;"
            "print(terminal_encoding())",
        ],
        env=others | locale,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == encoding
