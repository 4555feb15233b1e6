"""`python -m benchmarks [PART …]`: measures, prints a table, and fails nothing."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

from benchmarks.results import Result, as_markdown
from benchmarks.setting import Options

PARTS = (
    "start",
    "table",
    "console",
    "text",
    "page",
    "history",
    "listing",
    "loading",
    "replay",
    "events",
    "soak",
)


def main() -> None:
    """Run the parts that were asked for, all by default."""
    usual = Options()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of: {', '.join(PARTS)}")
    parser.add_argument("--rounds", type=int, default=usual.rounds, help="runs of each program")
    parser.add_argument(
        "--sessions", type=int, default=usual.sessions, help="size of the large history"
    )
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    options = Options(rounds=given.rounds, sessions=given.sessions)
    load = os.getloadavg()[0]
    if load > 1:
        print(f"The machine is busy (load {load:.1f}): times are not to be relied on.")
    results: list[Result] = []
    for part in given.parts or PARTS:
        print(f"measuring: {part} …", file=sys.stderr, flush=True)
        try:
            results.extend(import_module(f"benchmarks.{part}").measure(options))
        except Exception as error:  # noqa: BLE001 (the other parts are measured all the same)
            print(f"{part}: {type(error).__name__}: {error}", file=sys.stderr)
    print(as_markdown(results))


if __name__ == "__main__":
    main()
