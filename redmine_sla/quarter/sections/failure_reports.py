"""Failures of the period with their causes and measures; reports that are missing are named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Block,
    Bullets,
    Heading,
    KeyFigure,
    Line,
    Paragraph,
    Strong,
    Tone,
    line,
)
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.availability_told import written_service
from redmine_sla.quarter.failures import Failure
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.section import Section


def failure_reports_section(failures: Iterable[Failure], frame: Frame) -> Section:
    """The failures that began in the period, or were noticed where nobody recorded a begin.

    They stand as at the period's end. A report that becomes late afterwards is a broken promise of
    the period in which it fell due; one that comes in afterwards states the period anew.
    """
    stated = sorted(
        (one.at(frame.period.end) for one in failures if frame.period.contains(one.belongs_to)),
        key=lambda one: (one.belongs_to, one.ticket),
    )
    missing = [one for one in stated if not one.is_reported]
    tongue = frame.tongue
    return Section(
        content=Content.FAILURE_REPORTS,
        blocks=(
            Heading(2, line(tongue.say("Failures and their causes"))),
            *_told(stated, frame),
        ),
        figures={"failures": [_figures(one) for one in stated]},
        sheets=(_sheet(stated, frame),),
        highlights=(
            KeyFigure(
                tongue.say("Failures"),
                tongue.number(len(stated)),
                tongue.count("{n} report missing", "{n} reports missing", len(missing))
                if missing
                else "",
                Tone.BAD if missing else Tone.NEUTRAL,
            ),
        ),
        gaps=tuple(_gap(one, frame) for one in missing),
    )


def _told(failures: Sequence[Failure], frame: Frame) -> Iterable[Block]:
    """Causes are too long for a table: a heading for each failure, and what was said."""
    tongue = frame.tongue
    if not failures:
        yield Paragraph(line(tongue.say("No failure in this period.")))
    for one in failures:
        if one.hidden:
            continue
        yield Heading(3, line(one.ticket, f" {one.subject}"))
        yield Bullets(tuple(_lines(one, frame)))
    if hidden := sum(one.hidden for one in failures):
        yield not_named(hidden, frame)


def _lines(one: Failure, frame: Frame) -> Iterable[Line]:
    tongue = frame.tongue
    if one.service:
        yield line(Strong(tongue.say("Service")), f": {written_service(one.service, frame)}")
    yield line(Strong(tongue.say("Outage")), ": ", _outage(one, frame))
    for title, words in (
        (tongue.say("Cause"), one.cause),
        (tongue.say("Measures"), one.measures),
    ):
        told = words or Strong(tongue.say("not reported"))
        yield line(Strong(title), ": ", told)


def _outage(one: Failure, frame: Frame) -> str:
    """From when to when, as far as anybody recorded it; one that lasts has no end."""
    tongue, zone = frame.tongue, frame.period.zone
    if one.began is None:
        if one.ended is None:
            return tongue.say("neither its begin nor its end was recorded")
        end = tongue.moment(one.ended, zone)
        return tongue.say("its begin was not recorded, over on {end}", end=end)
    begin = tongue.moment(one.began, zone)
    if one.ended is not None:
        return tongue.say("{begin} to {end}", begin=begin, end=tongue.moment(one.ended, zone))
    if not one.lasts:
        return tongue.say("{begin}, its end was not recorded", begin=begin)
    if frame.as_of < frame.period.end:
        return tongue.say("{begin}, not over", begin=begin)
    return tongue.say("{begin}, still going on at the end of the period", begin=begin)


def _gap(one: Failure, frame: Frame) -> str:
    tongue = frame.tongue
    if one.hidden:
        return tongue.say("A failure report is missing on a ticket that is not public.")
    lacks_both = not one.cause and not one.measures
    if lacks_both:
        return tongue.say(
            "Failure #{ticket}: cause and measures are missing.", ticket=str(one.ticket)
        )
    if not one.cause:
        return tongue.say("Failure #{ticket}: the cause is missing.", ticket=str(one.ticket))
    return tongue.say("Failure #{ticket}: the measures are missing.", ticket=str(one.ticket))


def _figures(one: Failure) -> dict[str, Any]:
    named = {} if one.hidden else {"ticket": one.ticket, "service": one.service}
    return {
        **named,
        "began": _utc(one.began),
        "ended": _utc(one.ended),
        "reported": one.is_reported,
        "late": one.is_late,
    }


def _utc(instant: datetime | None) -> str | None:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}" if instant else None


def _sheet(failures: Sequence[Failure], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "failures",
        tongue.say("Failures"),
        (
            tongue.say("Ticket"),
            tongue.say("Subject"),
            tongue.say("Service"),
            tongue.say("From"),
            tongue.say("To"),
            tongue.say("Cause"),
            tongue.say("Measures"),
        ),
        tuple(
            (one.ticket, one.subject, one.service, one.began, one.ended, one.cause, one.measures)
            for one in failures
            if not one.hidden
        ),
    )
