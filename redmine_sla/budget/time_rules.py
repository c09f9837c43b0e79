"""Time entries that break the contract's time rules at the source.

The rules are computed beside Redmine's entries, which stay as they are (profile help-desk: time is
recorded in units of at least 0.25 h). Whoever wants Redmine itself to be right corrects these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from redmine_sla.budget.work import Work
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class OddEntry:
    """An entry that counts otherwise than it was booked. `person` is for the provider's eyes."""

    entry: int
    ticket: int | None
    day: date
    activity: str
    person: str
    booked: Decimal
    counted: Decimal
    clause: str


def odd_entries(contract: Contract, work: Iterable[Work], period: Period) -> Iterator[OddEntry]:
    """The entries for days of the period that are below the minimum or no multiple of the unit.

    Exempt activities and entries of no hours are right as they are. For the provider: these may be
    hours that have a price.
    """
    for one in work:
        entry = one.entry
        terms = contract.terms_on(entry.spent_on)
        if terms.time is None or not period.holds(entry.spent_on):
            continue
        counted = one.hours(terms, rounded=True)
        if counted != entry.hours:
            yield OddEntry(
                entry=entry.id,
                ticket=entry.ticket,
                day=entry.spent_on,
                activity=entry.activity.name,
                person=entry.user.name,
                booked=entry.hours,
                counted=counted,
                clause=terms.time.clause,
            )
