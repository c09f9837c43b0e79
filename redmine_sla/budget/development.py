"""The money set aside for development: a percentage of the contract sum (contract E, point 11).

What is not known is not priced: hours without a rate are shown beside the money, never as zero.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from redmine_sla.budget.amounts import amount_text, percent_text
from redmine_sla.budget.work import Work
from redmine_sla.contract import Contract, Money, Terms, Vat
from redmine_sla.contract.findings import WrongValueError
from redmine_sla.contract.promises.budgets import BudgetPeriod, Development

_MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentBudget:
    """The budget as it stands at the end of a day.

    `spent` is hours by rate or, for tickets with an agreed price, that price once work on them is
    booked. `unpriced` are hours that count but for which the contract has no rate.
    """

    percent: Decimal
    base: Money
    limit: Money
    spent: Money
    unpriced: Decimal
    vat: Vat | None
    clause: str

    @property
    def remaining(self) -> Money:
        """What is left; negative when overspent."""
        return self.limit - self.spent

    @property
    def is_over(self) -> bool:
        return self.limit < self.spent

    @property
    def share(self) -> Decimal:
        """The part of the limit that is used: 1 is all of it. A limit of nothing is always used."""
        if not self.limit.amount:
            return Decimal(1)
        return self.spent.amount / self.limit.amount

    def __str__(self) -> str:
        """One line for the customer's page: no rates, no names."""
        line = (
            f"{amount_text(self.spent)} of {amount_text(self.limit)} used "
            f"({percent_text(self.share)})"
        )
        if self.is_over:
            line += f", over the limit by {amount_text(-self.remaining)}"
        else:
            line += f", {amount_text(self.remaining)} left"
        if self.vat is not None:
            line += f", {self.vat}"
        if self.unpriced:
            line += f"; {self.unpriced.normalize():f} h more have no price yet"
        return line


def development_budget(
    contract: Contract, work: Iterable[Work], day: date
) -> DevelopmentBudget | None:
    """The budget at the end of `day`, by the terms then in force.

    `None` where the contract has no such budget or no sum that day. Each entry is priced and
    counted by the terms in force on the day it was spent.
    """
    terms = contract.terms_on(day)
    rules = terms.development
    if rules is None or terms.contract_sum is None:
        return None
    first = _first_day(contract, rules, day)
    spent, unpriced = _spent(contract, (one for one in work if first <= one.entry.spent_on <= day))
    return DevelopmentBudget(
        percent=rules.percent,
        base=terms.contract_sum,
        limit=terms.contract_sum.percent(rules.percent),
        spent=spent,
        unpriced=unpriced,
        vat=terms.vat,
        clause=rules.clause,
    )


def _first_day(contract: Contract, rules: Development, day: date) -> date:
    """The first day the limit is for."""
    match rules.period:
        case BudgetPeriod.CONTRACT:
            first = contract.starts
        case BudgetPeriod.YEAR:
            first = date(day.year, 1, 1)
        case BudgetPeriod.QUARTER:
            month = (day.month - 1) // _MONTHS_OF_A_QUARTER * _MONTHS_OF_A_QUARTER + 1
            first = date(day.year, month, 1)
    return max(first, contract.starts)


def _spent(contract: Contract, work: Iterable[Work]) -> tuple[Money, Decimal]:
    """The money spent, and the hours that have no price."""
    spent, unpriced = Money.zero(contract.currency), Decimal(0)
    agreed: dict[int, Money] = {}
    for one in work:
        terms = contract.terms_on(one.entry.spent_on)
        rules = terms.development
        if rules is None or not one.counts_by(rules.counts):
            continue
        price = _agreed_price(one, rules, contract.currency)
        if price is not None and one.entry.ticket is not None:
            agreed[one.entry.ticket] = price
            continue
        cost = _cost(one, terms, rules)
        if cost is None:
            unpriced += one.entry.hours
        else:
            spent += cost
    return sum(agreed.values(), spent), unpriced


def _cost(work: Work, terms: Terms, rules: Development) -> Money | None:
    rate = work.rate_among(rules.rates)
    if rate is None:
        return None
    return rate.per_hour * work.hours(terms, rounded=rules.time_rules)


def _agreed_price(work: Work, rules: Development, currency: str) -> Money | None:
    """The price written on the ticket, as `450000` or `450 000 HUF`."""
    written = work.fields.get(rules.fixed_price_field or "", "").strip()
    if not written:
        return None
    try:
        price = Money.parse(written if written[-1:].isalpha() else f"{written} {currency}")
    except WrongValueError:
        return None
    return price if price.currency == currency else None
