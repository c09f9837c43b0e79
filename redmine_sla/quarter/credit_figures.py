"""Credits in customers' words, as frozen figures and as a sheet.

Tickets that not every reader may see are counted; their amounts are in every sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from redmine_sla.budget.credits import CreditLine, Credits, MonthOfCredits
from redmine_sla.budget.misses import Subject
from redmine_sla.contract import Money
from redmine_sla.contract.promises.fees import CreditFor
from redmine_sla.language import Tongue
from redmine_sla.press.sheet import Cell, Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.plain_figures import money_figure
from redmine_sla.quarter.promise_figures import instant_figure, seconds_figure

_ALL = Decimal(100)


def visible_tickets(credit: CreditLine) -> tuple[int, ...]:
    """The tickets it is for that every reader may see."""
    subjects = (miss.subject for miss in credit.misses if not miss.subject.hidden)
    return tuple(dict.fromkeys(one.ticket for one in subjects if one.ticket is not None))


def hidden_tickets(credit: CreditLine) -> int:
    """How many others there are."""
    return len({miss.subject.ticket for miss in credit.misses if miss.subject.hidden})


def is_hidden(credit: CreditLine) -> bool:
    """Whether it is for nothing that every reader may see."""
    return all(miss.subject.hidden for miss in credit.misses)


def fee_words(month: MonthOfCredits, tongue: Tongue) -> str:
    return "" if month.fee is None else money_words(month.fee.total, tongue)


def total_words(credits: Credits, tongue: Tongue) -> str:  # noqa: A002 - the contract's own word
    total = tongue.money(credits.total)
    return total if credits.is_known else tongue.say("at least {amount}", amount=total)


def money_words(amount: Money | None, tongue: Tongue) -> str:
    return tongue.say("not known") if amount is None else tongue.money(amount)


def promise_words(credit: CreditLine, tongue: Tongue) -> str:
    """What was promised, and where the contract says so."""
    subject = credit.misses[0].subject
    title = tongue.say(subject.title)
    if subject.clock is None:
        title = tongue.say("Availability: {service}", service=title)
    return tongue.say("{promise} ({clause})", promise=title, clause=tongue.say(subject.clause))


def rule_words(credit: CreditLine, tongue: Tongue) -> str:
    """How much is given back, and for what."""
    rule = credit.rule
    if rule.amount is not None:
        size = tongue.money(rule.amount)
    else:
        percent = tongue.percent((rule.percent_of_fee or Decimal(0)) / _ALL, 2)
        size = tongue.say("{percent} of the month's fee", percent=percent)
    match rule.counted_by:
        case CreditFor.MONTH:
            return tongue.say("{size}, once for the month", size=size)
        case CreditFor.HOUR:
            return tongue.count(
                "{size} for {n} started hour",
                "{size} for each of {n} started hours",
                credit.times,
                size=size,
            )
        case _ if rule.availability:
            return tongue.say("{size} for the service", size=size)
    return tongue.say("{size} for the ticket", size=size)


def month_figures(month: MonthOfCredits) -> dict[str, Any]:
    """What is frozen of a month."""
    return {
        "month": f"{month.month.first:%Y-%m}",
        "fee": _money_figure(month.fee.total if month.fee else None),
        "owed": money_figure(month.adjusted.total),
        "owed_without_exclusions": money_figure(month.raw.total),
        "fully_known": month.adjusted.is_known,
        "credits": [_line_figures(one) for one in month.adjusted.lines if not is_hidden(one)],
        "on_hidden_tickets": sum(is_hidden(one) for one in month.adjusted.lines),
        "not_measured": [
            {"ticket": one.subject.ticket, **_promised(one.subject)}
            for one in month.unjudged
            if not one.subject.hidden
        ],
        "not_measured_on_hidden_tickets": sum(one.subject.hidden for one in month.unjudged),
    }


def _promised(subject: Subject) -> dict[str, str]:
    if subject.clock is None:
        return {"clock": "availability", "service": subject.title}
    return {"clock": subject.clock}


def _line_figures(credit: CreditLine) -> dict[str, Any]:
    subjects = [miss.subject for miss in credit.misses]
    return {
        "rule": credit.rule.name,
        "promise": credit.misses[0].subject.clock or "availability",
        "services": [*dict.fromkeys(one.title for one in subjects if one.clock is None)],
        "promise_clause": credit.misses[0].subject.clause,
        "tickets": list(visible_tickets(credit)),
        "hidden_tickets": hidden_tickets(credit),
        "broken": instant_figure(credit.at),
        "overrun_seconds": seconds_figure(credit.overrun),
        "times": credit.times,
        "before_cap": _money_figure(credit.owed),
        "credit": _money_figure(credit.granted),
    }


def _money_figure(amount: Money | None) -> str | None:
    return None if amount is None else money_figure(amount)


def credit_sheet(months: Sequence[MonthOfCredits], frame: Frame) -> Sheet:
    """A row for each credit whose ticket every reader may see."""
    tongue = frame.tongue
    return Sheet(
        "credits",
        tongue.say("Credits"),
        (
            tongue.say("Month"),
            tongue.say("Tickets"),
            tongue.say("Promise"),
            tongue.say("Broken on"),
            tongue.say("Beyond the target"),
            tongue.say("What is given back"),
            tongue.say("Contract"),
            tongue.say("Before the cap"),
            tongue.say("Credit"),
        ),
        tuple(
            _sheet_row(month, credit, tongue)
            for month in months
            for credit in month.adjusted.lines
            if not is_hidden(credit)
        ),
    )


def _sheet_row(month: MonthOfCredits, credit: CreditLine, tongue: Tongue) -> tuple[Cell, ...]:
    return (
        tongue.titled(tongue.month(month.month.first)),
        ", ".join(f"#{number}" for number in visible_tickets(credit)),
        promise_words(credit, tongue),
        credit.at,
        timedelta(seconds=int(credit.overrun.total_seconds())),
        rule_words(credit, tongue),
        tongue.say(credit.rule.clause),
        credit.owed,
        credit.granted,
    )
