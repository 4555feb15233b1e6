"""What is stored of MySQL, SQL Server and Oracle: the text of statements, as the gateway cuts it.

MySQL's keep a byte of the protocol in front: 3 for the command, or 1 from clients that send
query attributes. Of Oracle's packets all printable runs of four characters and more are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hoopscope.demo.recorded.tape import Tape
from hoopscope.demo.templates import VARIANTS, bank, recipe, tone_of

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_FIRST = {
    "mysql": ("select @@version_comment limit 1", "SET NAMES utf8mb4", "SELECT DATABASE()"),
    "mssql": ("SELECT @@SPID;", "SET TEXTSIZE 2147483647"),
    "oracle": (
        "(DESCRIPTION=(CONNECT_DATA=(SERVICE_NAME=LEDGER)(CID=(PROGRAM=sqlplus)(HOST=ws-14)"
        "(USER=ingrid)))(ADDRESS=(PROTOCOL=TCP)(HOST=127.0.0.1)(PORT=1521)))",
        "AUTH_TERMINAL pts/2 AUTH_PROGRAM_NM sqlplus@ws-14 AUTH_MACHINE ws-14 AUTH_SID ingrid",
        "AUTH_SESSKEY 5F0C9A7B1D AUTH_PASSWORD A93BC1770E2244FF",
    ),
}
_SECRETS = {
    "mysql": "ALTER USER 'report'@'%' IDENTIFIED BY 'Winch-Anch0r-77'",
    "mssql": "ALTER LOGIN report WITH PASSWORD = N'Winch-Anch0r-77';",
    "oracle": "alter user report identified by Winch_Anch0r_77",
}
_TONES = ("ok", "ok", "risky", "ok", "fail", "ok", "leak")


def begin(tape: Tape, key: Key) -> None:
    for text in _FIRST[key.scripts]:
        _statement(tape, key, text)


def act(tape: Tape, key: Key, number: int) -> None:
    if number % 9 == 8:
        _statement(tape, key, _SECRETS[key.scripts])
        return
    tone = tone_of(key.scripts, _TONES[number % len(_TONES)])
    count = len(bank(key.scripts)[tone]) * VARIANTS
    made = recipe(key.scripts, tone, (key.number * 7 + number) % count, key.day)
    parts = made.script.split(";\n") if key.scripts == "mysql" else [made.script]
    for part in parts:
        _statement(tape, key, part.removesuffix("\nGO"))
        tape.wait(0.3, 2)


def end(tape: Tape, key: Key) -> None:
    """Leaving is no statement."""


def _statement(tape: Tape, key: Key, text: str) -> None:
    if key.scripts == "mysql":
        tape.i((b"\x01", b"\x03")[key.number % 2] + text.encode())
    elif key.scripts == "oracle":
        tape.i(" ".join(run for run in text.split("\n") if len(run) >= 4))
    else:
        tape.i(text)
