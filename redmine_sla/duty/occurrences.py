"""The occurrences of a contract's obligations: a pure function of contract and dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar.local_time import instant, wall_clock
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.contract.promises.obligations import Obligation, WorkingDayRule
from redmine_sla.duty.stretches import ObligationStretch, stretches
from redmine_sla.duty.working_days import WorkingDays, working_days_of

_DAY = timedelta(days=1)
_HOUR = 3600  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time that something is owed. All days are local to the contract.

    `nominal` is the day of the rule, `day` the one after the working-day rule. `begin` and `end`
    (in UTC) are set for what has an hour. Its ticket is made on `ticket_from`; `last_day` is the
    last one in time. `terms_since` is the first day of the terms it is owed by, `revision` their
    number.
    """

    contract: str
    duty: Obligation
    nominal: date
    day: date
    begin: datetime | None
    end: datetime | None
    ticket_from: date
    last_day: date
    terms_since: date
    revision: int

    @property
    def key(self) -> str:
        """`crm-support/log_review/2026-07-01`: the same wherever a working-day rule moves it."""
        return f"{self.contract}/{self.duty.name}/{self.nominal}"


def occurrences(contract: Contract, period: Period) -> tuple[Occurrence, ...]:
    """What falls due on the days of the period, by day. Raises `CalendarError`.

    The terms in force on the *nominal* day decide whether and how it is owed, so that an amendment
    neither loses nor doubles one. What the working-day rule would move out of the contract is
    moved the other way: there is none before its start and none after its end, and the last
    month's is not lost. Days of one rule that come to the same day are one occurrence (as RFC
    5545 ignores duplicates in a recurrence set), named after the nominal day nearest to it.
    """
    found = [
        one
        for owed in stretches(contract).values()
        for one in _nearest(_candidates(contract, owed, period))
    ]
    return tuple(sorted(found, key=lambda one: (one.day, one.duty.name)))


def _candidates(
    contract: Contract, owed: Iterable[ObligationStretch], period: Period
) -> Iterator[Occurrence]:
    """Every nominal day that comes to a day of the period."""
    for stretch in owed:
        working = working_days_of(stretch.duty, stretch.terms)
        # No nominal day is moved over a working day.
        earliest = working.before(period.first) + _DAY
        latest = working.after(period.last) - _DAY
        for nominal in stretch.nominal_days(earliest, latest):
            day = _moved(nominal, stretch.duty, working, contract)
            if day is not None and period.holds(day):
                yield _occurrence(contract, stretch, working, nominal, day)


def _moved(
    nominal: date, duty: Obligation, working: WorkingDays, contract: Contract
) -> date | None:
    """The day after the working-day rule; `None` where there is none in the contract."""
    rule = duty.working_day_rule
    if rule is WorkingDayRule.KEEP or working.include(nominal):
        return nominal if _is_owed_on(nominal, duty, contract) else None
    if rule is WorkingDayRule.SKIP:
        return None
    ways = [working.after, working.before]
    for way in ways if rule is WorkingDayRule.AFTER else reversed(ways):
        if _is_owed_on(day := way(nominal), duty, contract):
            return day
    return None


def _is_owed_on(day: date, duty: Obligation, contract: Contract) -> bool:
    return contract.covers(day) and (duty.starts is None or duty.starts <= day)


def _occurrence(
    contract: Contract, stretch: ObligationStretch, working: WorkingDays, nominal: date, day: date
) -> Occurrence:
    duty = stretch.duty
    begin = _begin(duty, day, ZoneInfo(contract.timezone))
    first = max(contract.starts, duty.starts or contract.starts)
    return Occurrence(
        contract=contract.name,
        duty=duty,
        nominal=nominal,
        day=day,
        begin=begin,
        end=begin + timedelta(seconds=int(duty.hours * _HOUR)) if begin and duty.hours else None,
        ticket_from=max(first, working.earlier(day, duty.lead_time)),
        last_day=working.later(day, duty.late_after),
        terms_since=stretch.first,
        revision=stretch.revision,
    )


def _begin(duty: Obligation, day: date, zone: ZoneInfo) -> datetime | None:
    """The hour on that day's clocks, whatever they were set to the day before."""
    if duty.time_of_day is None:
        return None
    return instant(wall_clock(zone, datetime.combine(day, duty.time_of_day)))


def _nearest(found: Iterable[Occurrence]) -> Iterable[Occurrence]:
    """Of those on one day the one whose nominal day is nearest to it."""
    by_day: dict[date, Occurrence] = {}
    for one in found:
        other = by_day.get(one.day)
        if other is None or abs(one.day - one.nominal) < abs(other.day - other.nominal):
            by_day[one.day] = one
    return by_day.values()
