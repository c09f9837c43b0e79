"""Obligations of the period: what was owed, done in time, late, missed, waived, not recorded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.duty import Outcome, State, counted
from redmine_sla.duty.telling import by_standing, day_words, outcome_words, reason_words
from redmine_sla.page import (
    Align,
    Block,
    Column,
    Heading,
    KeyFigure,
    Line,
    Link,
    Paragraph,
    Table,
    Tone,
    line,
)
from redmine_sla.page.addresses import tickets_address
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.long_tables import ROWS_ON_PAGE, further_rows
from redmine_sla.quarter.made_up import made_up_blocks, made_up_figures, made_up_sheet
from redmine_sla.quarter.section import Section

_TOLD = (State.LATE, State.MISSED, State.EXCUSED, State.UNMEASURED)
"""What is told one by one."""

_FEW = 3  # gaps of one obligation that are named by their days


def obligations_section(
    outcomes: Iterable[Outcome], frame: Frame, made_up: Iterable[Outcome] = ()
) -> Section:
    """The visible outcomes whose day lies in the period, and those `made_up` in it that were owed
    before. A ticket that not every reader may see is counted, never named. Without blocks where the
    contract owes nothing that is visible.
    """
    later = [one for one in made_up if one.occurrence.duty.visible]
    stated = [
        one
        for one in outcomes
        if one.occurrence.duty.visible and frame.period.holds(one.occurrence.day)
    ]
    return Section(
        content=Content.OBLIGATIONS,
        blocks=(*_told(stated, frame), *made_up_blocks(later, frame))
        if stated or later or _owes(frame)
        else (),
        figures={
            "obligations": [_figures(name, these) for name, these in _by_name(stated)],
            **made_up_figures(later, frame),
        },
        sheets=(_sheet(stated, frame), *made_up_sheet(later, frame)),
        highlights=(_highlight(stated, frame),) if stated else (),
        gaps=tuple(_gaps(stated, frame)),
    )


def _owes(frame: Frame) -> bool:
    owed = (duty for _, terms in frame.contract.versions for duty in terms.obligations_for())
    return any(duty.visible for duty in owed)


def _by_name(outcomes: Sequence[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """The outcomes of each obligation, in the order of the alphabet."""
    names = sorted({one.occurrence.duty.name for one in outcomes})
    return [(name, [one for one in outcomes if one.occurrence.duty.name == name]) for name in names]


def _told(stated: Sequence[Outcome], frame: Frame) -> Iterable[Block]:
    tongue = frame.tongue
    yield Heading(2, line(tongue.say("Obligations")))
    if not stated:
        yield Paragraph(line(tongue.say("Nothing was owed in this period.")))
        return
    yield _counts(stated, frame)
    exceptions = [one for one in stated if one.state in _TOLD or _waits(one, frame)]
    if not exceptions:
        return
    yield Heading(3, line(tongue.say("Not done in time, or still to be confirmed")))
    titles = (
        tongue.say("Day"),
        tongue.say("What"),
        tongue.say("Outcome"),
        tongue.say("Why"),
        tongue.say("Ticket"),
    )
    yield Table(
        tuple(map(Column, titles)),
        tuple(_exception(one, frame) for one in exceptions[:ROWS_ON_PAGE]),
    ).trimmed()
    yield from further_rows(len(exceptions), frame)


def _waits(one: Outcome, frame: Frame) -> bool:
    """It was done, and a contact has not confirmed it; or it is due since before today."""
    today = frame.contract.day_of(frame.as_of)
    return one.state is State.DUE and (one.awaits_confirmation or one.occurrence.day < today)


def _counts(stated: Sequence[Outcome], frame: Frame) -> Table:
    """How many of each stand how; a number leads to the tickets behind it."""
    tongue = frame.tongue
    titles = list(by_standing(stated, tongue))
    columns = (
        Column(tongue.say("What")),
        Column(tongue.say("Clause")),
        *(Column(title, Align.RIGHT) for title in (tongue.say("Owed"), *titles)),
    )
    rows = []
    for _, these in sorted(_by_name(stated), key=lambda one: _place(one[0], frame)):
        duty, standing = these[-1].occurrence.duty, by_standing(these, tongue)
        rows.append(
            (
                line(tongue.say(duty.title)),
                line(tongue.say(duty.clause)),
                _number(these, frame),
                *(_number(standing.get(title, ()), frame) for title in titles),
            )
        )
    return Table(columns, tuple(rows))


def _place(name: str, frame: Frame) -> int:
    """Where the contract names the obligation: so readers find it where they know it from."""
    owed = (duty.name for _, terms in frame.contract.versions for duty in terms.obligations)
    return list(dict.fromkeys(owed)).index(name)


def _number(outcomes: Sequence[Outcome], frame: Frame) -> Line:
    if not outcomes:
        return ()
    shown = [one.shown_ticket for one in outcomes if one.shown_ticket is not None]
    address = tickets_address(frame.redmine, shown)
    told = frame.tongue.number(len(outcomes))
    return line(Link(address, told) if address and len(shown) == len(outcomes) else told)


def _exception(one: Outcome, frame: Frame) -> tuple[Line, ...]:
    tongue = frame.tongue
    return (
        line(day_words(one, frame.period.zone, tongue)),
        line(tongue.say(one.occurrence.duty.title)),
        line(outcome_words(one, tongue)),
        line(reason_words(one, tongue)),
        line(one.shown_ticket) if one.shown_ticket else (),
    )


def _highlight(stated: Sequence[Outcome], frame: Frame) -> KeyFigure:
    """Done in time of all that could be: without what is still open and what was waived."""
    tongue = frame.tongue
    counts = counted(stated)
    done = counts[State.DONE]
    owed = len(stated) - counts[State.UPCOMING] - counts[State.DUE] - counts[State.EXCUSED]
    behind, waiting = counts[State.MISSED], sum(one.awaits_confirmation for one in stated)
    note = tongue.count("{n} missed", "{n} missed", behind) if behind else ""
    if waiting and not behind:
        note = tongue.count("{n} to be confirmed", "{n} to be confirmed", waiting)
    tone = Tone.BAD if behind else Tone.GOOD if done == owed else Tone.WARNING
    return KeyFigure(
        tongue.say("Obligations done in time"),
        tongue.say("{done} of {owed}", done=tongue.number(done), owed=tongue.number(owed)),
        note,
        tone if owed else Tone.NEUTRAL,
    )


def _gaps(stated: Sequence[Outcome], frame: Frame) -> Iterable[str]:
    """What was missed: a few by their days, what comes often by its number."""
    tongue = frame.tongue
    for _, these in _by_name([one for one in stated if one.state is State.MISSED]):
        what = tongue.say(these[0].occurrence.duty.title)
        days = [tongue.day(one.occurrence.day) for one in these]
        if len(days) > _FEW:
            yield tongue.count(
                "{what} was missed {n} time, from {first} to {last}.",
                "{what} was missed {n} times, from {first} to {last}.",
                len(days),
                what=what,
                first=days[0],
                last=days[-1],
            )
        else:
            yield from (
                tongue.say("{what} of {day} was missed.", what=what, day=day) for day in days
            )


def _figures(name: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "obligation": name,
        "clause": outcomes[-1].occurrence.duty.clause,
        "states": {str(state): number for state, number in counted(outcomes).items() if number},
        "occurrences": [_occurrence(one) for one in outcomes],
    }


def _occurrence(one: Outcome) -> dict[str, Any]:
    excuse = one.excuse
    return {
        "day": str(one.occurrence.day),
        "last_day_in_time": str(one.occurrence.last_day),
        "state": str(one.state),
        "done_on": str(one.done_on) if one.done_on else None,
        "lacking": [str(lack) for lack in one.lacking],
        "closing": str(one.closing) if one.closing else None,
        "excused_by": excuse.by if excuse else None,
        **({} if one.hidden else {"ticket": one.ticket}),
    }


def _sheet(stated: Sequence[Outcome], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "obligations",
        tongue.say("Obligations"),
        (
            tongue.say("Day"),
            tongue.say("What"),
            tongue.say("Clause"),
            tongue.say("In time until"),
            tongue.say("Outcome"),
            tongue.say("Done on"),
            tongue.say("Why"),
            tongue.say("Ticket"),
        ),
        tuple(
            (
                one.occurrence.day,
                tongue.say(one.occurrence.duty.title),
                tongue.say(one.occurrence.duty.clause),
                one.occurrence.last_day,
                outcome_words(one, tongue),
                one.done_on,
                reason_words(one, tongue),
                one.shown_ticket,
            )
            for one in stated
        ),
    )
