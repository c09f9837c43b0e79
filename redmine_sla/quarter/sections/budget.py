"""The development budget at the period's end (profile information-system).

The section goes to the customer, so nothing in it, nor in its sheets and figures, tells an hour of
work that has a price, or what the hours on one ticket cost: see `budget.told`. So that figures
still show each correction, they count the time entries of each ticket and month, and give the
instant the last of them was booked or changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from redmine_sla.budget import (
    Job,
    TicketBudget,
    Work,
    bookings,
    known_by,
)
from redmine_sla.budget.burn import burn_chart
from redmine_sla.budget.corrections import LateWork
from redmine_sla.budget.limits import last_of_month
from redmine_sla.budget.told import key_figures, standing, used_figure
from redmine_sla.budget.told_forecast import forecast_words
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Money
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Figure,
    Heading,
    KeyFigures,
    Line,
    Paragraph,
    Table,
    line,
)
from redmine_sla.quarter.budget_figures import (
    BudgetSeen,
    budget_figures,
    months_sheet,
    tickets_sheet,
)
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.late_entries import late_blocks, late_figures
from redmine_sla.quarter.section import Section


def budget_section(
    frame: Frame, work: Iterable[Work], jobs: Iterable[Job], *, stated: datetime | None = None
) -> Section:
    """The budget at the end of the period's last day, as known at `frame.as_of`; before the
    period's end, at the end of that instant's day.

    `work` is all of the contract's since its start, in any order, looked through once; `jobs` are
    its tickets as they stood at the period's end. `stated` is when the period before was stated:
    what was booked or changed for earlier days since then is listed (its end, if not given).
    Without a development budget the section is empty.
    """
    known = {job.number: job for job in jobs}
    late = LateWork(frame.period.first, stated or frame.period.begin)
    own = _development(frame.contract, known_by(work, frame.as_of))
    booked = bookings(frame.contract, late.watch(own), known, frame.day)
    seen = BudgetSeen.of(frame, known, booked)
    if seen is None:
        return Section(content=Content.BUDGET, blocks=(), figures={})
    return Section(
        content=Content.BUDGET,
        blocks=(*_blocks(seen), *late_blocks(late.found, known, frame)),
        figures={**budget_figures(seen), "late_entries": late_figures(late.found, known)},
        sheets=(months_sheet(seen), tickets_sheet(seen)),
        highlights=(used_figure(frame.tongue, seen.budget),),
    )


def _development(contract: Contract, work: Iterable[Work]) -> Iterator[Work]:
    terms_on = cache(contract.terms_on)
    return (one for one in work if one.is_development(terms_on(one.entry.spent_on)))


def _blocks(seen: BudgetSeen) -> Iterator[Block]:
    tongue = seen.frame.tongue
    yield Heading(2, line(tongue.say("Development budget")))
    yield KeyFigures(key_figures(tongue, seen.budget))
    yield from standing(tongue, seen.budget, seen.reached)
    told = forecast_words(tongue, seen.budget, seen.ahead, seen.told)
    yield Figure(
        "budget",
        burn_chart(tongue, seen.frame.contract, seen.budget, seen.ahead, seen.told),
        tongue.say(
            "{spent} of {limit} used by {day}.",
            spent=tongue.money(seen.budget.spent),
            limit=tongue.money(seen.budget.limit),
            day=tongue.day(seen.budget.day),
        ),
    )
    if told:
        yield Paragraph(line(told))
    yield from _months(seen)
    yield from _tickets(seen)


def _months(seen: BudgetSeen) -> Iterator[Block]:
    tongue, currency = seen.frame.tongue, seen.booked.currency
    if not seen.stated:
        return
    zone = seen.frame.period.zone
    yield Table(
        (
            Column(tongue.say("Month")),
            Column(tongue.say("Spent"), Align.RIGHT),
            Column(tongue.say("Spent by its end"), Align.RIGHT),
        ),
        tuple(
            (
                line(
                    tongue.titled(tongue.period(Period(one.first, last_of_month(one.last), zone)))
                ),
                line(tongue.money(Money(one.spent, currency))),
                line(tongue.money(Money(one.total, currency))),
            )
            for one in seen.stated
        ),
    )
    if any(one.first < one.last for one in seen.stated):
        yield Paragraph(
            line(
                tongue.say(
                    "Months stand in one sum where one ticket alone was worked on by time in one "
                    "of them."
                )
            )
        )


def _tickets(seen: BudgetSeen) -> Iterator[Block]:
    tongue = seen.frame.tongue
    if seen.in_motion:
        yield Table(
            (
                Column(tongue.say("Ticket")),
                Column(tongue.say("Subject")),
                Column(tongue.say("Agreed price"), Align.RIGHT),
                Column(tongue.say("State")),
            ),
            tuple(_row(seen, job, one) for job, one in seen.in_motion),
        )
    if seen.unnamed:
        yield not_named(seen.unnamed, seen.frame)
    if seen.has_time_on_no_ticket:
        yield Paragraph(line(tongue.say("And time booked on no ticket.")))


def _row(seen: BudgetSeen, job: Job, one: TicketBudget) -> tuple[Line, ...]:
    tongue = seen.frame.tongue
    price = tongue.money(one.price) if isinstance(one.price, Money) else tongue.say("by time")
    if one.accepted_on is not None:
        state = tongue.say("accepted on {day}", day=tongue.day(one.accepted_on))
    elif job.is_open:
        state = tongue.say("open")
    else:
        state = tongue.say("done, not accepted yet")
    return line(job.number), line(job.subject), line(price), line(state)
