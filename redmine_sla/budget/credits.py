"""Money back for broken promises (contract A: a money-back guarantee backs the repair targets).

Each rule of the contract stands for itself: a promise that two rules name earns both. Two caps hold
in each month. What one rule gives is at most its own `cap_percent` of the month's fee; what all
give together is at most the largest `cap_percent` among the rules that give something. Where a
cap is reached, what was broken first is paid first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from redmine_sla.budget.fees import MonthlyFee
from redmine_sla.budget.misses import Miss, Side, Subject, Unjudged, in_month
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Money
from redmine_sla.contract.promises.fees import Credit, CreditFor

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """What one rule gives for a ticket, a service, or the whole month.

    `times` is how often the rule's amount is given: once, or for each started hour. `owed` is that
    before the caps, `granted` what is left under them; both are `None` where the rule takes a
    percentage of a fee that nobody knows.
    """

    rule: Credit
    misses: tuple[Miss, ...]
    times: int
    owed: Money | None
    granted: Money | None

    @property
    def at(self) -> datetime:
        return self.misses[0].at

    @property
    def overrun(self) -> timedelta:
        """The longest of its overruns."""
        return max(miss.overrun for miss in self.misses)

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
    """The credits of a whole calendar month, of what was broken in it.

    The rules are those in force when a promise was broken. Anything of other months in `found` is
    passed over.
    """
    own = in_month(found, month)
    sides = {
        side: _side(
            contract, [one for one in own if isinstance(one, Miss) and one.side is side], fee
        )
        for side in Side
    }
    return MonthOfCredits(
        month=month,
        fee=fee,
        adjusted=sides[Side.ADJUSTED],
        raw=sides[Side.RAW],
        unjudged=tuple(
            one
            for one in own
            if isinstance(one, Unjudged) and any(_rules_for(contract, one.subject, one.at))
        ),
    )


def _side(contract: Contract, misses: Iterable[Miss], fee: MonthlyFee | None) -> Credits:
    nothing = Money.zero(contract.currency)
    lines = sorted(_lines(contract, misses, fee), key=lambda line: _order(line.misses[0]))
    return Credits(lines=tuple(_capped(lines, fee)), nothing=nothing)


def _order(miss: Miss) -> tuple[datetime, int, str]:
    return miss.at, miss.subject.ticket or 0, miss.subject.title


def _lines(
    contract: Contract, misses: Iterable[Miss], fee: MonthlyFee | None
) -> Iterator[CreditLine]:
    """One line for each rule and what it is counted by."""
    earned: dict[tuple[str, int | None, str], tuple[Credit, list[Miss]]] = {}
    for miss in sorted(misses, key=_order):
        for rule in _rules_for(contract, miss.subject, miss.at):
            key = (rule.name, *_counted_by(rule, miss.subject))
            earned.setdefault(key, (rule, []))[1].append(miss)
    for rule, own in earned.values():
        times = _times(rule, own)
        owed = _owed(rule, times, fee)
        yield CreditLine(rule=rule, misses=tuple(own), times=times, owed=owed, granted=owed)


def _rules_for(contract: Contract, subject: Subject, at: datetime) -> Iterator[Credit]:
    for rule in contract.terms_at(at).credits:
        if rule.availability is (subject.clock is None) and (
            rule.clock in (None, subject.clock)
            and (not rule.tiers or subject.tier in rule.tiers)
            and (not rule.severity or subject.severity in rule.severity)
            and (not rule.problem_class or subject.problem_class in rule.problem_class)
        ):
            yield rule


def _counted_by(rule: Credit, subject: Subject) -> tuple[int | None, str]:
    """A ticket counts once, however often it missed; a service likewise."""
    if rule.counted_by is CreditFor.MONTH:
        return None, ""
    return subject.ticket, "" if subject.ticket else subject.title


def _times(rule: Credit, misses: Iterable[Miss]) -> int:
    """Each started hour of each miss; late by no service time at all is an hour started, too."""
    if rule.counted_by is not CreditFor.HOUR:
        return 1
    return sum(max(1, -(-miss.overrun // _HOUR)) for miss in misses)


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
    left_of_all = fee.percent(max(line.rule.cap_percent for line in lines))
    left: dict[str, Money | None] = {}
    for line in lines:
        left_of_rule = left.setdefault(line.rule.name, fee.percent(line.rule.cap_percent))
        if line.owed is None or left_of_rule is None or left_of_all is None:
            yield line
            continue
        granted = min(line.owed, left_of_rule, left_of_all)
        left[line.rule.name] = left_of_rule - granted
        left_of_all = left_of_all - granted
        yield replace(line, granted=granted)
