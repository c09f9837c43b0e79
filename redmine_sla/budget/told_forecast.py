"""What is to be expected of the development budget, in words a customer may read."""

from __future__ import annotations

from redmine_sla.budget.development import DevelopmentBudget
from redmine_sla.budget.discretion import Disclosure
from redmine_sla.budget.forecast import Forecast
from redmine_sla.language import Tongue


def forecast_words(
    tongue: Tongue, budget: DevelopmentBudget, ahead: Forecast | None, told: Disclosure
) -> str:
    """What to expect and on what basis, or why nothing can be said. Empty after the limit's end."""
    until = budget.limited.last
    if until is None:
        return tongue.say("The contract has no end yet, so there is nothing to forecast to.")
    if until <= budget.day:
        return ""
    if ahead is None:
        return tongue.say("There is no forecast before the contract has run for one full month.")
    if not told.forecast:
        return tongue.say(
            "No forecast is told here: its basis would be the cost of a single ticket by time."
        )
    if ahead.rests_on_committed:
        return f"{_less_than_committed(tongue, ahead)} {_fits(tongue, budget)}".strip()
    basis = tongue.count(
        "If spending goes on as in the last full month, {average} a month, "
        "{expected} will be used by {until}.",
        "If spending goes on as in the last {n} full months, on average {average} a month, "
        "{expected} will be used by {until}.",
        ahead.months,
        average=tongue.money(ahead.average),
        expected=tongue.money(ahead.by_trend),
        until=tongue.day(ahead.until),
    )
    return f"{basis} {_when(tongue, budget, ahead)}".strip()


def _less_than_committed(tongue: Tongue, ahead: Forecast) -> str:
    """Without the sum of what is committed: the estimates in it are of single tickets."""
    return tongue.count(
        "If spending goes on as in the last full month, {average} a month, less will be used by "
        "{until} than is agreed and estimated already.",
        "If spending goes on as in the last {n} full months, on average {average} a month, less "
        "will be used by {until} than is agreed and estimated already.",
        ahead.months,
        average=tongue.money(ahead.average),
        until=tongue.day(ahead.until),
    )


def _fits(tongue: Tongue, budget: DevelopmentBudget) -> str:
    if budget.is_over:
        return ""
    if budget.will_be_over:
        return tongue.say("That is more than the limit.")
    if budget.unpriced or budget.unpriced_estimate:
        return tongue.say("To that comes work that has no price yet.")
    return tongue.say("That is within the limit.")


def _when(tongue: Tongue, budget: DevelopmentBudget, ahead: Forecast) -> str:
    if budget.is_over:
        return ""
    if ahead.reached_in is not None:
        return tongue.say(
            "The limit is then reached in {month}.", month=tongue.month(ahead.reached_in)
        )
    if budget.spent.amount and budget.limit <= budget.spent:
        return tongue.say("The limit is reached already.")
    return _fits(tongue, budget)
