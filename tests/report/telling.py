"""Promises from stories: `promises(story, ...)` under a contract, judged at a local time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.report.course import Course, course_of
from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.promise import Promise
from redmine_sla.sla.assess import assess
from redmine_sla.sla.fact_finder import TicketFactFinder
from redmine_sla.sla.judged import Judged
from tests.judging import GLOSSARY, contract, promising, timeline
from tests.notation import BUDAPEST, instant

UNDER = contract(
    "classification.text_rules = false",
    promising("response", "4bh"),
    promising("resolution", "8bh"),
)
"""Response within 4, resolution within 8 business hours; Mo-Fr 09-17."""


def judged(
    story: str, under: Contract = UNDER, *, at: str, number: int = 1, private: bool = False
) -> Judged:
    """The story judged under that contract, as of a local time."""
    as_of = instant(at)
    told = timeline(story, number=number)
    told = replace(told, ticket=replace(told.ticket, private=private))
    known = told.as_of(as_of)
    facts = TicketFactFinder(known, under.terms_at(told.reported), GLOSSARY)
    return Judged(
        contract=under,
        timeline=told,
        assessment=assess(known, under, GLOSSARY, facts, as_of),
        is_hidden=private,
    )


def promises(*stories: str, under: Contract = UNDER, at: str) -> list[Promise]:
    """The promises of these tickets, numbered from 1."""
    return [
        promise
        for number, story in enumerate(stories, start=1)
        for promise in promises_of(judged(story, under, at=at, number=number), instant(at))
    ]


def promise(story: str, clock: str, under: Contract = UNDER, *, at: str) -> Promise:
    """One ticket's promise of that clock."""
    (found,) = (one for one in promises(story, under=under, at=at) if one.clock == clock)
    return found


def period(first: str, last: str) -> Period:
    """Whole days in Budapest."""
    return Period(date.fromisoformat(first), date.fromisoformat(last), BUDAPEST)


def courses(*stories: str, under: Contract = UNDER, at: str) -> list[Course]:
    """The courses of these tickets, numbered from 1."""
    return [
        course_of(judged(story, under, at=at, number=number), GLOSSARY, instant(at))
        for number, story in enumerate(stories, start=1)
    ]
