"""A deliverable with every section and a little of everything in each, for tests of its figures.

figures_of(full_deliverable())["pauses"]["service_time"]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.contract.words import Language
from redmine_sla.duty import DutyTicket, Outcome, outcomes
from redmine_sla.duty.outcome import Closing, Excuse, Lack, State
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.assembly import Books, deliverable_of
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.evidence import Evidence
from redmine_sla.quarter.finished import Finished
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.manifest import plain
from redmine_sla.quarter.sections.changes import DeliveredFile
from redmine_sla.sla.judged import Judged
from tests.budget.booking import job, work
from tests.budget.paying import LEVELS
from tests.judging import GLOSSARY, contract, promising, timeline
from tests.notation import BUDAPEST, instant
from tests.quarter.deliverables import as_judged, frame

AT = "2026-10-05 09:00"
PROMISED = (
    'classification.text_rules = false\ntier = "5x8xNBD"\nterm_months = 12\nends = 2026-12-31',
    'contract_sum = "12 000 000 HUF"',
    LEVELS,
    promising("response", "4bh"),
    promising("resolution", "8bh"),
    promising("failure_report", "2bd"),
    """
    [development]
    percent = 15
    clause = "contract, point 11"
    fixed_price_field = "price"
    counts = { trackers = "Feature" }
    thresholds = [50, 80]
    [[development.rates]]
    per_hour = "18 000 HUF"
    [time]
    clause = "at least 0.25 h"
    minimum = 0.25
    unit = 0.25
    [availability]
    clause = "availability"
    percent = 99.5
    [availability.services.crm]
    title = "Customer register"
    weight = 50
    [availability.services.web]
    title = "Web shop"
    [[credits]]
    name = "late_resolution"
    clause = "money back"
    clock = "resolution"
    percent_of_fee = 10
    cap_percent = 15
    [[credits]]
    name = "down"
    clause = "money back for outages"
    availability = true
    percent_of_fee = 5
    for_each = "month"
    [[exclusions]]
    from = 2026-08-12T08:00:00+02:00
    to = 2026-08-12T12:00:00+02:00
    reason = "power cut at the customer"
    author = "J. Novak"
    agreed_in = 9
    tickets = [5]
    clocks = ["resolution"]
    [[exclusions]]
    from = 2026-09-01T08:00:00+02:00
    to = 2026-09-01T10:00:00+02:00
    reason = "network works"
    author = "J. Novak"
    agreed_in = 16
    [[obligations]]
    name = "log_review"
    title = "Review of the log files"
    clause = "log-file review"
    rhythm = "FREQ=WEEKLY;BYDAY=TU"
    [quarter]
    clause = "contract, point 10"
    contents = [
      "changes", "failure_reports", "service_levels", "breaches", "pauses", "availability",
      "obligations", "budget", "hours", "credits", "exclusions", "open_tickets", "satisfaction",
    ]
    """,
)
ALLOWANCE = """
[allowance]
clause = "4 hours a month"
hours_per_month = 4
rollover = "next_month"
overrun_rate = "18 000 HUF"
"""
UNDER = contract(*PROMISED, ALLOWANCE)
NO_HOURS_INCLUDED = contract(*PROMISED)
"""Its hours are told as they were booked."""

KEPT = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  says: We look into it; status: In Progress; field SLA severity = function
           12:00 eva  status: Waiting for customer
           14:00 anna says: Again; status: In Progress
           15:00 eva  status: Resolved
2026-07-07 09:00 anna says: It blanks again; status: In Progress
           10:00 eva  status: Waiting for vendor
2026-07-08 10:00 eva  status: Resolved
"""
LATE = """
2026-08-03 09:00 anna opens: Orders
           10:00 eva  field SLA class = system; field SLA severity = critical
2026-08-04 15:30 eva  status: Resolved
"""
HIDDEN = """
2026-08-05 09:00 anna opens: Payroll
           10:00 eva  field SLA class = infrastructure
           12:00 ivan status: Waiting for customer
2026-08-07 15:30 eva  status: Resolved
2026-08-10 09:00 eva  field Outage began at = 2026-08-05 08:00
           09:10 eva  field Outage ended at = 2026-08-05 19:00; field Service = crm
"""
CHANGE = """
2026-07-06 09:00 anna opens: Sales by region; tracker: Feature; version: 1.1
           10:00 eva  says: Begun
           11:00 eva  status: Resolved
"""
EXCLUDED = """
2026-08-11 15:00 anna opens: Scanner
           16:00 eva  says: We look into it; field SLA severity = priority
2026-08-13 10:00 eva  status: Resolved
"""
DOWN = """
2026-08-20 09:00 anna opens: Web shop is down
           09:10 eva  says: On it; field Outage began at = 2026-08-20 06:00; field Service = web
           15:00 eva  field Outage ended at = 2026-08-20 14:30; status: Resolved
2026-08-28 10:00 eva  field Failure cause = A disk; field Failure measures = Disks are watched
"""
NO_END = """
2026-09-02 09:00 anna opens: Web shop is down
           09:10 eva  says: On it; field Outage began at = 2026-09-02 06:00; field Service = web
           15:00 eva  status: Resolved
"""
NOWHERE = """
2026-09-03 09:00 anna opens: It is down
           09:10 eva  says: On it; field Outage began at = 2026-09-03 06:00; field Service = mill
           15:00 eva  field Outage ended at = 2026-09-03 07:30; status: Resolved
"""
REJECTED = """
2026-09-07 09:00 anna opens: A wish
           10:00 eva  says: No; status: Rejected
"""
OPEN = """
2026-09-30 09:00 anna opens: Stock
           10:00 eva  field SLA class = system; field SLA severity = critical
           10:00 eva  says: We look into it; status: Waiting for customer
"""
OPEN_HIDDEN = """
2026-09-28 09:00 anna opens: Merger
"""
NO_DATE = """
2026-09-08 09:00 anna opens: Too early; field Outage began at = once
           12:00 eva  field Service = crm; status: Resolved
"""
STORIES: Mapping[int, str] = {
    1: KEPT,
    2: LATE,
    3: HIDDEN,
    4: CHANGE,
    5: EXCLUDED,
    6: DOWN,
    7: NO_END,
    8: NOWHERE,
    10: REJECTED,
    11: OPEN,
    12: OPEN_HIDDEN,
    13: CHANGE,
    14: NO_DATE,
    15: LATE,
}
SECRET = frozenset({3, 12, 13})
WORK = (
    work("30", "2026-02-10"),
    work("10", "2026-02-10", ticket=21),
    work("6", "2026-07-10"),
    work("4", "2026-07-10", ticket=21),
    work("60", "2026-08-10", ticket=2, price="450 000 HUF"),
    work("3", "2026-09-30", booked="2026-10-02 12:00"),
    work("2", "2026-09-30", ticket=21),
    work("1", "2026-06-11", changed="2026-07-20 12:00"),
    work("1", "2026-06-11", ticket=21),
    work("1", "2026-04-11"),
    work("2", "2026-09-11", ticket=None),
    work("8", "2026-07-10", tracker="Bug", activity="Support"),
    work("2", "2026-07-11", tracker="Bug", ticket=3, activity="Support"),
    work("3", "2026-08-10", tracker="Bug", activity="Training"),
    work("0.1", "2026-08-10", tracker="Bug", activity="Support"),
    work("1", "2026-06-10", tracker="Bug", activity="Support", booked="2026-07-20 12:00"),
    work("1", "2026-08-12", tracker="Bug", ticket=None, activity="Support"),
)
JOBS = (
    job(1, subject="A report"),
    job(2, subject="An import", price="450 000 HUF", done=True, accepted="2026-08-20"),
    job(3, subject="Payroll", hidden=True),
    job(21, subject="A list"),
    job(22, subject="A next one", price="90 000 HUF"),
)


