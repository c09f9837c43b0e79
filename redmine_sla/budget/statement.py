"""The monthly statement: what one contract is billed for one month, and what comes back.

It is internal: it names private tickets, and what nobody could measure. What the development budget
takes is paid for by the contract sum and does not stand here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from redmine_sla.budget.credits import CreditLine, MonthOfCredits
from redmine_sla.budget.fees import FeePart
from redmine_sla.budget.hours import MonthOfHours
from redmine_sla.budget.late_hours import LateHours, charge_beyond
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Money, Vat
from redmine_sla.contract.promises.fees import CreditFor


class Kind(StrEnum):
    """What a line of the statement is for."""

    FEE = "fee"
    HOURS = "hours"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line. Credits have negative amounts; `amount` is `None` where it cannot be told.

    `quantity` counts `unit`s: days of the month, hours, tickets. `note` says how the amount came
    about where the line does not show it.
    """

    kind: Kind
    what: str
    clause: str
    quantity: Decimal
    unit: str
    amount: Money | None
    first: date
    last: date
    tickets: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One contract's month as known at `known`.

    `month` are the days of the calendar month that are the contract's. `credits` hold the fee that
    they were taken of. `hours` is `None` where the contract has no allowance in the month, `vat`
    where it does not say whether amounts are net or gross. `late_hours` are earlier months whose
    hours have changed since this month began: for the biller to see, and in no line or total.
    """

    contract: Contract
    month: Period
    known: datetime
    credits: MonthOfCredits
    hours: MonthOfHours | None = None
    hours_clause: str = ""
    late_hours: tuple[LateHours, ...] = ()

    @property
    def is_draft(self) -> bool:
        """Whether more can still happen in the month than is known."""
        return self.known < self.month.end

    @property
    def vat(self) -> Vat | None:
        return self.contract.terms_on(self.month.last).vat

    @property
    def lines(self) -> tuple[StatementLine, ...]:
        """Fees, hours beyond the allowance, credits."""
        return (*self._fees(), *self._hours(), *self._credits())

    @property
    def total(self) -> Money:
        """The sum of the lines, as far as their amounts are known."""
        amounts = (line.amount for line in self.lines if line.amount is not None)
        return sum(amounts, Money.zero(self.contract.currency))

    @property
    def is_complete(self) -> bool:
        """Whether every line has an amount."""
        return all(line.amount is not None for line in self.lines)

    def _fees(self) -> Iterator[StatementLine]:
        for part in self.credits.fee.parts if self.credits.fee else ():
            yield StatementLine(
                kind=Kind.FEE,
                what=_fee_words(part),
                clause=part.price.rules.clause,
                quantity=Decimal(part.days),
                unit=f"of {part.of_days} days",
                amount=part.amount,
                first=part.first,
                last=part.last,
                note="" if part.amount else "the contract states no base, percentage or fixed fee",
            )

    def _hours(self) -> Iterator[StatementLine]:
        hours = self.hours
        if hours is None or not hours.beyond:
            return
        yield StatementLine(
            kind=Kind.HOURS,
            what=f"Hours beyond the {hours.available.normalize():f} h included",
            clause=self.hours_clause,
            quantity=hours.beyond,
            unit="h",
            amount=charge_beyond(self.contract, hours),
            first=hours.month.first,
            last=hours.month.last,
            note="the contract gives them no price" if hours.price is None else "",
        )

    def _credits(self) -> Iterator[StatementLine]:
        for line in self.credits.adjusted.lines:
            yield StatementLine(
                kind=Kind.CREDIT,
                what=f"Credit: {line.misses[0].subject.title}, {_broken_promise(line)}",
                clause=line.rule.clause,
                quantity=Decimal(_quantity(line)),
                unit=_unit(line),
                amount=None if line.granted is None else -line.granted,
                first=self.month.first,
                last=self.month.last,
                tickets=tickets_of(line),
                note=_note(line, self.month),
            )


def tickets_of(line: CreditLine) -> tuple[int, ...]:
    """The tickets a credit is for, hidden ones too; none for availability."""
    numbers = (miss.subject.ticket for miss in line.misses)
    return tuple(dict.fromkeys(number for number in numbers if number is not None))


def _fee_words(part: FeePart) -> str:
    price = part.price
    level = f", {price.tier}" if price.tier else ""
    if price.percent is None or price.base is None:
        return f"Monthly fee{level}"
    base = f"{_amount(price.base)} {price.rules.base_title}"
    return f"Monthly fee{level}: {price.percent.normalize():f} % of {base}"


def _amount(money: Money) -> str:
    return f"{money.amount:,f} {money.currency}"


def _broken_promise(line: CreditLine) -> str:
    return line.misses[0].subject.clause


def _quantity(line: CreditLine) -> int:
    match line.rule.counted_by:
        case CreditFor.HOUR:
            return line.times
        case CreditFor.MONTH:
            return 1
        case _:
            return max(1, len(tickets_of(line)))


def _unit(line: CreditLine) -> str:
    if line.rule.counted_by is CreditFor.TICKET and line.rule.availability:
        return "service"
    return str(line.rule.counted_by)


def _note(line: CreditLine, month: Period) -> str:
    if line.granted is None or line.owed is None:
        return "a percentage of a fee that the contract does not state"
    notes = []
    broken = f"broken on {line.at.astimezone(month.zone):%Y-%m-%d}"
    if line.at < month.begin:
        notes.append(f"{broken}, hours of this month")
    elif line.at >= month.end:
        notes.append(f"{broken}, after the contract's last day")
    if line.granted < line.owed:
        notes.append(f"{_amount(line.owed)} before the cap")
    return "; ".join(notes)
