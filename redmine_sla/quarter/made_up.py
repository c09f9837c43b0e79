"""What was owed in an earlier quarter and done in this one: told where it was done.

The figures of the quarter in which it was owed stay as they are: late stays late.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from redmine_sla.duty import Outcome
from redmine_sla.duty.telling import day_words, outcome_words, reason_words
from redmine_sla.page import Block, Column, Heading, Paragraph, Table, line
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows
from redmine_sla.quarter.quarter import Quarter
from redmine_sla.quarter.reckoning import Reckoning


def made_up_blocks(outcomes: Sequence[Outcome], frame: Frame) -> Iterable[Block]:
    """Each with the quarter it belonged to and the day it was done; nothing where there is none."""
    if not outcomes:
        return
    tongue = frame.tongue
    yield Heading(3, line(tongue.say("Made up for since")))
    yield Paragraph(
        line(
            tongue.say(
                "Owed in an earlier quarter, and done in this one. What the earlier quarter says "
                "of it remains."
            )
        )
    )
    titles = (
        tongue.say("Day"),
        tongue.say("What"),
        tongue.say("Quarter"),
        tongue.say("Outcome"),
        tongue.say("Why"),
        tongue.say("Ticket"),
    )
    yield Table(
        tuple(map(Column, titles)),
        tuple(
            (
                line(day_words(one, frame.period.zone, tongue)),
                line(tongue.say(one.occurrence.duty.title)),
                line(_quarter_words(one, frame)),
                line(outcome_words(one, tongue)),
                line(reason_words(one, tongue)),
                line(one.shown_ticket) if one.shown_ticket else (),
            )
            for one in outcomes[:ROWS_ON_PAGE]
        ),
    ).trimmed()
    yield from further_rows(len(outcomes), frame)


def made_up_figures(outcomes: Sequence[Outcome], frame: Frame) -> dict[str, Any]:
    """What is frozen of it; nothing where there is none."""
    rows = [
        {
            "obligation": one.occurrence.duty.name,
            "day": str(one.occurrence.day),
            "quarter": str(_quarter(one, frame)),
            "done_on": str(one.done_on),
            **({} if one.hidden else {"ticket": one.ticket}),
        }
        for one in outcomes
    ]
    return {"made_up": rows} if rows else {}


def made_up_sheet(outcomes: Sequence[Outcome], frame: Frame) -> Iterable[Sheet]:
    """A row for each; no sheet where there is none."""
    if not outcomes:
        return
    tongue = frame.tongue
    yield Sheet(
        "made_up",
        tongue.say("Made up for since"),
        (
            tongue.say("Day"),
            tongue.say("What"),
            tongue.say("Clause"),
            tongue.say("Quarter"),
            tongue.say("In time until"),
            tongue.say("Done on"),
            tongue.say("Ticket"),
        ),
        tuple(
            (
                one.occurrence.day,
                tongue.say(one.occurrence.duty.title),
                tongue.say(one.occurrence.duty.clause),
                _quarter_words(one, frame),
                one.occurrence.last_day,
                one.done_on,
                one.shown_ticket,
            )
            for one in outcomes
        ),
    )


def _quarter(one: Outcome, frame: Frame) -> Quarter:
    return Reckoning.of(frame.contract).quarter(one.occurrence.day)


def _quarter_words(one: Outcome, frame: Frame) -> str:
    quarter = _quarter(one, frame)
    return frame.tongue.quarter(quarter.year, quarter.number)
