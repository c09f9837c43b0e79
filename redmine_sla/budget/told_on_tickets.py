"""The development budget as development tickets show it, in few words that seldom change."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from redmine_sla.budget.development import DevelopmentBudget
from redmine_sla.language import Tongue

_STEP = 5
"""Percent in which the text moves: each change costs a journal, and maybe a mail."""

_ALL = 100


def ticket_text(tongue: Tongue, budget: DevelopmentBudget) -> str:
    """The budget on a development ticket: limit, used and remaining in steps of five percent.

    A threshold of the contract is a step, too. Beyond the limit the text stays as it is. While work
    has no price, at least so much is used as is told.
    """
    limit = tongue.money(budget.limit)
    if budget.is_over:
        return tongue.say("the limit of {limit} is exceeded", limit=limit)
    step = _step(budget)
    if step == _ALL:
        return tongue.say("all of {limit} used, nothing left", limit=limit)
    share = tongue.percent(step / _ALL)
    if not step and budget.unpriced:
        return tongue.say("how much of {limit} is used is not known yet", limit=limit)
    if not step:
        return tongue.say(
            "less than {share} of {limit} used",
            share=tongue.percent(Decimal(_STEP) / _ALL),
            limit=limit,
        )
    return tongue.say(
        "{share} or more of {limit} used, at most {left} left",
        share=share,
        limit=limit,
        left=tongue.money(budget.limit.percent(_ALL - step)),
    )


def _step(budget: DevelopmentBudget) -> Decimal:
    percent = budget.share * _ALL
    whole = (percent / _STEP).to_integral_value(ROUND_DOWN) * _STEP
    return max((whole, *(one for one in budget.thresholds if one <= percent)))
