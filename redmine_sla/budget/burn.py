"""The burn chart: what is spent month by month, the limit, and where it is going."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from redmine_sla.budget.bookings import Bookings
from redmine_sla.budget.development import DevelopmentBudget
from redmine_sla.budget.forecast import Forecast
from redmine_sla.budget.limits import last_of_month, limit_on, months_between
from redmine_sla.contract import Contract
from redmine_sla.language import Tongue
from redmine_sla.page import LineChart, Series, Tone


def burn_chart(
    tongue: Tongue,
    contract: Contract,
    booked: Bookings,
    budget: DevelopmentBudget,
    forecast: Forecast | None,
) -> LineChart:
    """Cumulated at the end of each month of the limit, with the limit in steps as it was amended.

    The trend begins at the last month booked, so that its dashes continue the line.
    """
    day, limited = budget.day, budget.limited
    last = limited.last or last_of_month(day)
    months = tuple(months_between(limited.first, last))
    spent = cumulated(booked, budget)
    reached = day.replace(day=1)
    used = tuple(spent[month] if month <= reached else None for month in months)
    limits = [limit_on(contract, min(last_of_month(month), last)) for month in months]
    series = [
        Series(name=tongue.say("Used"), values=used, tone=Tone.ACCENT),
        Series(
            name=tongue.say("Limit"),
            values=tuple(limit.amount if limit else None for limit in limits),
            tone=Tone.BAD,
        ),
    ]
    if forecast is not None:
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
        points=tuple(f"{month:%Y-%m}" for month in months),
        series=tuple(series),
        unit=contract.currency,
    )


def cumulated(booked: Bookings, budget: DevelopmentBudget) -> dict[date, Decimal]:
    """What of the limit was spent by the end of each month up to the budget's day."""
    total = Decimal(0)
    found: dict[date, Decimal] = {}
    days = iter(
        [(day, one.amount) for day, one in booked.days.items() if budget.limited.holds(day)]
    )
    waiting = next(days, None)
    for month in months_between(budget.limited.first, budget.day):
        while waiting is not None and waiting[0] <= last_of_month(month):
            total += waiting[1]
            waiting = next(days, None)
        found[month] = total
    return found
