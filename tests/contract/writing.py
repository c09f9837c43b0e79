"""Contracts and desks in TOML, and the complaints about them, for the tests of this folder."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from redmine_sla.contract import ConfigurationError, Contract, load_folder, loads_contract

PLAIN = """\
title = "Support for Alma"
customer = "Alma Kft."
provider = "We"
language = "en"
timezone = "Europe/Budapest"
currency = "HUF"
projects = "alma"
starts = 2026-01-01
calendar = "office"
"""

OFFICE = """\
[calendars.office]
hours = "Mo-Fr 09:00-17:00"
holidays = "HU"
"""

WORK_START = """\
[[targets]]
clock = "work_start"
within = "8bh"
clause = "3.1"
"""

DESK = """\
[redmine]
url = "http://127.0.0.1:3000"

[roles]
provider = "Developer"
customer = "Reporter"

[statuses]
working = "In Progress"
waiting_customer = "Feedback"
resolved = ["Resolved", "Closed"]

[surfaces]
mode = "wiki"
wiki_markup = "textile"
"""


def contract(*, keys: str = "", tables: str = "") -> Contract:
    """A plain contract of office hours, with more keys at its top and more tables below."""
    return loads_contract(written(keys=keys, tables=tables), "alma.toml")


def written(*, keys: str = "", tables: str = "") -> str:
    """Its text. Lines 1-9 are the plain keys, then come `keys`, the calendar, and `tables`."""
    return PLAIN + dedent(keys) + OFFICE + dedent(tables)


def complaints(text: str, name: str = "alma.toml") -> list[str]:
    """What is said about a contract that cannot be accepted, one mistake a line."""
    with pytest.raises(ConfigurationError) as refused:
        loads_contract(text, name)
    return str(refused.value).splitlines()


def folder(path: Path, files: dict[str, str]) -> Path:
    """A configuration folder with a desk, unless the files bring their own."""
    for name, text in {"sla.toml": DESK, **files}.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return path


def complaints_about(path: Path) -> list[str]:
    """What is said about a folder that cannot be accepted, one mistake a line."""
    with pytest.raises(ConfigurationError) as refused:
        load_folder(path)
    return str(refused.value).splitlines()
