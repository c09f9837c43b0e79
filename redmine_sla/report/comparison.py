"""The same history under other terms, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from redmine_sla.availability import ServiceAvailability
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Money
from redmine_sla.report.promise import Promise
from redmine_sla.report.tally import Tally, tally
from redmine_sla.sla.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class IncludedHours:
    """Hours of some months: what the terms include, what was used, what went beyond, its price."""

    included: Decimal
    used: Decimal
    beyond: Decimal
    price: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodUnderTerms:
    """What came of a period under some terms.

    `fee` is what its months cost, `credits` what came back for broken promises, of tickets and of
    availability. Either is `None` where the terms have none, or name no figure for some month.
    `promises` are all those of the tickets judged; `availability` is what is stated for the months;
    `hours` are those included in them, `None` where none are.
    """

    name: str
    promises: tuple[Promise, ...]
    fee: Money | None
    credits: Money | None
    availability: tuple[ServiceAvailability, ...] = ()
    hours: IncludedHours | None = None

    def tally(self, period: Period) -> Tally:
        return tally(self.promises, period)

    def by_clock(self, period: Period) -> dict[str, Tally]:
        """The tally of each clock by its title."""
        found: dict[str, list[Promise]] = {}
        for one in self.promises:
            found.setdefault(one.title, []).append(one)
        tallies = {title: tally(own, period) for title, own in found.items()}
        return {title: counted for title, counted in tallies.items() if counted}

    @property
    def net(self) -> Money | None:
        """The fee and the hours beyond, less the credits; `None` where the fee is not known."""
        if self.fee is None:
            return None
        due = self.fee + self.hours.price if self.hours else self.fee
        return due - self.credits if self.credits is not None else due


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A promise on a ticket that comes out otherwise; `None` where only one side makes it."""

    ticket: int
    subject: str
    title: str
    before: Promise | None
    after: Promise | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One period of one contract, as it was and as it would have been, as known at `known`.

    `as_of` is the instant that was asked for, `pulled` when the mirror was brought up to date.
    """

    period: Period
    as_of: datetime
    known: datetime
    pulled: datetime
    tickets: int
    actual: PeriodUnderTerms
    simulated: PeriodUnderTerms

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The promises decided in the period on either side whose verdict differs, by ticket."""
        return tuple(
            found
            for found in differences(self.actual.promises, self.simulated.promises)
            if any(_falls_into(one, self.period) for one in (found.before, found.after))
        )


def differences(before: Iterable[Promise], after: Iterable[Promise]) -> Iterator[Difference]:
    """The promises whose verdict differs, matched by ticket, clock and cycle."""
    old, new = _by_key(before), _by_key(after)
    for key in sorted(old.keys() | new.keys()):
        one, other = old.get(key), new.get(key)
        if _kept(one) is not _kept(other):
            known = new[key] if one is None else one
            yield Difference(
                ticket=known.ticket,
                subject=known.subject,
                title=known.title,
                before=one,
                after=other,
            )


Key = tuple[int, str, int]


def _by_key(promises: Iterable[Promise]) -> Mapping[Key, Promise]:
    return {(one.ticket, one.clock, one.cycle): one for one in promises}


def _kept(one: Promise | None) -> Verdict | None:
    """The verdict as far as it matters here: late is late, whether done or not; open is open."""
    if one is None:
        return None
    if one.is_late:
        return Verdict.MISSED
    return Verdict.ON_TRACK if one.is_open else one.verdict


def _falls_into(one: Promise | None, period: Period) -> bool:
    return one is not None and one.counted_at is not None and period.contains(one.counted_at)
