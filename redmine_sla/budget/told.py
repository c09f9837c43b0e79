"""The development budget in words a customer may read.

The provider's rates are his own, so nothing stands here from which one could be divided out. Of
work by the hour only sums of money are told, never its hours, nor its amount on one ticket; what
open tickets are estimated to cost is told only as fitting or not, since everybody can read the
estimate's hours on the ticket; hours without a price are told without their number, since the next
statement would price them. Sums that stand for one ticket alone are left out (`budget.discretion`).
Agreed prices are the customer's own and are told in full. (Whoever may
see spent time in Redmine can still divide the sum by all hours: that right is Redmine's to give.)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redmine_sla.budget.development import DevelopmentBudget
from redmine_sla.budget.discretion import acceptance_is_told
from redmine_sla.budget.limits import LimitedDays
from redmine_sla.budget.thresholds import Threshold
from redmine_sla.contract import Vat
from redmine_sla.language import Tongue
from redmine_sla.page import (
    Block,
    Bullets,
    Heading,
    KeyFigure,
    KeyFigures,
    Line,
    Paragraph,
    Strong,
    Tone,
    line,
)

_ALL = 100


def development_blocks(
    tongue: Tongue, budget: DevelopmentBudget, reached: Sequence[Threshold] = ()
) -> tuple[Block, ...]:
    """The budget on the contract's page. Changes only when the budget does."""
    return (
        Heading(2, line(tongue.say("Development budget"))),
        KeyFigures(key_figures(tongue, budget)),
        *standing(tongue, budget, reached),
    )


def key_figures(tongue: Tongue, budget: DevelopmentBudget) -> tuple[KeyFigure, ...]:
    """Limit, used, remaining, accepted, and agreed prices still to come where there are any."""
    ordered = KeyFigure(
        tongue.say("Agreed, still to come"),
        tongue.money(budget.ordered),
        tongue.say("prices agreed on tickets with no time booked"),
    )
    figures = (
        KeyFigure(tongue.say("Limit"), tongue.money(budget.limit), _of_the_sum(tongue, budget)),
        used_figure(tongue, budget),
        KeyFigure(
            tongue.say("Remaining"),
            tongue.money(budget.remaining),
            tongue.say("of the limit, after what is used"),
            Tone.BAD if budget.is_over else Tone.NEUTRAL,
        ),
        _accepted(tongue, budget),
    )
    return (*figures, ordered) if budget.ordered.amount else figures


def used_figure(tongue: Tongue, budget: DevelopmentBudget) -> KeyFigure:
    """How much of the limit is used, for the top of a page."""
    warned = any(budget.share * _ALL >= percent for percent in budget.thresholds)
    tone = Tone.WARNING if warned or budget.unpriced else Tone.GOOD
    return KeyFigure(
        tongue.say("Development budget used"),
        tongue.money(budget.spent),
        tongue.say("{share} of the limit", share=tongue.percent(budget.share)),
        Tone.BAD if budget.is_over else tone,
    )


def standing(
    tongue: Tongue, budget: DevelopmentBudget, reached: Sequence[Threshold] = ()
) -> Iterable[Block]:
    """How the budget stands, in sentences."""
    yield Paragraph(line(_used(tongue, budget)))
    said = [*_to_come(tongue, budget)]
    if budget.unpriced:
        said.append(_unpriced(tongue, budget))
    said += _thresholds(tongue, reached)
    if said:
        yield Bullets(tuple(said))
    yield Paragraph(line(" ".join(_basis(tongue, budget))))


def _accepted(tongue: Tongue, budget: DevelopmentBudget) -> KeyFigure:
    if acceptance_is_told(budget):
        return KeyFigure(
            tongue.say("Accepted"),
            tongue.money(budget.accepted),
            tongue.say(
                "of the limit {left} not accepted yet",
                left=tongue.money(budget.remaining_against_accepted),
            ),
        )
    return KeyFigure(
        tongue.say("Accepted at agreed prices"),
        tongue.money(budget.accepted_at_prices),
        tongue.say("accepted work by time is not told for a single ticket"),
    )


