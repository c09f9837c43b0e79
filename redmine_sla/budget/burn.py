"""The burn chart: what is spent month by month, the limit, and where it is going."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from redmine_sla.budget.development import DevelopmentBudget
from redmine_sla.budget.discretion import Disclosure
from redmine_sla.budget.forecast import Forecast
from redmine_sla.budget.limits import last_of_month, limit_on, month_after, months_between
from redmine_sla.contract import Contract
from redmine_sla.language import Tongue
from redmine_sla.page import LineChart, Series, Tone


def burn_chart(
    tongue: Tongue,
    contract: Contract,
    budget: DevelopmentBudget,
    forecast: Forecast | None,
    told: Disclosure,
) -> LineChart:
    """Cumulated at the end of each month of the limit, with the limit in steps as it was amended.

    The line runs straight over months that are told in one sum. The trend begins at the last month
    booked, so that its dashes continue the line. Where more is committed than it would spend it
    tells too little, and is not drawn.
    """
    day, limited = budget.day, budget.limited
    last = limited.last or last_of_month(day)
    months = tuple(months_between(limited.first, last))
    spent = _course(told, budget)
    used = tuple(spent.get(month) for month in months)
    limits = [limit_on(contract, min(last_of_month(month), last)) for month in months]
    series = [
        Series(name=tongue.say("Used"), values=used, tone=Tone.ACCENT),
        Series(
            name=tongue.say("Limit"),
            values=tuple(limit.amount if limit else None for limit in limits),
            tone=Tone.BAD,
        ),
    ]
    if forecast is not None and told.forecast and not forecast.rests_on_committed:
        course = {month: money.amount for month, money in forecast.course}
        joint = max((month for month in spent if month not in course), default=None)
        if joint is not None:
            course[joint] = spent[joint]
        expected = tuple(course.get(month) for month in months)
        series.append(
            Series(name=tongue.say("Expected"), values=expected, tone=Tone.ACCENT, forecast=True)
        )
    return LineChart(
        title=tongue.say("Development budget, month by month"),
        points=tuple(tongue.short_month(month) for month in months),
        series=tuple(series),
        unit=contract.currency,
    )


def _course(told: Disclosure, budget: DevelopmentBudget) -> dict[date, Decimal]:
    """What was used by the end of each month: straight on between those that are told."""
    reached = [(one.first, one.last, one.total) for one in told.stretches]
    now, spent = budget.day.replace(day=1), budget.spent.amount
    begins = month_after(reached[-1][1]) if reached else budget.limited.first.replace(day=1)
    if begins <= now:
        reached.append((begins, now, spent))
    found: dict[date, Decimal] = {}
    before = Decimal(0)
    for first, last, total in reached:
        months = tuple(months_between(first, last))
        for place, month in enumerate(months, start=1):
            part = Fraction(total - before) * place / len(months)
            found[month] = before + Decimal(part.numerator) / part.denominator
        found[last] = before = total
    return found
