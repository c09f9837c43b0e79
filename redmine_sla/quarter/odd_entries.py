"""Time entries that break the contract's time rules, as the section of hours lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from redmine_sla.budget import Job, Work
from redmine_sla.budget.jobs import public_job
from redmine_sla.budget.time_rules import OddEntry, odd_entries
from redmine_sla.page import Align, Block, Column, Heading, Line, Paragraph, Table, line
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows
from redmine_sla.quarter.plain_figures import plain


@dataclass(slots=True)
class OddWork:
    """Watches work go by, and keeps the entries of the period that break the time rules."""

    frame: Frame
    found: list[OddEntry] = field(default_factory=list)

    def watch(self, work: Iterable[Work]) -> Iterator[Work]:
        """The same work; look at `found` when it has gone by."""
        for one in work:
            if self.frame.period.holds(one.entry.spent_on):
                self.found += odd_entries(self.frame.contract, (one,), self.frame.period)
            yield one


def odd_blocks(found: Sequence[OddEntry], jobs: Mapping[int, Job], frame: Frame) -> Iterator[Block]:
    """Entry by entry, as booked and as counted. Nothing where there are none."""
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
            tuple(_row(one, frame) for one in named[:ROWS_ON_PAGE]),
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


def odd_figures(found: Iterable[OddEntry], jobs: Mapping[int, Job]) -> list[dict[str, Any]]:
    """The same for the figures; whose entries they are stays with the provider."""
    return [
        {
            **({"ticket": one.ticket} if public_job(jobs, one.ticket) else {}),
            "entry": one.entry,
            "day": str(one.day),
            "booked_hours": plain(one.booked),
            "counted_hours": plain(one.counted),
        }
        for one in found
    ]


def odd_sheets(found: Sequence[OddEntry], jobs: Mapping[int, Job], frame: Frame) -> Iterator[Sheet]:
    """The same for people who calculate. None where there are no such entries."""
    if not found:
        return
    tongue = frame.tongue
    yield Sheet(
        "entries_against_time_rules",
        tongue.say("Time entries counted otherwise than booked"),
        (
            tongue.say("Time entry"),
            tongue.say("Ticket"),
            tongue.say("Day"),
            tongue.say("Activity"),
            tongue.say("Booked"),
            tongue.say("Counted"),
        ),
        tuple(
            (one.entry, one.ticket, one.day, one.activity, one.booked, one.counted)
            for one in _public(found, jobs)
        ),
    )


def _public(found: Iterable[OddEntry], jobs: Mapping[int, Job]) -> list[OddEntry]:
    """Those that everybody may see."""
    return [one for one in found if one.ticket is None or public_job(jobs, one.ticket)]


def _row(one: OddEntry, frame: Frame) -> tuple[Line, ...]:
    tongue = frame.tongue
    return (
        line(str(one.entry)),
        line(one.ticket) if one.ticket is not None else line(tongue.say("no ticket")),
        line(tongue.short_day(one.day)),
        line(tongue.say(one.activity)),
        line(tongue.hours(one.booked)),
        line(tongue.hours(one.counted)),
    )
