"""The hours of the period: included ones and what was used of them, or else all that was booked;
corrections of earlier months, and time entries that break the contract's time rules.

What the development budget takes does not stand here: its hours have a price that is the
provider's own (see `budget.told`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

from redmine_sla.budget import HourAccount, Job, Work, hour_account, known_by
from redmine_sla.budget.booked_hours import BookedHours
from redmine_sla.budget.corrections import LateWork
from redmine_sla.budget.told_hours import used_figure
from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import Heading, line
from redmine_sla.quarter.booked_time import (
    booked_blocks,
    booked_figure,
    booked_figures,
    booked_sheets,
)
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hours_figures import account_figures
from redmine_sla.quarter.included_hours import included_blocks, included_sheets
from redmine_sla.quarter.late_entries import late_blocks, late_figures
from redmine_sla.quarter.odd_entries import OddWork, odd_blocks, odd_figures, odd_sheets
from redmine_sla.quarter.section import Section


def hours_section(
    frame: Frame, work: Iterable[Work], jobs: Iterable[Job], *, stated: datetime | None = None
) -> Section:
    """As known at `frame.as_of`: the account of included hours at the end of the period's last day
    (before the period's end, at the end of that instant's day), and where the contract promises to
    tell hours without including any, those booked up to then.

    `work`, `jobs` and `stated` are as for `budget_section`. Empty where the contract neither
    includes hours nor promises to tell them, and no entry breaks its time rules.
    """
    known = {job.number: job for job in jobs}
    period = frame.period
    late = LateWork(period.first, stated or period.begin)
    odd = OddWork(frame)
    booked = BookedHours(frame.contract, period, frame.day)
    own = _without_price(frame.contract, known_by(work, frame.as_of))
    passing = booked.watch(odd.watch(late.watch(own)))
    account = hour_account(frame.contract, passing, frame.day)
    deque(passing, maxlen=0)  # a contract without an allowance has not looked at it
    months = account.within(period) if account else ()
    promised = frame.terms.hands_over(Content.HOURS)
    tells_booked = promised and (account is None or bool(booked.activities))
    if not (account or tells_booked or odd.found):
        return Section(content=Content.HOURS, blocks=(), figures={})
    found_late = late.found if account or tells_booked else ()
    return Section(
        content=Content.HOURS,
        blocks=(
            Heading(2, line(_title(frame, account))),
            *(included_blocks(account, months, known, frame) if account else ()),
            *(booked_blocks(booked, frame) if tells_booked else ()),
            *late_blocks(found_late, known, frame),
            *odd_blocks(odd.found, known, frame),
        ),
        figures={
            **(account_figures(account, months, known) if account else {}),
            **({"time_booked": booked_figures(booked, known)} if tells_booked else {}),
            "late_entries": late_figures(found_late, known),
            "entries_against_time_rules": odd_figures(odd.found, known),
        },
        sheets=(
            *(included_sheets(account, months, known, frame) if account else ()),
            *(booked_sheets(booked, known, frame) if tells_booked else ()),
            *odd_sheets(odd.found, known, frame),
        ),
        highlights=(
            *((used_figure(frame.tongue, months[-1]),) if months else ()),
            *((booked_figure(booked, frame),) if tells_booked else ()),
        ),
    )


def _title(frame: Frame, account: HourAccount | None) -> str:
    tongue = frame.tongue
    return tongue.say("Included hours and time booked") if account else tongue.say("Time booked")


def _without_price(contract: Contract, work: Iterable[Work]) -> Iterator[Work]:
    terms_on = cache(contract.terms_on)
    return (one for one in work if not one.is_development(terms_on(one.entry.spent_on)))
