"""The figures of the README.

    python -m benchmarks [calendar] [assessing] [quarter] [syncing] [--quick] [--json]

All of them take about twenty minutes on a quiet machine with two cores, nearly all of it spent
reading a real Redmine. What else runs there shows in the figures: its load is told with them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from benchmarks import assessing, calendar, quarter, syncing
from tests.harness.errors import HarnessError

MODULES = {"calendar": calendar, "assessing": assessing, "quarter": quarter, "syncing": syncing}


def measured(name: str, arguments: argparse.Namespace) -> Sequence[Any]:
    """The figures of one benchmark, as dataclasses. Raises `HarnessError` without a Redmine."""
    quick: bool = arguments.quick
    if name == "calendar":
        return calendar.measure(100 if quick else calendar.QUESTIONS)
    if name == "assessing":
        return assessing.measure(1_000 if quick else assessing.TICKETS)
    if name == "quarter":
        return quarter.measure(1_000 if quick else quarter.TICKETS)
    sizes = arguments.tickets or ([100] if quick else [syncing.FEW, syncing.TICKETS])
    return syncing.measure(sizes, rounds=1 if quick else syncing.ROUNDS, say=_say)


def machine() -> dict[str, str | int | float]:
    """Where the figures come from."""
    return {
        "redmine-sla": version("redmine-sla"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "cores": os.cpu_count() or 0,
        "load": round(os.getloadavg()[0], 1),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the benchmarks named, or all. Ends with 2 where a library or a Redmine is missing."""
    arguments = _parser().parse_args(argv)
    facts = machine()
    if not arguments.json:
        _tell(", ".join(f"{name} {value}" for name, value in facts.items()))
    found: dict[str, list[dict[str, Any]]] = {}
    for name in arguments.names:
        module = MODULES[name]
        try:
            figures = measured(name, arguments)
        except HarnessError as obstacle:
            _say(f"{name}: {obstacle}")
            return 2
        except ModuleNotFoundError as missing:
            _say(f"{name}: {missing}\n  next: pip install -e '.[bench]'")
            return 2
        found[name] = [asdict(one) for one in figures]
        if not arguments.json:
            _tell(f"\n{(module.__doc__ or name).splitlines()[0]}\n\n{module.table(figures)}")
    if arguments.json:
        _tell(json.dumps({"machine": facts, **found}, indent=2))
    return 0


def _tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _say(progress: str) -> None:
    sys.stderr.write(progress + "\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "names",
        nargs="*",
        choices=MODULES,
        default=list(MODULES),
        metavar="name",
        help=f"{', '.join(MODULES)}; all when none is named",
    )
    parser.add_argument("--quick", action="store_true", help="in small, to see that they run")
    parser.add_argument("--json", action="store_true", help="the figures for programs")
    parser.add_argument(
        "--tickets", type=int, action="append", metavar="N", help="syncing: so many; repeatable"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