def full_deliverable(language: Language = Language.ENGLISH, under: Contract = UNDER) -> Deliverable:
    """The third quarter of 2026."""
    at = frame(under, at=AT, language=language)
    return deliverable_of(Quarter(2026, 3), _evidence(), _books(at), at)


@cache
def _evidence() -> Evidence:
    period = frame(UNDER, at=AT).period
    evidence = Evidence(glossary=GLOSSARY, period=period, as_of=instant(AT), hidden=frozenset({9}))
    for number, story in STORIES.items():

        def judge_at(then: datetime, story: str = story, number: int = number) -> Judged:
            at = f"{then.astimezone(BUDAPEST):%Y-%m-%d %H:%M}"
            return _judged(number, story, at)

        evidence.add(_judged(number, story, AT), judge_at)
    done = Finished(
        ticket=1,
        hidden=False,
        subject="Printer",
        tracker="Bug",
        version="",
        at=instant("2026-08-03 09:00"),
        changes=False,
        satisfaction="Very good",
    )
    evidence.finished += [done, replace(done, ticket=2, satisfaction="Poor")]
    return evidence


def _judged(number: int, story: str, at: str) -> Judged:
    return as_judged(story, UNDER, number=number, at=at, private=number in SECRET)


def _books(at: Frame) -> Books:
    return Books(
        work=lambda: iter(WORK),
        jobs=JOBS,
        obligations=_obligations(at.period),
        made_up=_made_up(),
        files=(
            DeliveredFile(
                title="Product", address="https://example.com/p", sha256="ab" * 32, size=2048
            ),
            DeliveredFile(title="Manual", address="manual.pdf", required=True, found=False),
        ),
        stated=instant("2026-07-05 09:00"),
    )


def _obligations(period: Period) -> tuple[Outcome, ...]:
    """One in each state, with each thing that can lack and each closing."""
    made = "2026-06-24 06:00 bot opens: Review\n"
    stories = {
        "acme/log_review/2026-07-07": made + "2026-07-07 10:00 eva says: Well; status: Resolved"
    }
    tickets = {
        key: DutyTicket(timeline(story, number=31), hidden=False) for key, story in stories.items()
    }
    owed = outcomes(UNDER, period, tickets, GLOSSARY, instant(AT))
    first, *others = owed
    states = list(State)
    found = [first]
    for place, one in enumerate(others):
        state = states[place % len(states)]
        excuse = Excuse("Anna Kiss") if state is State.EXCUSED else None
        lacking = (list(Lack)[place % len(Lack)],) if state is not State.DONE else ()
        closing = list(Closing)[place % len(Closing)] if state is State.MISSED else None
        found.append(
            replace(
                one,
                state=state,
                ticket=40 + place,
                hidden=place == 0,
                done_on=date(2026, 8, 20) if state in (State.DONE, State.LATE) else None,
                lacking=lacking,
                closing=closing,
                excuse=excuse,
            )
        )
    return tuple(found)


def _made_up() -> tuple[Outcome, ...]:
    june = Period(date(2026, 6, 30), date(2026, 6, 30), BUDAPEST)
    (owed,) = outcomes(UNDER, june, {}, GLOSSARY, instant(AT))
    return (replace(owed, state=State.LATE, ticket=30, done_on=date(2026, 7, 2)),)


def figures_of(made: Deliverable) -> dict[str, Any]:
    """As the manifest holds them."""
    figures: dict[str, Any] = plain(made.figures)
    return figures
