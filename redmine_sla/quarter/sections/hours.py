"""Included hours in the period, and time entries that break the contract's time rules.

What the development budget takes does not stand here: its hours have a price that is the
provider's own (see `budget.told`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cache

from redmine_sla.budget import HourAccount, Job, MonthOfHours, Work, hour_account, known_by
from redmine_sla.budget.corrections import LateWork
from redmine_sla.budget.jobs import public_job
from redmine_sla.budget.time_rules import OddEntry, odd_entries
from redmine_sla.budget.told_hours import hour_figures, months_table, rules_told, used_figure
from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    KeyFigures,
    Line,
    Paragraph,
    Table,
    line,
)
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.hours_figures import (
    account_figures,
    hours_by_ticket_sheet,
    hours_sheet,
    odd_figures,
    odd_sheet,
)
from redmine_sla.quarter.late_entries import late_blocks, late_figures
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows
from redmine_sla.quarter.section import Section


def hours_section(
    frame: Frame, work: Iterable[Work], jobs: Iterable[Job], *, stated: datetime | None = None
) -> Section:
    """The account of included hours at the end of the period's last day, as known at
    `frame.as_of`; before the period's end, at the end of that instant's day.

    `work`, `jobs` and `stated` are as for `budget_section`. Empty where the contract has neither
    an allowance nor time rules.
    """
    known = {job.number: job for job in jobs}
    late = LateWork(frame.period.first, stated or frame.period.begin)
    odd = _OddWork(frame)
    passing = odd.watch(late.watch(_without_price(frame.contract, known_by(work, frame.as_of))))
    account = hour_account(frame.contract, passing, frame.day)
    deque(passing, maxlen=0)  # a contract without an allowance has not looked at it
    if account is None and frame.terms.time is None:
        return Section(content=Content.HOURS, blocks=(), figures={})
    months = account.within(frame.period) if account else ()
    tickets = _named(_tickets(account, months), known) if account else []
    return Section(
        content=Content.HOURS,
        blocks=(
            Heading(2, line(frame.tongue.say("Included hours and time booked"))),
            *(_account(account, months, known, frame) if account else ()),
            *(late_blocks(late.found, known, frame) if account else ()),
            *_odd_blocks(odd.found, known, frame),
        ),
        figures={
            **(account_figures(account, months, known) if account else {}),
            "late_entries": late_figures(late.found, known) if account else [],
            "entries_against_time_rules": [odd_figures(one, known) for one in odd.found],
        },
        sheets=(
            *((hours_sheet(months, frame),) if account else ()),
            *((hours_by_ticket_sheet(tickets, frame),) if tickets else ()),
            *((odd_sheet(_public(odd.found, known), frame),) if odd.found else ()),
        ),
        highlights=(used_figure(frame.tongue, months[-1]),) if months else (),
    )


@dataclass(slots=True)
class _OddWork:
    """Watches work go by, and keeps the entries of the period that break the time rules."""

    frame: Frame
    found: list[OddEntry] = field(default_factory=list)

    def watch(self, work: Iterable[Work]) -> Iterator[Work]:
        for one in work:
            if self.frame.period.holds(one.entry.spent_on):
                self.found += odd_entries(self.frame.contract, (one,), self.frame.period)
            yield one


def _without_price(contract: Contract, work: Iterable[Work]) -> Iterator[Work]:
    terms_on = cache(contract.terms_on)
    return (one for one in work if not one.is_development(terms_on(one.entry.spent_on)))


def _account(
    account: HourAccount,
    months: Sequence[MonthOfHours],
    jobs: Mapping[int, Job],
    frame: Frame,
) -> Iterator[Block]:
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


def _odd_blocks(
    found: Sequence[OddEntry], jobs: Mapping[int, Job], frame: Frame
) -> Iterator[Block]:
    if not found:
        return
    tongue = frame.tongue
    yield Heading(3, line(tongue.say("Time entries counted otherwise than booked")))
    named = _public(found, jobs)
    if named:
        yield Table(
            (
                Column(tongue.say("Time entry")),
                Column(tongue.say("Ticket")),
                Column(tongue.say("Day")),
                Column(tongue.say("Activity")),
                Column(tongue.say("Booked"), Align.RIGHT),
                Column(tongue.say("Counted"), Align.RIGHT),
            ),
            tuple(_odd_row(one, frame) for one in named[:ROWS_ON_PAGE]),
        )
        yield from further_rows(len(named), frame)
    if len(named) < len(found):
        yield not_named(len(found) - len(named), frame)
    clauses = dict.fromkeys(tongue.say(one.clause) for one in found)
    yield Paragraph(
        line(
            tongue.say(
                "Entries in Redmine stay as booked. (Contract: {clause}.)",
                clause="; ".join(clauses),
            )
        )
    )


def _public(found: Iterable[OddEntry], jobs: Mapping[int, Job]) -> list[OddEntry]:
    """Those that everybody may see."""
    return [one for one in found if one.ticket is None or public_job(jobs, one.ticket)]


def _odd_row(one: OddEntry, frame: Frame) -> tuple[Line, ...]:
    tongue = frame.tongue
    return (
        line(str(one.entry)),
        line(one.ticket) if one.ticket is not None else line(tongue.say("no ticket")),
        line(tongue.day(one.day)),
        line(tongue.say(one.activity)),
        line(tongue.hours(one.booked)),
        line(tongue.hours(one.counted)),
    )
