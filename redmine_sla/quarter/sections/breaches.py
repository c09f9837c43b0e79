"""Every broken promise: what was promised, when it was due, when it was done, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from redmine_sla.calendar.period import Period
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    KeyFigure,
    Line,
    Paragraph,
    Table,
    Tone,
    line,
)
from redmine_sla.press.sheet import Cell, Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows
from redmine_sla.quarter.promise_figures import instant_figure, seconds_figure
from redmine_sla.quarter.section import Section
from redmine_sla.report.promise import Promise
from redmine_sla.report.tally import broken_in
from redmine_sla.report.words import promise_words, what_is_known


def breaches_section(promises: Iterable[Promise], frame: Frame) -> Section:
    """The promises broken in the period, in the order of their due times."""
    broken = broken_in(promises, frame.period)
    tongue = frame.tongue
    return Section(
        content=Content.BREACHES,
        blocks=(
            Heading(2, line(tongue.say("Broken promises"))),
            *_blocks(broken, frame),
        ),
        figures={
            "broken": [_figures(one, frame.period) for one in broken if not one.hidden],
            "on_hidden_tickets": sum(one.hidden for one in broken),
        },
        sheets=(_sheet(broken, frame),),
        highlights=(
            KeyFigure(
                tongue.say("Promises broken"),
                tongue.number(len(broken)),
                tone=Tone.BAD if broken else Tone.GOOD,
            ),
        ),
    )


def _blocks(broken: Sequence[Promise], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    shown = [one for one in broken if not one.hidden]
    if not broken:
        yield Paragraph(line(tongue.say("No promise was broken.")))
    if shown:
        yield Table(
            (
                Column(tongue.say("Ticket")),
                Column(tongue.say("Subject")),
                Column(tongue.say("Promise")),
                Column(tongue.say("Due")),
                Column(tongue.say("Done")),
                Column(tongue.say("Late by"), Align.RIGHT),
                Column(tongue.say("What is known of it")),
            ),
            tuple(_row(one, frame) for one in shown[:ROWS_ON_PAGE]),
        ).trimmed()
        yield _clauses(shown[:ROWS_ON_PAGE], frame)
    yield from further_rows(len(shown), frame)
    if hidden := len(broken) - len(shown):
        yield not_named(hidden, frame)


def _row(one: Promise, frame: Frame) -> tuple[Line, ...]:
    tongue = frame.tongue
    overrun = one.overrun
    return (
        line(one.ticket),
        line(one.subject),
        line(promise_words(one, tongue)),
        line(_moment(_due(one), frame)),
        line(_done(one, frame)),
        line(tongue.duration(overrun) if overrun else ""),
        line("; ".join(what_is_known(one, tongue, frame.period.zone))),
    )


def _clauses(broken: Iterable[Promise], frame: Frame) -> Table:
    """Where each of the promises stands in the contract, told once."""
    tongue = frame.tongue
    stand = dict.fromkeys((promise_words(one, tongue), tongue.say(one.clause)) for one in broken)
    return Table(
        (Column(tongue.say("Promise")), Column(tongue.say("Clause"))),
        tuple((line(promise), line(clause)) for promise, clause in stand),
    )


def _due(one: Promise) -> datetime | None:
    """Of a promise that starts again with each stop: when it was first broken."""
    return one.decided or one.due


def _done(one: Promise, frame: Frame) -> str:
    if one.stopped is not None:
        return _moment(one.stopped, frame)
    return frame.tongue.say("not yet") if one.is_open else frame.tongue.say("never")


def _moment(instant: datetime | None, frame: Frame) -> str:
    return frame.tongue.moment(instant, frame.period.zone) if instant else ""


def _figures(one: Promise, period: Period) -> dict[str, Any]:
    """As it stood at the period's end: what is done later is no change of the past."""
    done = one.stopped if one.stopped is not None and one.stopped < period.end else None
    return {
        "ticket": one.ticket,
        "clock": one.clock,
        "cycle": one.cycle,
        "class": one.problem_class,
        "severity": one.severity,
        "target": str(one.target),
        "clause": one.clause,
        "due": instant_figure(_due(one)),
        "done": instant_figure(done),
        "late_by_seconds": seconds_figure(one.overrun if done else None),
    }


def _sheet(broken: Sequence[Promise], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "breaches",
        tongue.say("Broken promises"),
        (
            tongue.say("Ticket"),
            tongue.say("Subject"),
            tongue.say("Promise"),
            tongue.say("Class"),
            tongue.say("Severity"),
            tongue.say("Target"),
            tongue.say("Clause"),
            tongue.say("Due"),
            tongue.say("Done"),
            tongue.say("Late by"),
            tongue.say("What is known of it"),
        ),
        tuple(_sheet_row(one, frame) for one in broken if not one.hidden),
    )


def _sheet_row(one: Promise, frame: Frame) -> tuple[Cell, ...]:
    tongue = frame.tongue
    return (
        one.ticket,
        one.subject,
        tongue.say(one.title),
        tongue.say(one.problem_class),
        tongue.say(one.severity),
        tongue.target(one.target),
        tongue.say(one.clause),
        _due(one),
        one.stopped,
        one.overrun,
        "; ".join(what_is_known(one, tongue, frame.period.zone)),
    )