def _of_the_sum(tongue: Tongue, budget: DevelopmentBudget) -> str:
    places = {
        "percent": tongue.percent(budget.percent / _ALL, places=2),
        "sum": tongue.money(budget.base),
    }
    if budget.limited.whole is not None:
        return tongue.say("{percent} of the contract sum of {sum}, by days", **places)
    return tongue.say("{percent} of the contract sum of {sum}", **places)


def _used(tongue: Tongue, budget: DevelopmentBudget) -> Strong | str:
    places = {
        "spent": tongue.money(budget.spent),
        "limit": tongue.money(budget.limit),
        "share": tongue.percent(budget.share),
    }
    if budget.is_over:
        return Strong(
            tongue.say(
                "{spent} of {limit} used ({share}): over the limit by {over}.",
                **places,
                over=tongue.money(-budget.remaining),
            )
        )
    return tongue.say(
        "{spent} of {limit} used ({share}), {left} left.",
        **places,
        left=tongue.money(budget.remaining),
    )


def _to_come(tongue: Tongue, budget: DevelopmentBudget) -> Iterable[Line]:
    if budget.ordered.amount:
        yield line(
            tongue.say(
                "Prices agreed on tickets with no time booked yet: {ordered}.",
                ordered=tongue.money(budget.ordered),
            )
        )
    if budget.is_over:
        return
    if budget.will_be_over:
        yield line(Strong(tongue.say("With what is agreed and estimated, it is too little.")))
    elif budget.unpriced:
        return
    elif budget.unpriced_estimate:
        yield line(
            tongue.say(
                "What is estimated has partly no price yet: whether all of it fits into the limit "
                "is not known."
            )
        )
    elif budget.ordered.amount or budget.estimated.amount:
        yield line(tongue.say("What is agreed and estimated fits into the limit."))


def _unpriced(tongue: Tongue, budget: DevelopmentBudget) -> Line:
    """Without its hours: those of priced work would tell the rates."""
    if budget.is_over or budget.will_be_over:
        return line(tongue.say("More work is booked that has no price yet."))
    return line(
        tongue.say(
            "More work is booked that has no price yet: whether all of it fits into the limit is "
            "not known."
        )
    )


def _thresholds(tongue: Tongue, reached: Sequence[Threshold]) -> list[Line]:
    return [
        line(
            tongue.say(
                "{share} of the limit reached on {day}.",
                share=tongue.percent(one.percent / _ALL),
                day=tongue.day(one.reached),
            )
        )
        for one in reached
        if one.reached is not None
    ]


def _basis(tongue: Tongue, budget: DevelopmentBudget) -> Iterable[str]:
    yield tongue.say(
        "The limit is {percent} of the contract sum ({clause}).",
        percent=tongue.percent(budget.percent / _ALL, places=2),
        clause=tongue.say(budget.clause),
    )
    yield from _limited(tongue, budget.limited)
    if budget.vat is Vat.NET:
        yield tongue.say("Amounts are net, without value added tax.")
    elif budget.vat is Vat.GROSS:
        yield tongue.say("Amounts are gross, value added tax included.")
    yield tongue.say(
        "Work is priced by the time booked in Redmine, which has two decimals, or at the price "
        "agreed on the ticket, which counts in full from the first hour worked on it or on its "
        "subtasks."
    )


def _limited(tongue: Tongue, limited: LimitedDays) -> Iterable[str]:
    """The days it is for; those of an open-ended contract go without saying."""
    if limited.last is None:
        return
    first, last = tongue.day(limited.first), tongue.day(limited.last)
    if limited.whole is None or limited.days is None:
        yield tongue.say("It is for {first} to {last}.", first=first, last=last)
    else:
        yield tongue.count(
            "It is for {first} to {last}, {n} day of {whole}, and reduced in proportion.",
            "It is for {first} to {last}, {n} days of {whole}, and reduced in proportion.",
            limited.days,
            first=first,
            last=last,
            whole=str(limited.whole),
        )
