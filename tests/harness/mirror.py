"""Where Debian packages come from: the mirror this machine is set up to use."""

from __future__ import annotations

import os
import shlex
import subprocess


def debian_mirror() -> str | None:
    """The first Debian archive apt knows, or None: then debootstrap's own default is right.

    Security and updates suites have archives of their own and do not carry a whole release.
    """
    try:
        targets = subprocess.run(
            ["apt-get", "indextargets", "--format", "$(ORIGIN)\t$(LABEL)\t$(REPO_URI)"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    for line in targets.splitlines():
        origin, label, address = line.split("\t")
        if (origin, label) == ("Debian", "Debian") and address.startswith(("http:", "https:")):
            return address
    return None


def download_environment() -> dict[str, str]:
    """This process's environment, with apt's proxy for the tools that only look there."""
    environment = dict(os.environ)
    try:
        answer = subprocess.run(
            ["apt-config", "shell", "PROXY", "Acquire::http::Proxy"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return environment
    for assignment in shlex.split(answer):
        environment.setdefault("http_proxy", assignment.partition("=")[2])
    return environment
