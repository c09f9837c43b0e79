"""The monthly fee: a percentage of a base by level and term, or fixed.

(Profile crm-support: 6, 8 or 15 % of the deployment fee a month for a term of 24 months,
8, 10 or 20 % for 12.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from babel.numbers import get_currency_precision

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Money, Terms
from redmine_sla.contract.promises.budgets import BrokenMonth
from redmine_sla.contract.promises.fees import Fees
from redmine_sla.contract.stretches import stretches

_PAID_IN: Mapping[str, Decimal] = MappingProxyType({"HUF": Decimal(1)})
"""Where that is not the minor unit of ISO 4217: banks transfer whole forints only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What a whole month costs under some terms.

    `percent` of `base`, or, where `percent` is `None`, the fixed fee that `base` then is. Both are
    `None` where the contract states no figure.
    """

    tier: str
    percent: Decimal | None
    base: Money | None
    rules: Fees

    @property
    def month(self) -> Money | None:
        """The whole month's, not rounded."""
        if self.base is None or self.percent is None:
            return self.base
        return self.base.percent(self.percent)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePart:
    """The fee of days at one price: `days` of the `of_days` a whole fee is for.

    `amount` is rounded as the contract says; `None` where the contract states no figure.
    """

    first: date
    last: date
    price: Price
    of_days: int

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def amount(self) -> Money | None:
        whole = self.price.month
        if whole is None:
            return None
        share = Money(whole.amount * self.days / self.of_days, whole.currency)
        return rounded(share, self.price.rules.round_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyFee:
    """What one calendar month costs. The parts, each rounded, add up to it; there is at least one.

    `month` is the whole calendar month, whatever part of it the contract covers.
    """

    month: Period
    parts: tuple[FeePart, ...]

    @property
    def total(self) -> Money | None:
        """`None` where the contract states no figure for some days."""
        amounts = [part.amount for part in self.parts]
        known = [amount for amount in amounts if amount is not None]
        if len(known) < len(amounts):
            return None
        return sum(known[1:], known[0])

    def percent(self, percent: Decimal) -> Money | None:
        """So much of the month's fee, rounded as the fee is; `None` where that is not known."""
        total = self.total
        if total is None:
            return None
        return rounded(total.percent(percent), self.parts[-1].price.rules.round_to)


def monthly_fee(contract: Contract, month: Period) -> MonthlyFee | None:
    """The fee of a whole calendar month; `None` where no day of it has one.

    Levels, terms or bases that change within the month are paid for by days, and added up. A month
    in which the contract starts or ends is paid in full or by days, as `broken_month` says.
    """
    parts = tuple(_parts(contract, month))
    return MonthlyFee(month=month, parts=parts) if parts else None


def _parts(contract: Contract, month: Period) -> Iterator[FeePart]:
    """Neighbouring days at the same price are one part: an amendment may leave the fee alone."""
    joined: list[FeePart] = []
    days_of_month = month.last.day
    for stretch in stretches(contract, month):
        price = price_of(stretch.terms)
        if price is None:
            continue
        first, last = stretch.period.first, stretch.period.last
        if joined and joined[-1].price == price:
            joined[-1] = replace(joined[-1], last=last)
        else:
            joined.append(FeePart(first=first, last=last, price=price, of_days=days_of_month))
    paid_for = sum(part.days for part in joined)
    for part in joined:
        in_full = part.price.rules.broken_month is BrokenMonth.FULL
        yield replace(part, of_days=paid_for if in_full else days_of_month)


def price_of(terms: Terms) -> Price | None:
    """What a month costs under these terms; `None` where they have no fee."""
    fees = terms.fees
    if fees is None:
        return None
    tier = terms.tier or ""
    if fees.monthly is not None:
        return Price(tier=tier, percent=None, base=fees.monthly, rules=fees)
    level = terms.current_tier
    percent = level.fee_percent.get(terms.term_months or 0) if level else None
    base = fees.base if percent is not None else None
    return Price(tier=tier, percent=percent, base=base, rules=fees)


def rounded(money: Money, step: Decimal | None) -> Money:
    """Rounded half up to a multiple of `step`, or to the smallest unit the currency is paid in."""
    unit = step or _PAID_IN.get(money.currency, _minor_unit(money.currency))
    steps = (money.amount / unit).to_integral_value(ROUND_HALF_UP)
    return Money(steps * unit, money.currency)


def _minor_unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-get_currency_precision(currency))
