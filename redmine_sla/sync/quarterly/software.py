"""The versions that a quarter is counted with: this program, the laws' packages, Python."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("redmine-sla", "holidays", "opening-hours-py", "tzdata")


def software() -> dict[str, str]:
    """By name; what is not installed as a package is left out."""
    found = {"python": platform.python_version()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return dict(sorted(found.items()))
