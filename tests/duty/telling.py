"""Obligations in TOML, and what comes of them in one line each: the tests' language."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, loads_contract
from redmine_sla.duty import Occurrence, occurrences
from tests.judging import contract

PEOPLE = """
[[contacts]]
name = "Anna Kiss"
login = "anna"
may = ["verify_work", "follow_schedule"]
"""


def owing(
    rhythm: str, *more: str, name: str = "review", keys: str = "", also: str = ""
) -> Contract:
    """A contract of Mo-Fr 09-17 in Hungary that owes one thing at a rhythm.

    `more` are keys of the obligation, `keys` of the contract, `also` its further tables.
    """
    rows = [
        f'name = "{name}"',
        'title = "Review of the log files"',
        'clause = "log-file review"',
        *([f'rhythm = "{rhythm}"'] if rhythm else []),
        *more,
    ]
    return contract(keys, "[[obligations]]\n" + "\n".join(rows), PEOPLE, also)


def offer(profile: str, more: str = "", starts: str = "2026-01-01") -> Contract:
    """The smallest contract that extends a profile of the catalogue."""
    figures = {
        "crm-support": "term_months = 24\n",
        "information-system": 'contract_sum = "100 KZT"\nvat = "net"\n',
    }
    return loads_contract(
        f'extends = "{profile}"\n{figures.get(profile, "")}'
        f'title = "A contract"\ncustomer = "A customer"\nprovider = "We"\nprojects = "project"\n'
        f"starts = {starts}\n{more}",
        profile,
    )


def period(first: str, last: str, zone: str = "Europe/Budapest") -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last), ZoneInfo(zone))


def owed(under: Contract, first: str, last: str, name: str = "") -> tuple[Occurrence, ...]:
    """What falls due from one day to another, of one obligation or of all."""
    found = occurrences(under, period(first, last, under.timezone))
    return tuple(one for one in found if not name or one.duty.name == name)


def days(under: Contract, first: str, last: str, name: str = "") -> list[str]:
    """The days, as `Mon 2026-01-05`."""
    return [f"{one.day:%a %Y-%m-%d}" for one in owed(under, first, last, name)]
