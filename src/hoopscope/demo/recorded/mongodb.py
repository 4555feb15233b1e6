"""What clients of MongoDB send: each document a line of relaxed extended JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hoopscope.demo.recorded.tape import Tape

if TYPE_CHECKING:
    from hoopscope.demo.recorded.catalogue import Key


def _send(tape: Tape, *documents: dict[str, Any]) -> None:
    """One message; a sequence of documents is a line each."""
    lines = (json.dumps(one, separators=(",", ":"), ensure_ascii=False) for one in documents)
    tape.i("".join(line + "\n" for line in lines))


def _binary(text: str) -> dict[str, Any]:
    return {"$binary": {"base64": text, "subType": "00"}}


def _oid(tape: Tape) -> dict[str, str]:
    return {"$oid": f"{tape.random.getrandbits(96):024x}"}


def begin(tape: Tape, key: Key) -> None:
    """A shell says what it is, and signs in."""
    _send(
        tape,
        {
            "hello": 1,
            "helloOk": True,
            "client": {
                "application": {"name": "mongosh 2.3.2"},
                "driver": {"name": "nodejs|mongosh", "version": "6.9.0|2.3.2"},
                "platform": "Node.js v20.18.0, LE",
                "os": {"name": "linux", "architecture": "x64", "type": "Linux"},
            },
            "compression": ["none"],
            "loadBalanced": False,
            "$db": "admin",
        },
    )
    nonce = "biwsbj1hcHAscj1kZW1vLW5vbmNlLTEyMzQ1Ng=="
    _send(
        tape,
        {
            "saslStart": 1,
            "mechanism": "SCRAM-SHA-256",
            "payload": _binary(nonce),
            "autoAuthorize": 1,
            "options": {"skipEmptyExchange": True},
            "$db": "admin",
        },
    )
    _send(
        tape,
        {
            "saslContinue": 1,
            "conversationId": 1,
            "payload": _binary("Yz1iaXdzLHI9ZGVtbyxwPXByb29mLW9mLXRoZS1wYXNzd29yZA=="),
            "$db": "admin",
        },
    )
    _send(tape, {"ping": 1, "lsid": {"id": _binary("3q2+7w==")}, "$db": "admin"})


def act(tape: Tape, key: Key, number: int) -> None:
    acts = (_find, _aggregate, _insert, _update, _more, _user, _transaction)
    acts[number % len(acts)](tape, number)


def end(tape: Tape, key: Key) -> None:
    tape.rest()
    _send(tape, {"endSessions": [{"id": _binary("3q2+7w==")}], "$db": "admin"})


def _find(tape: Tape, number: int) -> None:
    sku = f"ANC-{tape.random.randrange(999):03}"
    _send(
        tape,
        {
            "find": "products",
            "filter": {"sku": sku, "price": {"$gt": 12.5}, "name": {"$regex": "^Anker|錨"}},
            "projection": {"name": 1, "stock": 1},
            "sort": {"price": -1},
            "limit": 20,
            "$db": "catalogue",
            "$readPreference": {"mode": "secondaryPreferred"},
        },
    )


def _aggregate(tape: Tape, number: int) -> None:
    pipeline = [
        {"$match": {"createdAt": {"$gte": {"$date": "2026-11-01T00:00:00Z"}}}},
        {"$group": {"_id": "$country", "n": {"$sum": 1}}},
        {"$sort": {"n": -1}},
    ]
    _send(
        tape,
        {"aggregate": "orders", "pipeline": pipeline, "cursor": {"batchSize": 101}, "$db": "shop"},
    )


def _insert(tape: Tape, number: int) -> None:
    """The documents come as a sequence of their own: lines behind the command's."""
    rows = [
        {"_id": _oid(tape), "sku": f"ROP-{number}{at}", "price": {"$numberDecimal": "9.90"}}
        for at in range(3)
    ]
    _send(tape, {"insert": "products", "ordered": True, "$db": "catalogue"}, *rows)


def _update(tape: Tape, number: int) -> None:
    _send(
        tape,
        {"update": "products", "ordered": True, "$db": "catalogue"},
        {"q": {"category": "winches"}, "u": {"$mul": {"price": 1.04}}, "multi": True},
    )


def _more(tape: Tape, number: int) -> None:
    cursor = tape.random.getrandbits(62)
    _send(tape, {"getMore": cursor, "collection": "orders", "batchSize": 1000, "$db": "shop"})
    tape.wait(0.1, 0.6)
    _send(tape, {"killCursors": "orders", "cursors": [cursor], "$db": "shop"})


def _user(tape: Tape, number: int) -> None:
    """A command that carries a password."""
    _send(
        tape,
        {
            "createUser": f"report{number}",
            "pwd": "Winch-Anch0r-77",
            "roles": [{"role": "read", "db": "shop"}],
            "$db": "admin",
        },
    )


def _transaction(tape: Tape, number: int) -> None:
    own = {"lsid": {"id": _binary("3q2+7w==")}, "txnNumber": number, "autocommit": False}
    _send(
        tape,
        {"delete": "carts", "ordered": True, "startTransaction": True, **own, "$db": "shop"},
        {"q": {"lastSeen": {"$lt": {"$date": "2026-10-01T00:00:00Z"}}}, "limit": 0},
    )
    tape.wait(0.2, 1)
    end_of_it = "abortTransaction" if number % 3 == 0 else "commitTransaction"
    _send(tape, {end_of_it: 1, **own, "$db": "admin"})
