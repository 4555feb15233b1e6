"""What clients of a Postgres server send: raw messages, all connections of a session mixed."""

# ruff: noqa: S608 - nobody runs these statements
from __future__ import annotations

from struct import pack
from typing import TYPE_CHECKING

from hoopscope.demo.recorded.tape import Tape
from hoopscope.demo.templates import VARIANTS, bank, recipe

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key

_ENCRYPTION, _KERBEROS, _CANCEL = 80877103, 80877104, 80877102
_CATALOGUE = """SELECT n.nspname as "Schema",
  c.relname as "Name",
  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'i' THEN 'index' END as "Type",
  pg_catalog.pg_get_userbyid(c.relowner) as "Owner"
FROM pg_catalog.pg_class c
     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r','p','v','m','S','f','') AND n.nspname !~ '^pg_toast'
ORDER BY 1,2;"""
_LONG = (
    "insert into order_events (order_id, kind, payload, at) select o.id, $1, "
    "jsonb_build_object('reason', $2::text, 'by', $3::text), now() from orders o"
    " where o.id = any($4)"
)


def message(letter: str, body: bytes) -> bytes:
    """A message of the protocol: a letter, its length, its body."""
    return letter.encode() + pack(">I", len(body) + 4) + body


def _text(*texts: str) -> bytes:
    return b"".join(text.encode() + b"\0" for text in texts)


def _startup(user: str, program: str) -> bytes:
    body = pack(">I", 3 << 16) + _text(
        "user", user, "database", "shop", "application_name", program
    )
    return pack(">I", len(body) + 5) + body + b"\0"


def begin(tape: Tape, key: Key) -> None:
    """A psql signs in: encryption asked for, then a password, plain or proved."""
    if key.number % 3 == 1:
        tape.i(pack(">II", 8, _KERBEROS))
    tape.i(pack(">II", 8, _ENCRYPTION))
    tape.i(_startup("noop", "psql"))
    tape.wait(0.01, 0.05)
    if key.number % 2:
        tape.i(message("p", _text("s3cret-of-the-shop")))
        return
    nonce = f"n,,n=noop,r={tape.random.getrandbits(96):024x}".encode()
    tape.i(message("p", _text("SCRAM-SHA-256") + pack(">I", len(nonce)) + nonce))
    proof = f"c=biws,r={tape.random.getrandbits(128):032x},p=cHJvb2Ytb2YtdGhlLXBhc3N3b3Jk"
    tape.i(message("p", proof.encode()))


def act(tape: Tape, key: Key, number: int) -> None:
    acts = (_simple, _prepared, _transaction, _simple, _copied, _described, _second_client, _split)
    acts[number % len(acts)](tape, key, number)


def end(tape: Tape, key: Key) -> None:
    tape.rest()
    tape.i(message("X", b""))


def _query(tape: Tape, text: str) -> None:
    tape.i(message("Q", _text(text)))


def _simple(tape: Tape, key: Key, number: int) -> None:
    count = len(bank("postgres")["ok"]) * VARIANTS
    for step in range(1 + number % 3):
        made = recipe("postgres", "ok", (key.number + number + step * 5) % count, key.day)
        _query(tape, made.script)
        tape.wait(0.5, 4)


def _parse(name: str, text: str, *types: int) -> bytes:
    body = _text(name, text) + pack(f">H{len(types)}I", len(types), *types)
    return message("P", body)


def _bind(
    name: str, *values: bytes | None, portal: str = "", binary: tuple[int, ...] = ()
) -> bytes:
    body = _text("", name) + pack(f">H{len(binary)}H", len(binary), *binary)
    body += pack(">H", len(values))
    for value in values:
        body += pack(">i", -1) if value is None else pack(">i", len(value)) + value
    return message("B", body + pack(">HH", 1, 0))


def _execute(rows: int = 0) -> bytes:
    return message("E", b"\0" + pack(">I", rows))


_SYNC = message("S", b"")


def _prepared(tape: Tape, key: Key, number: int) -> None:
    """A named statement, bound thrice: text, NULL and binary parameters; then closed."""
    name = f"S_{number}"
    text = "select id, number, total from orders where customer_id = $1 and status = $2 limit $3"
    tape.i(_parse(name, text, 23, 25, 23) + message("D", b"S" + _text(name)) + _SYNC)
    for customer, status in ((1182, b"paid"), (48213, None), (-1, "zurückgegeben".encode())):
        tape.wait(0.05, 0.6)
        values = (pack(">i", customer), status, b"20")
        tape.i(_bind(name, *values, binary=(1, 0, 0)) + _execute() + _SYNC)
    tape.wait(0.2, 1)
    tape.i(message("C", b"S" + _text(name)) + _SYNC)


def _transaction(tape: Tape, key: Key, number: int) -> None:
    _query(tape, "begin;")
    tape.wait(0.4, 2)
    order = tape.random.randrange(10**6)
    _query(tape, f"update orders set status = 'refunded' where number = 'TW-{order:06}';")
    tape.wait(0.4, 2)
    _query(tape, "savepoint before_mail; insert into mails (order_id, kind) values (1, 'refund');")
    tape.wait(0.4, 3)
    _query(tape, "rollback;" if number % 2 else "commit;")


def _copied(tape: Tape, key: Key, number: int) -> None:
    """COPY in, several messages to a record; given up now and then."""
    _query(tape, "copy stock_counts (sku, depot, counted) from stdin with (format csv)")
    tape.wait(0.01, 0.1)
    random = tape.random
    for _ in range(3):
        lines = [
            f"ANC-{random.randrange(999):03},Lisbon,{random.randrange(90)}\n" for _ in range(8)
        ]
        tape.i(b"".join(message("d", line.encode()) for line in lines))
    tape.i(message("f", _text("canceled by user")) if number % 5 == 4 else message("c", b""))


def _described(tape: Tape, key: Key, number: int) -> None:
    """What `\\d` asks for, and a password in a statement."""
    _query(tape, _CATALOGUE)
    tape.wait(0.5, 2)
    _query(tape, f"alter role reporting{number} with password 'Tr0ub4dor&3';")


def _second_client(tape: Tape, key: Key, number: int) -> None:
    """Another program of the same session: its messages come between those of the first."""
    tape.i(pack(">II", 8, _ENCRYPTION))
    tape.i(_startup("noop", "DBeaver 24.2 - Main"))
    tape.wait(0.005, 0.02)
    tape.i(message("p", _text("md5" + f"{tape.random.getrandbits(128):032x}")))
    for text in ("SET extra_float_digits = 3", "select current_schema(), session_user"):
        tape.i(_parse("", text) + _bind("") + message("D", b"P\0") + _execute(rows=200) + _SYNC)
        tape.wait(0.01, 0.2)
        _query(tape, f"select count(*) from payments where id > {number}000;")
    tape.wait(0.5, 1)
    tape.i(pack(">IIII", 16, _CANCEL, 4711, tape.random.getrandbits(32)))
    tape.i(message("X", b""))


def _split(tape: Tape, key: Key, number: int) -> None:
    """One message over three records, its last part with the next one."""
    whole = _parse("", _LONG, 0, 25, 25, 1007)
    rest = _bind("", b"refund", "壊れた".encode(), b"dana", b"{1,2,3}") + _execute() + _SYNC
    cut = 40 + number % 20
    tape.i(whole[:cut])
    tape.i(whole[cut : cut + 60])
    tape.i(whole[cut + 60 :] + rest)
