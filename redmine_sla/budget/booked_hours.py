"""Hours booked where none are included: by month and activity, and by ticket.

What the development budget takes is not among them: its hours have a price that is the provider's
own (see `budget.told`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from redmine_sla.budget.bookings import Entries
from redmine_sla.budget.work import Work
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Terms

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Hours as they were booked, and as they count by the contract's time rules."""

    booked: Decimal = _NOTHING
    counted: Decimal = _NOTHING

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.booked + other.booked, self.counted + other.counted)


@dataclass(frozen=True, slots=True)
class TicketMonth:
    """The hours of one ticket in one month, and the time entries they come from."""

    tally: Tally
    entries: Entries

    def __add__(self, other: TicketMonth) -> TicketMonth:
        return TicketMonth(self.tally + other.tally, self.entries + other.entries)


@dataclass(slots=True)
class BookedHours:
    """Watches work go by, and adds up what was booked on days without an allowance: those of the
    period up to `day`.

    Each entry counts by the terms in force on its own day. The sums are exact, whatever the order.
    """

    contract: Contract
    period: Period
    day: date
    _activities: dict[tuple[date, str], Tally] = field(default_factory=dict)
    _tickets: dict[tuple[int | None, date], TicketMonth] = field(default_factory=dict)

    def watch(self, work: Iterable[Work]) -> Iterator[Work]:
        """The same work; look at the sums when it has gone by."""
        terms_on = cache(self.contract.terms_on)
        for one in work:
            spent_on = one.entry.spent_on
            if self.period.holds(spent_on) and spent_on <= self.day:
                self._take(one, terms_on(spent_on))
            yield one

    @property
    def activities(self) -> Mapping[tuple[date, str], Tally]:
        """By the month's first day and the activity, in order."""
        return dict(sorted(self._activities.items()))

    @property
    def months(self) -> Mapping[date, Tally]:
        """By the month's first day, in order."""
        months: dict[date, Tally] = {}
        for (month, _), tally in self.activities.items():
            months[month] = months.get(month, Tally()) + tally
        return months

    @property
    def tickets(self) -> Mapping[tuple[int | None, date], TicketMonth]:
        """By ticket (`None`: on none, first) and the month's first day, in order."""
        return dict(sorted(self._tickets.items(), key=lambda item: (item[0][0] or 0, item[0][1])))

    @property
    def total(self) -> Tally:
        return sum(self._activities.values(), Tally())

    def _take(self, one: Work, terms: Terms) -> None:
        if terms.allowance is not None or one.is_development(terms):
            return
        tally = Tally(one.entry.hours, one.hours(terms, rounded=True))
        doing = one.month, one.entry.activity.name
        self._activities[doing] = self._activities.get(doing, Tally()) + tally
        ticket = one.entry.ticket, one.month
        this = TicketMonth(tally, Entries(1, one.entry.updated))
        found = self._tickets.get(ticket)
        self._tickets[ticket] = found + this if found else this
