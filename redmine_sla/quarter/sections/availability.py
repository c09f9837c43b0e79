"""How available each service was, by month and quarter, against what was promised.

Raw and adjusted stand side by side: adjusted leaves out agreed maintenance, exclusions and tickets
that were rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from redmine_sla.availability import Outage, ServiceAvailability, Unmeasured
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    KeyFigure,
    Line,
    Paragraph,
    Strong,
    Table,
    Tone,
    line,
)
from redmine_sla.quarter.availability_figures import (
    Lost,
    gap_figures,
    lost_figures,
    lost_outages,
    outage_sheet,
    service_figures,
    service_sheet,
)
from redmine_sla.quarter.availability_stated import availability_of_months, availability_of_quarter
from redmine_sla.quarter.availability_told import (
    gap_words,
    is_well,
    lost_words,
    named_service,
    promised_words,
    raw_words,
    service_words,
    share_words,
    standing_words,
    written_service,
)
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.hidden import not_named
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows
from redmine_sla.quarter.section import Section
from redmine_sla.sla.verdict import Verdict

_TONES = {
    Verdict.MET: Tone.GOOD,
    Verdict.ON_TRACK: Tone.GOOD,
    Verdict.AT_RISK: Tone.WARNING,
    Verdict.UNMEASURED: Tone.WARNING,
}


def availability_section(events: Iterable[Outage | Unmeasured], frame: Frame) -> Section:
    """The availability stated in the period; empty where the contract promises none in it."""
    known = tuple(events)
    months = availability_of_months(frame.contract, known, frame.period, frame.as_of)
    quarter = availability_of_quarter(frame.contract, known, frame.period, frame.as_of)
    stated = (*months, *quarter)
    if not stated:
        return Section(content=Content.AVAILABILITY, blocks=(), figures={})
    lost = lost_outages(months, quarter)
    unmeasured = tuple(dict.fromkeys(gap for one in stated for gap in one.unmeasured))
    return Section(
        content=Content.AVAILABILITY,
        blocks=(
            Heading(2, line(frame.tongue.say("Availability"))),
            *_blocks(stated, frame),
            *_outages(lost, frame),
            *_unmeasured(unmeasured, frame),
        ),
        figures={
            "stated": [service_figures(one) for one in stated],
            "outages": [lost_figures(one) for one in lost if not one.outage.hidden],
            "outages_on_hidden_tickets": sum(one.outage.hidden for one in lost),
            "not_measured": [gap_figures(gap) for gap in unmeasured if not gap.hidden],
            "not_measured_on_hidden_tickets": sum(gap.hidden for gap in unmeasured),
        },
        sheets=(service_sheet(stated, frame), outage_sheet(lost, frame)),
        highlights=_highlights(months, quarter, frame),
    )


def _highlights(
    months: Sequence[ServiceAvailability], quarter: Sequence[ServiceAvailability], frame: Frame
) -> tuple[KeyFigure, ...]:
    """What stands worst against its promise; the whole quarter where a month stands no worse."""
    known = [one for one in (*quarter, *months) if one.adjusted.share is not None]
    if not known:
        return ()
    rank = max(_rank(one) for one in known)
    candidates = [one for one in quarter if one in known and _rank(one) == rank]
    candidates = candidates or [one for one in known if _rank(one) == rank]
    worst = max(candidates, key=lambda one: one.adjusted.counted - one.adjusted.allowed)
    tongue = frame.tongue
    return (
        KeyFigure(
            tongue.say("Availability"),
            share_words(worst, tongue),
            tongue.say(
                "{service}, {period}: promised {promised}",
                service=service_words(worst, tongue),
                period=tongue.period(worst.period),
                promised=promised_words(worst, tongue),
            ),
            _TONES.get(worst.verdict, Tone.BAD),
        ),
    )


def _rank(one: ServiceAvailability) -> int:
    """The higher, the worse: kept, at risk, not fully measured, broken."""
    order = (Verdict.AT_RISK, Verdict.UNMEASURED, Verdict.BREACHED, Verdict.MISSED)
    return order.index(one.verdict) + 1 if one.verdict in order else 0


def _blocks(stated: Sequence[ServiceAvailability], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    yield Table(
        (
            Column(tongue.say("Service")),
            Column(tongue.say("Period")),
            Column(tongue.say("Availability"), Align.RIGHT),
            Column(tongue.say("Promised"), Align.RIGHT),
            Column(tongue.say("Lost, of what may be lost"), Align.RIGHT),
            Column(tongue.say("With nothing left out"), Align.RIGHT),
            Column(tongue.say("Standing")),
        ),
        tuple(_row(one, frame) for one in stated),
    ).trimmed()
    clauses = dict.fromkeys(tongue.say(one.clause) for one in stated)
    yield Paragraph(
        line(
            tongue.say(
                "Outages that overlap count once. Agreed maintenance, agreed exclusions and "
                "rejected tickets are left out, but for the column that says so. "
                "(Contract: {clause}.)",
                clause="; ".join(clauses),
            )
        )
    )
    if not all(one.is_measured for one in stated):
        yield Paragraph(
            line(
                tongue.say(
                    "Where not every outage was timed, the availability was at most what stands "
                    "here."
                )
            )
        )


def _row(one: ServiceAvailability, frame: Frame) -> tuple[Line, ...]:
    tongue = frame.tongue
    standing = standing_words(one, one.verdict, tongue)
    return (
        line(named_service(one, tongue)),
        line(tongue.titled(tongue.period(one.period))),
        line(share_words(one, tongue)),
        line(promised_words(one, tongue)),
        line(lost_words(one, tongue)),
        line(raw_words(one, tongue)),
        line(standing if is_well(one) else Strong(standing)),
    )


def _outages(lost: Sequence[Lost], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    if not lost:
        yield Paragraph(line(tongue.say("No outage was recorded.")))
        return
    yield Heading(3, line(tongue.say("Outages")))
    shown = [one for one in lost if not one.outage.hidden]
    if shown:
        yield Table(
            (
                Column(tongue.say("Ticket")),
                Column(tongue.say("Service")),
                Column(tongue.say("From")),
                Column(tongue.say("To")),
                Column(tongue.say("Within the service time"), Align.RIGHT),
                Column(tongue.say("Counted"), Align.RIGHT),
            ),
            tuple(_outage_row(one, frame) for one in shown[:ROWS_ON_PAGE]),
        ).trimmed()
        yield from further_rows(len(shown), frame)
    if len(shown) < len(lost):
        yield not_named(len(lost) - len(shown), frame)


def _outage_row(one: Lost, frame: Frame) -> tuple[Line, ...]:
    tongue, zone = frame.tongue, frame.period.zone
    ended = one.outage.ended
    return (
        line(one.outage.ticket),
        line(named_service(one.service, tongue)),
        line(tongue.moment(one.outage.began, zone)),
        line(tongue.moment(ended, zone) if ended else Strong(tongue.say("not over"))),
        line(tongue.duration(one.loss.raw)),
        line(tongue.duration(one.loss.adjusted)),
    )


def _unmeasured(gaps: Sequence[Unmeasured], frame: Frame) -> Iterable[Block]:
    if not gaps:
        return
    tongue = frame.tongue
    yield Heading(3, line(tongue.say("Outages that could not be measured")))
    shown = [gap for gap in gaps if not gap.hidden]
    if shown:
        yield Table(
            (
                Column(tongue.say("Ticket")),
                Column(tongue.say("Service")),
                Column(tongue.say("Why")),
            ),
            tuple(
                (
                    line(gap.ticket or ""),
                    line(written_service(gap.service, frame)),
                    line(gap_words(gap.gap, tongue)),
                )
                for gap in shown[:ROWS_ON_PAGE]
            ),
        ).trimmed()
        yield from further_rows(len(shown), frame)
    if len(shown) < len(gaps):
        yield not_named(len(gaps) - len(shown), frame)
