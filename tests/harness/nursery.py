"""The process that holds one Redmine: started here, spoken to over its socket (see nursery.rb)."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.harness.cache import subfolder
from tests.harness.errors import HarnessError

BOOT_TIMEOUT = 120.0  # seconds; a boot takes 5 on an idle machine
TIMEOUT = 900.0  # seconds; the longest thing asked is to seed thousands of tickets


class Nursery:
    """Speaks to the nursery of the instance in `folder`, whoever started it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ask(self, do: str, **arguments: str) -> dict[str, Any]:
        """Has the nursery do something; raises HarnessError when it refuses or is gone."""
        request = json.dumps({"do": do, **arguments}).encode() + b"\n"
        # The path of a socket may have 107 bytes, that of a cache folder more: go through /proc.
        holder = os.open(self.folder, os.O_PATH)
        try:
            with socket.socket(socket.AF_UNIX) as channel:
                channel.settimeout(TIMEOUT)
                channel.connect(f"/proc/self/fd/{holder}/control.sock")
                channel.sendall(request)
                answer = channel.makefile("rb").readline()
        except OSError as error:
            problem = f"the server in {self.folder} does not answer ({error})"
            raise HarnessError(problem, hint=self._log_hint()) from None
        finally:
            os.close(holder)
        if not answer:
            raise HarnessError(
                f"the server in {self.folder} ended while it was asked to {do}",
                hint=self._log_hint(),
            )
        answered: dict[str, Any] = json.loads(answer)
        if "error" in answered:
            raise HarnessError(answered["error"], hint=self._log_hint())
        return answered

    def stop(self) -> None:
        """Ends the nursery and all it forked; it is no error if it is gone already."""
        try:
            self.ask("stop")
        except HarnessError:
            return

    def _log_hint(self) -> str:
        return f"read {self.folder / 'log' / 'nursery.log'}"


def launch(
    folder: Path,
    command: list[str],
    *,
    lifeline: int,
    lock: int,
    environment: Mapping[str, str],
) -> subprocess.Popen[bytes]:
    """Starts a nursery and waits until it can be spoken to.

    `lifeline` becomes its standard input: where the environment tells it to mind that, it ends
    with the other side. It inherits `lock`, which so stands for its life.
    """
    log = folder / "log" / "nursery.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=lifeline,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # an interrupt on the terminal is for the tests alone
            pass_fds=[lock],
            env=dict(environment),
        )
    deadline = time.monotonic() + BOOT_TIMEOUT
    while not (folder / "control.sock").exists():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.communicate()
            raise _did_not_start(log)
        time.sleep(0.02)
    return process


def _did_not_start(log: Path) -> HarnessError:
    """What the log says, kept where the next sweep of dead servers does not take it."""
    kept = subfolder("logs") / f"start-{log.parent.parent.name}.log"
    shutil.copyfile(log, kept)
    said = kept.read_text(errors="replace").splitlines()
    last = "\n    ".join([line for line in said if not line.startswith("\tfrom ")][-12:])
    return HarnessError(f"Redmine did not start\n    {last}", hint=f"read {kept}")
