"""Pauses: who waited for whom, and how long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.language import Saying
from redmine_sla.page import (
    Align,
    BarChart,
    Block,
    Column,
    Figure,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Series,
    Table,
    Tone,
    line,
)
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.linked import linked
from redmine_sla.quarter.promise_figures import instant_figure, seconds_figure
from redmine_sla.quarter.section import Section
from redmine_sla.report.course import Course, WhoseTurn
from redmine_sla.report.pauses import PauseTaken, by_reason, pauses_in
from redmine_sla.report.promise import Promise
from redmine_sla.report.waiting import Waited, both_sides, waited_in
from redmine_sla.report.words import awaited_words, side_words

_HOUR = timedelta(hours=1)
_TENTH = Decimal("0.1")
_TONES = (
    (WhoseTurn.PROVIDER, Tone.ACCENT),
    (WhoseTurn.CUSTOMER, Tone.WARNING),
    (WhoseTurn.THIRD_PARTY, Tone.NEUTRAL),
    (WhoseTurn.NOBODY, Tone.MUTED),
)


def pauses_section(promises: Iterable[Promise], courses: Iterable[Course], frame: Frame) -> Section:
    """The pauses in the period, and the service time of all tickets by the side awaited.

    Of a pause that reaches over the begin or the end only the part within is told.
    """
    courses = tuple(courses)
    pauses = pauses_in(promises, frame.period)
    whole = waited_in(courses, frame.period, frame.as_of)
    ended = both_sides(courses, frame.period)
    return Section(
        content=Content.PAUSES,
        blocks=(
            Heading(2, line(frame.tongue.say("Who waited for whom"))),
            *_sides(whole, courses, frame),
            *_pauses(pauses, frame),
        ),
        figures={
            "service_time": {
                f"{side.value}_seconds": seconds_figure(whole.of(side)) for side, _ in _TONES
            },
            "finished": None
            if ended is None
            else {
                "count": len(ended.tickets),
                "median_service_time_seconds": seconds_figure(ended.service_time),
                "median_wall_clock_seconds": seconds_figure(ended.wall_clock),
            },
            "pauses": [_figures(one, frame) for one in pauses if not one.promise.hidden],
            "on_hidden_tickets": sum(one.promise.hidden for one in pauses),
        },
        sheets=(_sheet(pauses, frame),),
    )


def _sides(whole: Waited, courses: Sequence[Course], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    if not whole.total:
        yield Paragraph(line(tongue.say("No ticket was open in the service hours.")))
        return
    ended = both_sides(courses, frame.period)
    if ended is not None:
        number = tongue.count(
            "{n} ticket came to its end", "{n} tickets came to their end", len(ended.tickets)
        )
        yield KeyFigures(
            (
                KeyFigure(
                    tongue.say("Time with us, in service hours"),
                    tongue.duration(ended.service_time),
                    tongue.say("half of the tickets took no longer; {number}", number=number),
                ),
                KeyFigure(
                    tongue.say("Time until the end, on your clock"),
                    tongue.duration(ended.wall_clock),
                    tongue.say("nights, days off and your own answers included"),
                ),
            )
        )
    yield _chart(whole, courses, frame)


def _chart(whole: Waited, courses: Sequence[Course], frame: Frame) -> Figure:
    tongue = frame.tongue
    months = frame.period.months
    waited = [waited_in(courses, month, frame.as_of) for month in months]
    sides = [(side, tone) for side, tone in _TONES if whole.of(side)]
    chart = BarChart(
        title=tongue.say("Service hours of all open tickets, by who was awaited"),
        categories=tuple(tongue.titled(tongue.month(month.first)) for month in months),
        series=tuple(
            Series(
                name=side_words(side, tongue),
                values=tuple(_hours(one.of(side)) for one in waited),
                tone=tone,
            )
            for side, tone in sides
        ),
        unit="h",
    )
    told = tongue.say(
        "Of {all} in service hours, the customer was awaited for {customer}.",
        all=tongue.duration(whole.total),
        customer=tongue.duration(whole.customer),
    )
    return Figure("who-waited", chart, told)


def _hours(span: timedelta) -> Decimal:
    return (Decimal(int(span.total_seconds())) / 3600).quantize(_TENTH, ROUND_HALF_UP)


def _pauses(pauses: Sequence[PauseTaken], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    if not pauses:
        yield Paragraph(line(tongue.say("No promise was paused in this period.")))
        return
    visible = {one.ticket for one in pauses if not one.promise.hidden}
    yield Table(
        (
            Column(tongue.say("Awaited")),
            Column(tongue.say("Why")),
            Column(tongue.say("Times"), Align.RIGHT),
            Column(tongue.say("Time not counted"), Align.RIGHT),
        ),
        tuple(
            (
                line(awaited_words(each.awaited, tongue)),
                line(tongue.tell(each.reason, frame.period.zone)),
                linked(len(each.tickets), visible.intersection(each.tickets), frame),
                line(tongue.duration(each.took)),
            )
            for each in by_reason(pauses, frame.period.begin, _end(frame))
        ),
    )


def _end(frame: Frame) -> datetime:
    """Until when a pause counts: a draft knows nothing beyond now."""
    return min(frame.period.end, frame.as_of)


def _until(one: PauseTaken, frame: Frame) -> datetime | None:
    """When it ended; `None` where it lasted beyond the period."""
    until = one.pause.until
    return None if until is None or until > _end(frame) else until


def _took(one: PauseTaken, frame: Frame) -> timedelta:
    return one.pause.within(frame.period.begin, _end(frame))


def _figures(one: PauseTaken, frame: Frame) -> dict[str, Any]:
    pause = one.pause
    return {
        "ticket": one.ticket,
        "awaited": str(pause.awaited),
        "reason": _why(pause.reason),
        "since": instant_figure(pause.since),
        "until": instant_figure(_until(one, frame)),
        "not_counted_seconds": seconds_figure(_took(one, frame)),
    }


def _why(reason: str) -> str:
    """The status, or what was agreed, without the sentence around it."""
    places = reason.places if isinstance(reason, Saying) else {}
    return str(places.get("reason") or places.get("status") or reason)


def _sheet(pauses: Sequence[PauseTaken], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "pauses",
        tongue.say("Pauses"),
        (
            tongue.say("Ticket"),
            tongue.say("Subject"),
            tongue.say("Awaited"),
            tongue.say("Why"),
            tongue.say("From"),
            tongue.say("To"),
            tongue.say("Time not counted"),
        ),
        tuple(
            (
                one.ticket,
                one.promise.subject,
                awaited_words(one.pause.awaited, tongue),
                tongue.tell(one.pause.reason, frame.period.zone),
                one.pause.since,
                _until(one, frame),
                _took(one, frame),
            )
            for one in pauses
            if not one.promise.hidden
        ),
    )
