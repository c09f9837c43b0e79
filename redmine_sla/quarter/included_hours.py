"""The account of included hours, as the section of hours states it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from redmine_sla.budget import HourAccount, Job, MonthOfHours
from redmine_sla.budget.jobs import public_job
from redmine_sla.budget.told_hours import hour_figures, months_table, rules_told
from redmine_sla.page import Align, Block, Column, KeyFigures, Paragraph, Table, line
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.hours_figures import hours_by_ticket_sheet, hours_sheet
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows


def included_blocks(
    account: HourAccount,
    months: Sequence[MonthOfHours],
    jobs: Mapping[int, Job],
    frame: Frame,
) -> Iterator[Block]:
    """The months, the rules, and what each ticket took of them."""
    tongue = frame.tongue
    if months:
        yield KeyFigures(hour_figures(tongue, months[-1]))
        yield months_table(tongue, months)
    yield Paragraph(line(rules_told(tongue, account)))
    rows = list(_tickets(account, months))
    named = _named(rows, jobs)
    elsewhere = sum(hours for number, hours in rows if number is None)
    if named:
        yield Table(
            (
                Column(tongue.say("Ticket")),
                Column(tongue.say("Subject")),
                Column(tongue.say("Hours"), Align.RIGHT),
            ),
            tuple(
                (line(job.number), line(job.subject), line(tongue.hours(hours)))
                for job, hours in named[:ROWS_ON_PAGE]
            ),
        )
        yield from further_rows(len(named), frame)
    hidden = sum(number is not None for number, _ in rows) - len(named)
    if hidden:
        yield not_named(hidden, frame)
    if elsewhere:
        yield Paragraph(
            line(tongue.say("And {hours} on no ticket.", hours=tongue.hours(Decimal(elsewhere))))
        )


def included_sheets(
    account: HourAccount,
    months: Sequence[MonthOfHours],
    jobs: Mapping[int, Job],
    frame: Frame,
) -> Iterator[Sheet]:
    """The same for people who calculate."""
    yield hours_sheet(months, frame)
    named = _named(_tickets(account, months), jobs)
    if named:
        yield hours_by_ticket_sheet(named, frame)


def _named(
    rows: Iterable[tuple[int | None, Decimal]], jobs: Mapping[int, Job]
) -> list[tuple[Job, Decimal]]:
    """Those of tickets that everybody may see."""
    return [(job, hours) for number, hours in rows if (job := public_job(jobs, number))]


def _tickets(
    account: HourAccount, months: Sequence[MonthOfHours]
) -> Iterator[tuple[int | None, Decimal]]:
    """The hours of each ticket over these months."""
    firsts = [month.month.first.replace(day=1) for month in months]
    for number, ticket in sorted(account.tickets.items(), key=lambda item: item[0] or 0):
        hours = sum((ticket.months.get(first, Decimal(0)) for first in firsts), Decimal(0))
        if hours:
            yield number, hours
