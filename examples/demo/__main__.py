"""The demo by hand: python -m examples.demo start | stop | pictures."""

from __future__ import annotations

import argparse
import sys

from examples.demo import house, performance, steps
from redmine_sla.errors import SlaError
from tests.harness.errors import HarnessError


def start() -> None:
    """bring up a real Redmine, and show the whole job on it"""
    performance.perform()


def stop() -> None:
    """stop it and remove what it made"""
    house.remove(steps.say)


def pictures() -> None:
    """take the README's pictures of the running demo, into docs/pictures"""
    from examples.demo import pictures as album  # noqa: PLC0415 - needs a browser

    album.take()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m examples.demo", description=__doc__)
    acts = {act.__name__: act for act in (start, stop, pictures)}
    parser.add_argument(
        "act", choices=acts, help="; ".join(f"{a}: {acts[a].__doc__}" for a in acts)
    )
    chosen = acts[parser.parse_args().act]
    try:
        chosen()
    except (steps.StepFailed, HarnessError, SlaError) as error:
        print(f"\nThe demo ends here: {error}", file=sys.stderr)
        if house.folder().exists():
            print("`make demo-stop` removes what there is of it.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
