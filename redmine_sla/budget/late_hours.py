"""Hours beyond the allowance of months that were stated before, and have changed since.

Nobody can tell from Redmine what a month's hours were when it was billed: an entry says when it was
booked and when it was last changed, not what it said before, and a deleted one says nothing. So a
month's statement bills its own hours, as far as they are known; and it lists, for the biller to
compare with what he billed, each earlier month for whose days something was booked or changed since
the month's own begin. That list is in no total: what was booked within days of a month's end may
stand on its bill already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from redmine_sla.budget.corrections import Late
from redmine_sla.budget.fees import rounded
from redmine_sla.budget.hours import HourAccount, MonthOfHours, is_looked_at
from redmine_sla.budget.work import Work
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Money
from redmine_sla.contract.promises.budgets import Rollover


@dataclass(frozen=True, slots=True, kw_only=True)
class LateHours:
    """An earlier month's hours beyond the allowance: without what was booked since, and now.

    `before` and `difference`, what they cost more (or less) now, are `None` where entries were
    changed: what they said before is not known. `late` are the entries booked or changed for days
    of the month; there are none where only what earlier months hand on has changed.
    """

    month: Period
    late: tuple[Late, ...]
    before: Decimal | None
    now: Decimal
    difference: Money | None

    @property
    def tickets(self) -> tuple[int, ...]:
        return tuple(one.ticket for one in self.late if one.ticket is not None)


def of_the_allowance(contract: Contract, work: Iterable[Work]) -> Iterator[Work]:
    """The part of the work that the allowance looks at on its day."""
    return (one for one in work if is_looked_at(one, contract.terms_on(one.entry.spent_on)))


def late_hours(
    contract: Contract, late: Iterable[Late], before: HourAccount, now: HourAccount, month: Period
) -> Iterator[LateHours]:
    """The months before that one whose hours may have changed, in order.

    `late` is what was booked or changed since `month` began for days before it, `before` the
    account without what was booked since, `now` the one with it.
    """
    found = tuple(late)
    changed = [one.month for one in found if one.changed]
    hands_on = now.rules.rollover is not Rollover.NONE
    for then, present in zip(before.months, now.months, strict=True):
        if present.month.last >= month.first:
            return
        first = present.month.first.replace(day=1)
        own = tuple(one for one in found if one.month == first)
        unknown = any(one == first or (hands_on and one < first) for one in changed)
        if own or unknown or then.beyond != present.beyond:
            difference = charge_beyond(contract, present) - charge_beyond(contract, then)
            yield LateHours(
                month=present.month,
                late=own,
                before=None if unknown else then.beyond,
                now=present.beyond,
                difference=None if unknown else difference,
            )


def charge_beyond(contract: Contract, month: MonthOfHours) -> Money:
    """What the hours beyond cost, rounded as fees are; nothing where they have no price."""
    if month.price is None:
        return Money.zero(contract.currency)
    terms = contract.terms_on(month.month.last)
    return rounded(month.price, terms.fees.round_to if terms.fees else None)
