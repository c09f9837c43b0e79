"""Time booked or changed after the statement of its month, as a section lists it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from redmine_sla.budget import Job
from redmine_sla.budget.corrections import Late
from redmine_sla.budget.jobs import public_job
from redmine_sla.page import Align, Block, Column, Heading, Line, Paragraph, Table, line
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named


def late_blocks(found: Sequence[Late], jobs: Mapping[int, Job], frame: Frame) -> Iterator[Block]:
    """The tickets and months touched, with the number of entries. Nothing where there are none."""
    if not found:
        return
    tongue = frame.tongue
    yield Heading(3, line(tongue.say("Corrections of earlier months")))
    yield Paragraph(
        line(
            tongue.say(
                "Time for months already stated was booked or changed since. Deleted entries leave "
                "no trace in Redmine; they show in a restatement of the figures."
            )
        )
    )
    named = [one for one in found if one.ticket is None or public_job(jobs, one.ticket)]
    if named:
        columns = (
            Column(tongue.say("Month")),
            Column(tongue.say("Ticket")),
            Column(tongue.say("Entries booked late"), Align.RIGHT),
            Column(tongue.say("Entries changed"), Align.RIGHT),
        )
        yield Table(columns, tuple(_row(one, frame) for one in named)).trimmed()
    if len(named) < len(found):
        yield not_named(len(found) - len(named), frame)


def late_figures(found: Sequence[Late], jobs: Mapping[int, Job]) -> list[dict[str, Any]]:
    """The same for the figures; tickets not everybody may see have no number."""
    return [
        {
            **({"ticket": one.ticket} if public_job(jobs, one.ticket) else {}),
            "month": f"{one.month:%Y-%m}",
            "booked_late": one.booked,
            "changed_late": one.changed,
        }
        for one in found
    ]


def _row(one: Late, frame: Frame) -> tuple[Line, ...]:
    tongue = frame.tongue
    return (
        line(tongue.titled(tongue.month(one.month))),
        line(one.ticket) if one.ticket is not None else line(tongue.say("no ticket")),
        line(tongue.number(one.booked)) if one.booked else line(),
        line(tongue.number(one.changed)) if one.changed else line(),
    )
