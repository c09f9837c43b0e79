"""The steps of the demo, each said in plain words before it is done."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Collection
from pathlib import Path

ROOT = Path(__file__).parents[2]


class StepFailed(Exception):  # noqa: N818 - a step of the demo, in the demo's own words
    """A step did not end as it should; the demo ends with it."""


def heading(text: str) -> None:
    """What comes next."""
    print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


def say(text: str) -> None:
    print(f"  {text}", flush=True)


class CommandLine:
    """redmine-sla as it is typed, on the demo's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, fine: Collection[int] = (0,)) -> None:
        """Shows the command and what it says. Raises StepFailed on an exit code not in `fine`."""
        print(f"\n$ redmine-sla -c {shlex.join([str(self.folder), *words])}", flush=True)
        done = subprocess.run(self.argv(words), check=False, env=self.environment())
        _hold(words, done.returncode, fine)

    def answer(self, *words: str, fine: Collection[int] = (0,)) -> str:
        """The same, quietly: what it printed."""
        done = subprocess.run(
            self.argv(words),
            check=False,
            env=self.environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        _hold(words, done.returncode, fine)
        return done.stdout

    def argv(self, words: tuple[str, ...]) -> list[str]:
        """The command as this very Python runs it, installed or not."""
        return [sys.executable, "-m", "redmine_sla", "-c", str(self.folder), *words]

    def environment(self) -> dict[str, str]:
        """Ours, so that it finds the checkout."""
        return os.environ | {"PYTHONPATH": str(ROOT)}


def _hold(words: tuple[str, ...], code: int, fine: Collection[int]) -> None:
    if code not in fine:
        raise StepFailed(f"`redmine-sla {shlex.join(words)}` ended with {code}")
