"""Made-up values for scripts and outputs: order numbers, names, hosts, dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from uuid import UUID

_WORDS = {
    "first": "Amara Bjørn Chiara Dmitri Eszter Fatima Goran Haruto Inès Jakub Kavita Lars Mei "
    "Nils Olga Pablo Rania Sofía Théo Ülkü Vikram Wanda Yara Žofie",
    "last": "Abe Brandt Costa Duarte Egger Fontaine Grønn Horvat Ito Jansen Kovač Larsen Moreau "
    "Novák Okafor Peeters Qureshi Rossi Suzuki Tanaka Usman Vogel Wang Yıldız",
    "city": "Lisbon Osaka Lyon Kraków Bergen Recife Leeds Antwerp Izmir Hamburg Oakland Busan",
    "country": "PT JP FR PL NO BR GB BE TR DE US KR",
    "status": "paid pending shipped refunded cancelled authorised returned",
    "service": "orders-api checkout-web billing-worker catalogue-api search-indexer session-store "
    "price-engine mailer ledger-sync inventory-api",
    "namespace": "shop payments catalogue platform observability",
    "state": "Running Running Running Running Running Pending CrashLoopBackOff",
    "table": "orders order_items payments customers refunds shipments invoices addresses",
    "host": "shop-01 shop-02 shop-03 edge-01 edge-02 batch-01 ledger-01",
    "region": "eu-west-1 eu-central-1 us-east-1 us-west-2 sa-east-1",
    "plan": "basic plus business enterprise",
    "level": "INFO INFO INFO WARN ERROR DEBUG",
    "path": "/api/v2/orders /api/v2/checkout /api/v2/refunds /healthz /api/v2/carts /login",
    "code": "200 200 200 201 204 302 404 499 500 502 503",
    "job": "nightly-reconcile export-ledger rebuild-search purge-carts send-invoices sync-stock",
    "browser": "Firefox Chrome Safari Edge curl",
    "reason": "OOMKilled Error Evicted Completed Unhealthy BackOff",
}
_LISTS = {word: values.split() for word, values in _WORDS.items()}
_HEX = "0123456789abcdef"
_POD = "bcdfghjklmnpqrstvwxz2456789"


def _letters(random: Random, alphabet: str, count: int) -> str:
    return "".join(random.choices(alphabet, k=count))


def _number(low: int, high: int) -> Callable[[Random, date], str]:
    return lambda random, _day: str(random.randint(low, high))


def _hex(count: int) -> Callable[[Random, date], str]:
    return lambda random, _day: _letters(random, _HEX, count)


def _name(random: Random, _day: date) -> str:
    return f"{random.choice(_LISTS['first'])} {random.choice(_LISTS['last'])}"


def _email(random: Random, _day: date) -> str:
    return f"{_letters(random, 'abcdefghijklmnoprstuvw', 6)}{random.randint(1, 99)}@mail.example"


def _uuid(random: Random, _day: date) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))


def _pod(random: Random, _day: date) -> str:
    ends = f"{_letters(random, _POD, 9)}-{_letters(random, _POD, 5)}"
    return f"{random.choice(_LISTS['service'])}-{ends}"


def _day(random: Random, day: date) -> str:
    return str(day - timedelta(days=random.randint(0, 60)))


def _time(random: Random, _day: date) -> str:
    return f"{random.randint(0, 23):02}:{random.randint(0, 59):02}:{random.randint(0, 59):02}"


def _address(random: Random, _day: date) -> str:
    return f"10.{random.randint(0, 40)}.{random.randint(0, 255)}.{random.randint(2, 254)}"


_MAKERS: dict[str, Callable[[Random, date], str]] = {
    "id": _number(10_000, 999_999),
    "n": _number(1, 9),
    "nn": _number(10, 99),
    "nnn": _number(100, 999),
    "big": _number(10_000, 9_999_999),
    "port": _number(30_000, 60_999),
    "order": lambda random, _day: f"TW-{random.randint(100000, 999999)}",
    "sku": lambda random, _day: (
        f"{_letters(random, 'ABCDEFGHKLMNPRST', 3)}-{random.randint(100, 999)}"
    ),
    "amount": lambda random, _day: f"{random.randint(3, 2400)}.{random.randint(0, 99):02}",
    "pct": lambda random, _day: f"{random.randint(0, 99)}.{random.randint(0, 9)}",
    "load": lambda random, _day: f"{random.randint(0, 7)}.{random.randint(0, 99):02}",
    "ver": lambda random, _day: (
        f"{random.randint(1, 4)}.{random.randint(0, 48)}.{random.randint(0, 12)}"
    ),
    "hash": _hex(7),
    "hex": _hex(12),
    "uuid": _uuid,
    "name": _name,
    "email": _email,
    "pod": _pod,
    "date": _day,
    "time": _time,
    "ip": _address,
    "card": lambda random, _day: (
        f"4242 42{random.randint(10, 99)} {random.randint(1000, 9999)} {random.randint(1000, 9999)}"
    ),
    "ssn": lambda random, _day: (
        f"{random.randint(100, 772)}-{random.randint(10, 99)}-{random.randint(1000, 9999)}"
    ),
    "phone": lambda random, _day: (
        f"+351 9{random.randint(10, 69)} {random.randint(100, 999)} {random.randint(100, 999)}"
    ),
    "ticket": lambda random, _day: f"OPS-{random.randint(900, 2400)}",
    "esc": lambda _random, _day: "\x1b",
    "csi": lambda _random, _day: "\x9b",
    "bel": lambda _random, _day: "\x07",
    "rlo": lambda _random, _day: "\u202e",
    "pdf": lambda _random, _day: "\u202c",
    "zwsp": lambda _random, _day: "\u200b",
    "bom": lambda _random, _day: "\ufeff",
    "acute": lambda _random, _day: "\u0301",
    "long": lambda _random, _day: "A" * 280,
    "awskey": lambda random, _day: (
        "AKIA" + _letters(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)
    ),
}


def made_up(word: str, random: Random, day: date) -> str:
    """A value for a word of the templates; dates lie up to two months before `day`.

    Raises:
        KeyError: a word that nobody knows, which is a mistake in a template.
    """
    if word in _LISTS:
        return random.choice(_LISTS[word])
    return _MAKERS[word](random, day)
