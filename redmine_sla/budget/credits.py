"""Money back for broken promises (profile crm-support: a guarantee backs the repair targets).

Each rule of the contract stands for itself: a promise that two rules name earns both. Two caps hold
in each month. What one rule gives is at most its own `cap_percent` of the month's fee; what all
give together is at most the largest `cap_percent` among the rules that give something. Where a
cap is reached, what was broken first is paid first.

A rule is known by its name, and an amendment may change it in mid-month. A broken promise earns by
the rule in force when it broke; where a rule gives something once, for a ticket or for the month,
it is the most that one of its broken promises earns; its cap is the largest in force when they
broke. So one more broken promise never makes a credit smaller.

A credit belongs to the month in which the promise broke; but started hours belong each to the month
in which they began, and are paid of that month's fee, under its caps. After the contract's last
month there is no fee. What breaks later, and the hours that begin later, are of that month: the
promise was made under the contract, and no other month can pay for it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from redmine_sla.budget.fees import MonthlyFee
from redmine_sla.budget.misses import Beyond, Counting, Miss, Subject, Unjudged
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Money
from redmine_sla.contract.promises.fees import Credit, CreditFor


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """What one rule gives for a ticket, a service, or the whole month.

    `rule` is the one that gives it, of those of its name in force when its promises broke. `times`
    is how often its amount is given: once, or for each started hour of the month. `overrun` is the
    longest time beyond a target in the month. `cap_percent` is the rule's in this month.

    `owed` is the amount before the caps, `granted` what is left under them; both are `None` where
    the rule takes a percentage of a fee that nobody knows.
    """

    rule: Credit
    misses: tuple[Miss, ...]
    times: int
    overrun: timedelta
    cap_percent: Decimal
    owed: Money | None
    granted: Money | None

    @property
    def at(self) -> datetime:
        return self.misses[0].at

    @property
    def capped(self) -> Money | None:
        """What the caps took away."""
        if self.owed is None or self.granted is None:
            return None
        return self.owed - self.granted


@dataclass(frozen=True, slots=True, kw_only=True)
class Credits:
    """One side's credits of a month, in the order in which the promises were broken."""

    lines: tuple[CreditLine, ...]
    nothing: Money

    @property
    def total(self) -> Money:
        """The sum of what is granted, as far as it is known."""
        granted = (line.granted for line in self.lines if line.granted is not None)
        return sum(granted, self.nothing)

    @property
    def is_known(self) -> bool:
        return all(line.granted is not None for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfCredits:
    """The credits of one calendar month. Owed are the `adjusted` ones; `raw` stand beside them.

    `unjudged` are promises a rule would pay for, had somebody recorded enough to judge them.
    """

    month: Period
    fee: MonthlyFee | None
    adjusted: Credits
    raw: Credits
    unjudged: tuple[Unjudged, ...]


def credits_of(
    contract: Contract,
    month: Period,
    found: Iterable[Miss | Unjudged],
    fee: MonthlyFee | None,
) -> MonthOfCredits:
    """The credits of a whole calendar month, of what was broken in it, or stayed broken by the
    hour. Anything of other months in `found` is passed over.
    """
    own = tuple(found)
    sides = {
        side: _side(
            contract,
            month,
            [one for one in own if isinstance(one, Miss) and one.side is side],
            fee,
        )
        for side in Counting
    }
    return MonthOfCredits(
        month=month,
        fee=fee,
        adjusted=sides[Counting.ADJUSTED],
        raw=sides[Counting.RAW],
        unjudged=tuple(
            one
            for one in own
            if isinstance(one, Unjudged)
            and month.contains(one.counted_at)
            and any(_rules_for(contract, one.subject, one.counted_at))
        ),
    )


def _side(
    contract: Contract, month: Period, misses: Iterable[Miss], fee: MonthlyFee | None
) -> Credits:
    caps: dict[str, Decimal] = {}
    grouped: dict[Hashable, list[_Earned]] = {}
    for each in _earned(contract, month, misses):
        rule = each.rule
        caps[rule.name] = max(caps.get(rule.name, rule.cap_percent), rule.cap_percent)
        grouped.setdefault(each.given_for, []).append(each)
    lines = [_line(own, caps, fee) for own in grouped.values()]
    lines.sort(key=lambda line: _order(line.misses[0]))
    return Credits(lines=tuple(_capped(lines, fee)), nothing=Money.zero(contract.currency))


def _order(miss: Miss) -> tuple[datetime, int, str]:
    return miss.at, miss.subject.ticket or 0, miss.subject.title


@dataclass(frozen=True, slots=True)
class _Earned:
    """A broken promise and a rule in force when it broke, which gives something for it."""

    rule: Credit
    miss: Miss
    beyond: Beyond

    @property
    def given_for(self) -> Hashable:
        """What shares one line: a ticket counts once, however often it missed; a service likewise;
        the month, too. Hours add up, those of each rule for itself.
        """
        rule, subject = self.rule, self.miss.subject
        if rule.counted_by is CreditFor.MONTH:
            return rule.name, rule.counted_by
        counted = subject.ticket, "" if subject.ticket else subject.title
        if rule.counted_by is CreditFor.HOUR:
            return rule, counted
        return rule.name, rule.counted_by, counted


def _earned(contract: Contract, month: Period, misses: Iterable[Miss]) -> Iterator[_Earned]:
    for miss in sorted(misses, key=_order):
        beyond = miss.within(month)
        if beyond is None:
            continue
        for rule in _rules_for(contract, miss.subject, miss.at):
            by_hours = rule.counted_by is CreditFor.HOUR
            if beyond.hours if by_hours else month.contains(miss.counted_at):
                yield _Earned(rule, miss, beyond)


def _line(
    own: Sequence[_Earned], caps: Mapping[str, Decimal], fee: MonthlyFee | None
) -> CreditLine:
    """Of what is given once, the most counts; an amount that nobody knows may be the most."""
    times = _times(own)
    owed, rule = max(
        ((_owed(each.rule, times, fee), each.rule) for each in own),
        key=lambda found: (found[0] is None, found[0].amount if found[0] else 0),
    )
    return CreditLine(
        rule=rule,
        misses=tuple(each.miss for each in own),
        times=times,
        overrun=max(each.beyond.overrun for each in own),
        cap_percent=caps[rule.name],
        owed=owed,
        granted=owed,
    )


def _rules_for(contract: Contract, subject: Subject, at: datetime) -> Iterator[Credit]:
    for rule in contract.terms_at(at).credits:
        if rule.availability is (subject.clock is None) and (
            rule.clock in (None, subject.clock)
            and (not rule.tiers or subject.tier in rule.tiers)
            and (not rule.severity or subject.severity in rule.severity)
            and (not rule.problem_class or subject.problem_class in rule.problem_class)
        ):
            yield rule


def _times(own: Sequence[_Earned]) -> int:
    if own[0].rule.counted_by is not CreditFor.HOUR:
        return 1
    return sum(each.beyond.hours for each in own)


def _owed(rule: Credit, times: int, fee: MonthlyFee | None) -> Money | None:
    if rule.amount is not None:
        return rule.amount * times
    if rule.percent_of_fee is None or fee is None:
        return None
    return fee.percent(rule.percent_of_fee * times)


def _capped(lines: list[CreditLine], fee: MonthlyFee | None) -> Iterator[CreditLine]:
    """The lines in order, each with what the caps leave of it. Without a fee there is no cap."""
    if fee is None or fee.total is None or not lines:
        yield from lines
        return
    left_of_all = fee.percent(max(line.cap_percent for line in lines))
    left: dict[str, Money | None] = {}
    for line in lines:
        left_of_rule = left.setdefault(line.rule.name, fee.percent(line.cap_percent))
        if line.owed is None or left_of_rule is None or left_of_all is None:
            yield line
            continue
        granted = min(line.owed, left_of_rule, left_of_all)
        left[line.rule.name] = left_of_rule - granted
        left_of_all = left_of_all - granted
        yield replace(line, granted=granted)
