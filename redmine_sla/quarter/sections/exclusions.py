"""What both sides agreed not to count, and what that made of the figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from redmine_sla.contract.promises.policies import Exclusion
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.page import Align, Block, Column, Heading, Line, Paragraph, Table, line
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.promise_figures import instant_figure, tally_figures
from redmine_sla.quarter.section import Section
from redmine_sla.report.promise import Promise
from redmine_sla.report.tally import Tally, raw_tally, tally


def exclusions_section(
    promises: Iterable[Promise], frame: Frame, hidden: Collection[int] = ()
) -> Section:
    """The exclusions of the period, and its verdicts with and without them side by side.

    `hidden` are further tickets that exclusions name and not every reader may see.
    """
    promises = tuple(promises)
    agreed = _agreed(frame)
    adjusted, raw = tally(promises, frame.period), raw_tally(promises, frame.period)
    hidden = frozenset([*hidden, *(one.ticket for one in promises if one.hidden)])
    return Section(
        content=Content.EXCLUSIONS,
        blocks=(
            Heading(2, line(frame.tongue.say("Times agreed not to count"))),
            *_blocks(agreed, hidden, frame),
            *(_side_by_side(adjusted, raw, frame) if agreed else ()),
        ),
        figures={
            "exclusions": [_figures(one, hidden) for one in agreed],
            "with": tally_figures(adjusted),
            "without": tally_figures(raw),
        },
        sheets=(_sheet(agreed, hidden, frame),),
    )


def _agreed(frame: Frame) -> list[Exclusion]:
    """Those of any terms that touch the period, each once."""
    found = [
        one
        for _, terms in frame.contract.versions
        for one in terms.exclusions
        if one.since < frame.period.end and one.until > frame.period.begin
    ]
    return sorted(_once(found), key=lambda one: (one.since, one.until, one.agreed_in))


def _once(found: Iterable[Exclusion]) -> list[Exclusion]:
    """An amendment repeats the exclusions of the terms before it."""
    seen: list[Exclusion] = []
    for one in found:
        if one not in seen:
            seen.append(one)
    return seen


def _blocks(agreed: Sequence[Exclusion], hidden: frozenset[int], frame: Frame) -> Iterable[Block]:
    tongue, zone = frame.tongue, frame.period.zone
    if not agreed:
        yield Paragraph(line(tongue.say("Nothing was agreed not to count in this period.")))
        return
    yield Table(
        (
            Column(tongue.say("From")),
            Column(tongue.say("To")),
            Column(tongue.say("Reason")),
            Column(tongue.say("Agreed in")),
            Column(tongue.say("Entered by")),
            Column(tongue.say("For")),
        ),
        tuple(
            (
                line(tongue.moment(one.since, zone)),
                line(tongue.moment(one.until, zone)),
                line(tongue.say(one.reason)),
                _ticket(one, hidden),
                line(one.author),
                line(_whom(one, hidden, frame)),
            )
            for one in agreed
        ),
    )


def _ticket(one: Exclusion, hidden: frozenset[int]) -> Line:
    return () if one.agreed_in in hidden else line(one.agreed_in)


def _whom(one: Exclusion, hidden: frozenset[int], frame: Frame) -> str:
    """Which promises it holds for."""
    tongue = frame.tongue
    clocks = frame.terms.clocks
    named = [tongue.say(clocks[name].title if name in clocks else name) for name in one.clocks]
    if one.covers_outages and named and frame.terms.availability:
        named.append(tongue.say("Availability"))
    promises = tongue.listed(named) if named else tongue.say("every promise")
    if not (named or one.covers_outages) and frame.terms.availability:
        promises = tongue.say("every promise but availability")
    if not one.tickets:
        return promises
    visible = [f"#{number}" for number in one.tickets if number not in hidden]
    others = len(one.tickets) - len(visible)
    if others:
        visible.append(
            tongue.count(
                "{n} ticket not every reader may see",
                "{n} tickets not every reader may see",
                others,
            )
        )
    return tongue.say("{promises} on {tickets}", promises=promises, tickets=tongue.listed(visible))


def _side_by_side(adjusted: Tally, raw: Tally, frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    numbers = (tongue.say("Kept"), tongue.say("Broken"), tongue.say("Share kept"))
    yield Table(
        (
            Column(tongue.say("Promises decided")),
            *(Column(title, Align.RIGHT) for title in numbers),
        ),
        tuple(
            (
                line(title),
                line(tongue.number(len(found.met))),
                line(tongue.number(len(found.missed))),
                line("" if found.share is None else tongue.percent(found.share)),
            )
            for title, found in (
                (tongue.say("with what was agreed"), adjusted),
                (tongue.say("without it"), raw),
            )
        ),
    )


def _figures(one: Exclusion, hidden: frozenset[int]) -> dict[str, Any]:
    return {
        "from": instant_figure(one.since),
        "to": instant_figure(one.until),
        "reason": one.reason,
        "author": one.author,
        "agreed_in": None if one.agreed_in in hidden else one.agreed_in,
        "clocks": list(one.clocks),
        "availability": one.covers_outages,
        "tickets": [number for number in one.tickets if number not in hidden],
    }


def _sheet(agreed: Sequence[Exclusion], hidden: frozenset[int], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "exclusions",
        tongue.say("Times agreed not to count"),
        (
            tongue.say("From"),
            tongue.say("To"),
            tongue.say("Reason"),
            tongue.say("Agreed in"),
            tongue.say("Entered by"),
            tongue.say("For"),
        ),
        tuple(
            (
                one.since,
                one.until,
                tongue.say(one.reason),
                None if one.agreed_in in hidden else one.agreed_in,
                one.author,
                _whom(one, hidden, frame),
            )
            for one in agreed
        ),
    )
