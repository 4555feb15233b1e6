"""Recordings of `exec`: the script, then its output as text."""

# ruff: noqa: S311 - made-up data wants to be the same in every run
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from random import Random
from typing import NamedTuple

from hoopscope.demo.recorded.blocks import Blocks
from hoopscope.demo.recorded.floods import LOG_WIDTH, log_block
from hoopscope.demo.recorded.masking import masked
from hoopscope.demo.recorded.tape import Recording, Tape
from hoopscope.demo.templates import Recipe

_COUNTRIES = ("DE", "JP", "BR", "US", "PT", "FR", "KR", "TR", "NO", "PL")
_STATES = ("paid", "pending", "shipped", "refunded", "cancelled")
_NAMES = ("Amara Costa", "Bjørn Grønn", "Kavita Rossi", "Haruto 田中", "Žofie Kovač", "Mei 陳")


def exec_recording(made: Recipe, *, notice: str, redact: bool) -> Recording:
    """A script with its output in some pieces; `notice` stands in place of the output."""
    tape = Tape(Random(made.script))
    tape.i(made.script)
    output = notice or (masked(made.output) if redact else made.output)
    lines = output.splitlines(keepends=True)
    step = max(1, len(lines) // 3)
    for begin in range(0, len(lines), step):
        tape.wait(0.001, max(0.01, made.seconds / 4))
        tape.o("".join(lines[begin : begin + step]))
    return tape


class Special(NamedTuple):
    """A script worth a look: the script, its exit code, and the recording."""

    script: str
    exit_code: int
    make: Callable[[str, Random], Recording]


@cache
def specials() -> dict[str, Special]:
    """Every special exec by its name, as `scenarios.txt` has it."""
    return {
        "wide-result": Special(
            "select id, number, customer, country, status, total, currency, placed_at, note\n"
            "from orders where placed_at >= date_trunc('month', now()) order by id;",
            0,
            _many_rows,
        ),
        "aligned": Special(
            "\\pset format aligned\nselect country, count(*) as orders, sum(total) as total,"
            " max(customer) as latest_customer from orders group by 1 order by 2 desc;",
            0,
            _aligned,
        ),
        "boxed": Special(
            'mysql -t -e "select invoice_id, customer, total, due from invoices"',
            0,
            _boxed,
        ),
        "json": Special(
            "aws ec2 describe-instances --filters Name=tag:team,Values=platform", 0, _json
        ),
        "traceback": Special(
            "from tools import reconcile\nreconcile.run('/data/ledger.csv', strict=True)\n",
            1,
            _traceback,
        ),
        "colours": Special("git log -p -2 --color && pytest --color=yes -q", 0, _colours),
        "flood": Special("cat /var/log/app/checkout.log", 0, _flood),
        "broken-bytes": Special("head -c 4000 /var/log/app/upload.bin; cat latin1.txt", 0, _broken),
        "migration": Special(
            "set -euo pipefail\n"
            'for batch in $(seq 1 4000); do bin/migrate-orders --batch "$batch"; done',
            0,
            lambda script, random: _written(script, "", random),
        ),
        "one-line": Special("curl -s localhost:9200/products/_search?size=10000", 0, _one_line),
    }


@cache
def special_exec(name: str) -> Recording:
    """A recording by its name: one of `specials`, or `large-N` of N megabytes."""
    if name.startswith("large-"):
        count = int(name.removeprefix("large-")) * 1_000_000 // LOG_WIDTH
        return Blocks(log_block, count, LOG_WIDTH, first=(("i", b"cat checkout.log"),))
    found = specials()[name]
    return found.make(found.script, Random(name))


_BLOCK_ROWS = 250


def _many_rows(script: str, random: Random) -> Recording:
    """30,000 rows, tab-separated as psql prints through the gateway."""
    seeds = [random.randrange(1 << 30) for _ in range(120)]
    header = "id\tnumber\tcustomer\tcountry\tstatus\ttotal\tcurrency\tplaced_at\tnote\n"

    def block(number: int) -> bytes:
        own = Random(seeds[number])
        lines = []
        for row in range(_BLOCK_ROWS):
            placed = f"2026-11-{1 + number // 5:02} {own.randrange(24):02}:{row % 60:02}:"
            placed += f"{own.randrange(60):02}.{own.randrange(100000, 999999)}+00"
            note = ("", "gift", "fragile | top", "\\N")[row % 4]
            lines.append(
                f"{100001 + number * _BLOCK_ROWS + row}\tTW-{own.randrange(100000, 999999)}\t"
                f"{_NAMES[row % 6]}\t{_COUNTRIES[row % 10]}\t{_STATES[row % 5]}\t"
                f"{own.randrange(1000, 9999)}.{own.randrange(10, 99)}\tEUR\t{placed}\t{note}\n"
            )
        return "".join(lines).encode()

    first = (("i", script.encode()), ("o", header.encode()))
    return Blocks(block, 120, len(block(0)), first=first, last=(("o", b"(30000 rows)\n"),))


def _written(script: str, output: str | bytes, random: Random) -> Recording:
    """A script and an output in pieces of at most 4 KiB, as an agent sends them."""
    tape = Tape(random)
    tape.i(script)
    data = output.encode() if isinstance(output, str) else output
    for begin in range(0, len(data), 4096):
        tape.o(data[begin : begin + 4096])
    return tape


def _aligned(script: str, random: Random) -> Recording:
    rows = [
        (country, str(random.randrange(10, 9999)), f"{random.randrange(10**6)}.00", name)
        for country, name in zip(_COUNTRIES, _NAMES * 2, strict=False)
    ]
    head = ("country", "orders", "total", "latest_customer")
    widths = [max(_cells(row[column]) for row in [head, *rows]) for column in range(4)]

    def line(row: tuple[str, ...], centred: bool = False) -> str:
        cells = []
        for column, text in enumerate(row):
            space = widths[column] - _cells(text)
            left = space // 2 if centred else (space if column in (1, 2) else 0)
            cells.append(" " + " " * left + text + " " * (space - left) + " ")
        return "|".join(cells).rstrip() + "\n"

    rule = "+".join("-" * (width + 2) for width in widths) + "\n"
    body = line(head, centred=True) + rule + "".join(map(line, rows)) + f"({len(rows)} rows)\n\n"
    return _written(script, "Output format is aligned.\n" + body, random)


def _cells(text: str) -> int:
    """How wide a text is in a terminal: ideographs take two cells."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)


def _boxed(script: str, random: Random) -> Recording:
    head = ("invoice_id", "customer", "total", "due")
    rows = [
        (str(20260000 + number), random.choice(_NAMES[:3]), f"{random.randrange(9000)}.50", "NULL")
        for number in range(12)
    ]
    widths = [max(_cells(row[column]) for row in [head, *rows]) for column in range(4)]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+\n"

    def line(row: tuple[str, ...]) -> str:
        cells = (f" {text}{' ' * (widths[at] - _cells(text))} " for at, text in enumerate(row))
        return "|" + "|".join(cells) + "|\n"

    return _written(script, rule + line(head) + rule + "".join(map(line, rows)) + rule, random)


def _json(script: str, random: Random) -> Recording:
    instances = [
        {
            "InstanceId": f"i-{random.getrandbits(68):017x}",
            "InstanceType": random.choice(("m7g.large", "c7g.xlarge", "r7g.2xlarge")),
            "LaunchTime": f"2026-11-{random.randrange(1, 24):02}T04:12:09+00:00",
            "PrivateIpAddress": f"10.12.{random.randrange(256)}.{random.randrange(2, 250)}",
            "State": {"Code": 16, "Name": "running"},
            "Tags": [
                {"Key": "Name", "Value": f"batch-{number:02}"},
                {"Key": "owner", "Value": "Ü"},
            ],
            "EbsOptimized": bool(number % 2),
            "KernelId": None,
        }
        for number in range(24)
    ]
    found = {"Reservations": [{"OwnerId": "123456789012", "Instances": instances}]}
    return _written(script, json.dumps(found, indent=4, ensure_ascii=False) + "\n", random)


def _traceback(script: str, random: Random) -> Recording:
    lines = [
        "reading /data/ledger.csv\n",
        *(f"  {n * 10:3} % of 48,211 rows\n" for n in range(1, 8)),
    ]
    output = "".join(lines) + (
        "WARNING: row 33,747 has no currency\n"
        "Traceback (most recent call last):\n"
        '  File "<stdin>", line 2, in <module>\n'
        '  File "/srv/tools/reconcile.py", line 88, in run\n'
        "    total = sum(converted(row) for row in rows)\n"
        "            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        '  File "/srv/tools/reconcile.py", line 61, in converted\n'
        '    return Decimal(row["amount"]) * rates[row["currency"]]\n'
        "                                    ~~~~~^^^^^^^^^^^^^^^^^\n"
        "KeyError: ''\n\n"
        "The above exception was the direct cause of the following exception:\n\n"
        "Traceback (most recent call last):\n"
        '  File "<stdin>", line 2, in <module>\n'
        '  File "/srv/tools/reconcile.py", line 91, in run\n'
        "    raise ReconcileError(path) from error\n"
        "tools.reconcile.ReconcileError: /data/ledger.csv does not balance\n"
    )
    return _written(script, output, random)


def _colours(script: str, random: Random) -> Recording:
    def lines() -> Iterator[str]:
        for _ in range(2):
            yield f"\x1b[33mcommit {random.getrandbits(160):040x}\x1b[m\n"
            yield "Author: Tomáš Dvořák <tomas@tidewater.example>\n\n    Round prices once\n\n"
            yield "\x1b[1mdiff --git a/pricing/round.py b/pricing/round.py\x1b[m\n"
            yield "\x1b[36m@@ -12,7 +12,7 @@\x1b[m \x1b[mdef rounded(price):\x1b[m\n"
            yield "\x1b[31m-    return round(price, 2)\x1b[m\n"
            yield "\x1b[32m+\x1b[m\x1b[32m    return price.quantize(CENT)\x1b[m\n"
        yield "".join(f"\x1b[48;5;{number}m  \x1b[0m" for number in range(16, 52)) + "\n"
        yield "".join(f"\x1b[38;2;{n * 7};{255 - n * 7};160m█" for n in range(36)) + "\x1b[0m\n"
        for number in range(40):
            yield f"\x1b[32m{'.' * 60}\x1b[0m\x1b[36m [{number * 2 + 2:3}%]\x1b[0m\n"
        yield "\x1b[1;31mFAILED\x1b[0m tests/test_round.py::\x1b[1mtest_half_cents\x1b[0m\n"
        yield "\x1b[31m\x1b[1m1 failed\x1b[0m, \x1b[32m2399 passed\x1b[0m in 48.20s\n"

    return _written(script, "".join(lines()), random)


def _flood(script: str, _random: Random) -> Recording:
    """20 MB of a log."""
    return Blocks(log_block, 20_000_000 // LOG_WIDTH, LOG_WIDTH, first=(("i", script.encode()),))


def _broken(script: str, random: Random) -> Recording:
    data = random.randbytes(4000) + "\nGrüße aus Köln, 12 °C\n".encode("latin-1")
    return _written(script, data + b"lone \xed\xa0\x80 cut \xe6\x97\nnul\0byte\n", random)


def _one_line(script: str, _random: Random) -> Recording:
    """JSON without a single line break, 1.1 MB."""

    def block(number: int) -> bytes:
        hits = (
            f'{{"_id":"{number:03}-{at:02}","_score":1.0,"_source":{{"sku":"ANC-{at:03}","tags":'
            f'["錨","winch"],"price":{at + 10}.5,"stock":{at * 37 % 90 + 10}}}}},'
            for at in range(40)
        )
        return "".join(hits).encode()

    first = (("i", script.encode()), ("o", b'{"took":12,"timed_out":false,"hits":['))
    last = (("o", b'{"_id":"last"}]}\n'),)
    return Blocks(block, 250, len(block(0)), first=first, last=last)
