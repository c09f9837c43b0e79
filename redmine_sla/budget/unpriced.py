"""Hours booked on the development budget that have no price: whose, at what, and why.

For the provider's eyes: it names people. While there are any, nobody can say what is spent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from redmine_sla.budget.bookings import Bookings
from redmine_sla.budget.limits import LimitedDays
from redmine_sla.budget.written_price import NoPrice

NEXT_STEP = (
    "if they have left the project, or changed roles, write the role they held then into "
    "[[parties]] of sla.toml; else write a rate for them into [[development.rates]]"
)
"""What a person does about hours that no rate fits."""


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Hours within the limit's days that have no price, by person and activity."""

    person: str
    activity: str
    why: NoPrice
    hours: Decimal


def unpriced_of(booked: Bookings, limited: LimitedDays) -> tuple[Unpriced, ...]:
    """By person, activity and reason."""
    found: dict[tuple[str, str, NoPrice], Decimal] = {}
    for gap, hours in booked.gaps.items():
        if limited.holds(gap.day):
            key = gap.person, gap.activity, gap.why
            found[key] = found.get(key, Decimal(0)) + hours
    order = sorted(found, key=lambda key: (key[0], key[1], key[2].value))
    return tuple(Unpriced(*key, found[key]) for key in order if found[key])


def without_a_rate(unpriced: Iterable[Unpriced]) -> dict[str, Decimal]:
    """The hours that no rate fits, by person."""
    hours: dict[str, Decimal] = {}
    for one in unpriced:
        if one.why is NoPrice.NONE:
            hours[one.person] = hours.get(one.person, Decimal(0)) + one.hours
    return hours
