"""Availability in these tests: outages in local time, contracts in TOML, figures in seconds.

month("2026-09", ROUND_THE_CLOCK, down("2026-09-03 10:00", "2026-09-03 12:00"))
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from redmine_sla.availability import Outage, ServiceAvailability, Unmeasured, availability_of
from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Contract
from tests.judging import contract
from tests.notation import BUDAPEST, instant

LATER = "2030-01-01 00:00"


def promising_percent(percent: str, *more: str) -> Contract:
    """That availability around the clock of the system as a whole, since 2026-01-01."""
    return contract(f"[availability]\nclause = 'availability'\npercent = {percent}", *more)


def down(
    began: str, ended: str | None, *, ticket: int = 1, service: str = "", rejected: bool = False
) -> Outage:
    """An outage between two local times."""
    return Outage(
        ticket=ticket,
        service=service,
        began=instant(began),
        ended=instant(ended) if ended else None,
        rejected=rejected,
    )


def month_named(name: str, zone: ZoneInfo = BUDAPEST) -> Period:
    return month_of(date.fromisoformat(f"{name}-01"), zone)


def days(first: str, last: str, zone: ZoneInfo = BUDAPEST) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last), zone)


def services(
    period: Period, under: Contract, *events: Outage | Unmeasured, at: str = LATER
) -> dict[str, ServiceAvailability]:
    """Each service by its name."""
    return {one.service: one for one in availability_of(under, events, period, instant(at))}


def in_month(
    name: str, under: Contract, *events: Outage | Unmeasured, at: str = LATER
) -> ServiceAvailability:
    """The only service's availability in a month like `2026-09`."""
    (only,) = services(month_named(name), under, *events, at=at).values()
    return only


def over(
    period: Period, under: Contract, *events: Outage | Unmeasured, at: str = LATER
) -> ServiceAvailability:
    """The only service's availability in a period."""
    (only,) = services(period, under, *events, at=at).values()
    return only
