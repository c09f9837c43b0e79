"""What is still open at the end of the period, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Block,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
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
from redmine_sla.quarter.promise_figures import instant_figure
from redmine_sla.quarter.section import Section
from redmine_sla.report.promise import Awaited, Promise
from redmine_sla.report.words import standing_words
from redmine_sla.sla.verdict import Motion, Verdict

_WORST_FIRST = (Verdict.BREACHED, Verdict.AT_RISK, Verdict.ON_TRACK, Verdict.UNMEASURED)
_NEVER = datetime.max.replace(tzinfo=UTC)


def open_tickets_section(promises: Iterable[Promise], frame: Frame) -> Section:
    """The tickets with a promise that is not done, by urgency.

    Judge the promises at the period's end, or for a draft now. A pause that lasts over the end is
    said where the promise stands.
    """
    pressing = _pressing(promises)
    return Section(
        content=Content.OPEN_TICKETS,
        blocks=(
            Heading(2, line(frame.tongue.say("Still open"))),
            *_blocks(pressing, frame),
        ),
        figures={
            "open": [_figures(one) for one in pressing if not one.hidden],
            "on_hidden_tickets": sum(one.hidden for one in pressing),
        },
        sheets=(_sheet(pressing, frame),),
        highlights=(KeyFigure(frame.tongue.say("Still open"), frame.tongue.number(len(pressing))),),
    )


def _pressing(promises: Iterable[Promise]) -> list[Promise]:
    """Of each open ticket the promise that needs most attention, the most urgent first."""
    found: dict[int, Promise] = {}
    for one in promises:
        waits = one.verdict is Verdict.UNMEASURED and one.decided is None
        if one.is_open or waits:
            known = found.get(one.ticket)
            if known is None or _urgency(one) < _urgency(known):
                found[one.ticket] = one
    return sorted(found.values(), key=_urgency)


def _urgency(one: Promise) -> tuple[int, datetime, int]:
    return _WORST_FIRST.index(one.verdict), one.due or _NEVER, one.ticket


def _blocks(pressing: Sequence[Promise], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    if not pressing:
        yield Paragraph(line(tongue.say("Nothing was left open.")))
        return
    yield KeyFigures(tuple(_key_figures(pressing, frame)))
    shown = [one for one in pressing if not one.hidden]
    if shown:
        yield Table(
            (
                Column(tongue.say("Ticket")),
                Column(tongue.say("Subject")),
                Column(tongue.say("Reported")),
                Column(tongue.say("Promise")),
                Column(tongue.say("Standing")),
                Column(tongue.say("Due")),
            ),
            tuple(_row(one, frame) for one in shown[:ROWS_ON_PAGE]),
        ).trimmed()
    yield from further_rows(len(shown), frame)
    if hidden := len(pressing) - len(shown):
        yield not_named(hidden, frame)
    if frame.period.last == frame.contract.last_day:
        yield Paragraph(
            line(
                tongue.say(
                    "The contract ends on {day}. Its promises on these tickets remain: what is "
                    "decided of them later counts in this quarter, in a restatement of it.",
                    day=tongue.day(frame.period.last),
                )
            )
        )


def _key_figures(pressing: Sequence[Promise], frame: Frame) -> Iterable[KeyFigure]:
    tongue = frame.tongue
    late = sum(one.is_late for one in pressing)
    waiting = sum(_waits_for_customer(one) for one in pressing)
    yield KeyFigure(tongue.say("Open tickets"), tongue.number(len(pressing)))
    yield KeyFigure(
        tongue.say("Of these, late"), tongue.number(late), tone=Tone.BAD if late else Tone.GOOD
    )
    yield KeyFigure(tongue.say("Of these, waiting for the customer"), tongue.number(waiting))


def _waits_for_customer(one: Promise) -> bool:
    return one.motion is Motion.PAUSED and any(
        pause.until is None and pause.awaited is Awaited.CUSTOMER for pause in one.pauses
    )


def _row(one: Promise, frame: Frame) -> tuple[Line, ...]:
    tongue, zone = frame.tongue, frame.period.zone
    return (
        line(one.ticket),
        line(one.subject),
        line(tongue.short_day(one.reported.astimezone(zone).date())),
        line(tongue.say(one.title)),
        line(_standing(one, frame)),
        line(tongue.moment(one.due, zone) if one.due else ""),
    )


def _standing(one: Promise, frame: Frame) -> str:
    """With a pause that lasts, since when it does."""
    tongue, zone = frame.tongue, frame.period.zone
    said = standing_words(one, tongue)
    since = [pause.since for pause in one.pauses if pause.until is None]
    if one.motion is not Motion.PAUSED or not since:
        return said
    return tongue.say(
        "{standing} since {moment}", standing=said, moment=tongue.moment(since[-1], zone)
    )


def _figures(one: Promise) -> dict[str, Any]:
    return {
        "ticket": one.ticket,
        "clock": one.clock,
        "verdict": str(one.verdict),
        "motion": str(one.motion),
        "due": instant_figure(one.due),
    }


def _sheet(pressing: Sequence[Promise], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "open_tickets",
        tongue.say("Still open"),
        (
            tongue.say("Ticket"),
            tongue.say("Subject"),
            tongue.say("Reported"),
            tongue.say("Promise"),
            tongue.say("Standing"),
            tongue.say("Due"),
        ),
        tuple(_sheet_row(one, frame) for one in pressing if not one.hidden),
    )


def _sheet_row(one: Promise, frame: Frame) -> tuple[Cell, ...]:
    return (
        one.ticket,
        one.subject,
        one.reported,
        frame.tongue.say(one.title),
        _standing(one, frame),
        one.due,
    )
