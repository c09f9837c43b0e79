"""The schedule that the customer's contacts see: what comes, and what came of the last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.duty.outcome import Outcome, State
from redmine_sla.duty.telling import by_standing, day_words, outcome_words, reason_words
from redmine_sla.language import Tongue
from redmine_sla.page import Block, Bullets, Column, Heading, Line, Paragraph, Strong, Table, line

_WEEK = timedelta(days=7)
_BEHIND, _AHEAD = 4, 8  # weeks
_OFTEN = 2 * (_BEHIND + _AHEAD + 1)
"""What comes more than twice a week is told in a line, not day by day."""

_TOLD = (State.LATE, State.MISSED, State.EXCUSED)
"""What is told one by one even where it comes often."""


def schedule_period(contract: Contract, as_of: datetime) -> Period:
    """Whole weeks from four before to eight after the running one, so that it moves but weekly."""
    today = contract.day_of(as_of)
    monday = today - timedelta(days=today.weekday())
    last = monday + (_AHEAD + 1) * _WEEK - timedelta(days=1)
    return Period(monday - _BEHIND * _WEEK, last, ZoneInfo(contract.timezone))


def schedule_blocks(
    contract: Contract, outcomes: Iterable[Outcome], tongue: Tongue, as_of: datetime
) -> tuple[Block, ...]:
    """The visible outcomes of `schedule_period`, what comes first; nothing where there are none."""
    shown = [one for one in outcomes if one.occurrence.duty.visible]
    if not shown:
        return ()
    today = contract.day_of(as_of)
    zone = ZoneInfo(contract.timezone)
    coming = [one for one in shown if one.state is State.UPCOMING or _is_due(one, today)]
    past = [one for one in shown if one not in coming]
    often = {name for name in _names(shown) if sum(_is(one, name) for one in shown) > _OFTEN}
    return (
        Heading(2, line(tongue.say("Schedule"))),
        *_lines(coming, often, tongue),
        *_coming([one for one in coming if one.occurrence.duty.name not in often], zone, tongue),
        *_past(past, often, zone, tongue),
    )


def _is_due(one: Outcome, today: date) -> bool:
    return one.state is State.DUE and one.occurrence.day >= today


def _is(one: Outcome, name: str) -> bool:
    return one.occurrence.duty.name == name


def _names(outcomes: Iterable[Outcome]) -> list[str]:
    return list(dict.fromkeys(one.occurrence.duty.name for one in outcomes))


def _title(one: Outcome, tongue: Tongue) -> str:
    return tongue.say(one.occurrence.duty.title)


def _lines(coming: Sequence[Outcome], often: set[str], tongue: Tongue) -> Iterable[Block]:
    """What comes so often that its days would fill the page."""
    items: list[Line] = []
    for name in sorted(often):
        days = [one for one in coming if _is(one, name)]
        if days:
            told = tongue.count(
                "on {n} day up to {last}, next on {next}",
                "on {n} days up to {last}, next on {next}",
                len(days),
                last=tongue.day(days[-1].occurrence.day),
                next=tongue.day(days[0].occurrence.day),
            )
            items.append(line(Strong(_title(days[0], tongue)), f": {told}"))
    if items:
        yield Bullets(tuple(items))


def _coming(coming: Sequence[Outcome], zone: ZoneInfo, tongue: Tongue) -> Iterable[Block]:
    """What comes on the same day or at the same hour, in one row."""
    by_day: dict[str, list[Outcome]] = {}
    for one in coming:
        by_day.setdefault(day_words(one, zone, tongue), []).append(one)
    if by_day:
        yield Table(
            (Column(tongue.say("Day")), Column(tongue.say("What"))),
            tuple((line(day), _named(these, tongue)) for day, these in by_day.items()),
        )


def _named(these: Sequence[Outcome], tongue: Tongue) -> Line:
    """`Data backup #12; Anti-spam protection`."""
    parts: list[str | int] = []
    for one in these:
        ticket = one.shown_ticket
        parts += ["; " if parts else "", _title(one, tongue), *((" ", ticket) if ticket else ())]
    return line(*parts)


def _past(
    past: Sequence[Outcome], often: set[str], zone: ZoneInfo, tongue: Tongue
) -> Iterable[Block]:
    """The last weeks: each one of what is rare, and of what is daily what was not in time."""
    if not past:
        return
    yield Heading(3, line(tongue.say("The last weeks")))
    for name in sorted(often):
        these = [one for one in past if _is(one, name)]
        if these:
            told = (
                f"{title}: {tongue.number(len(some))}"
                for title, some in by_standing(these, tongue).items()
            )
            yield Paragraph(line(Strong(_title(these[0], tongue)), f": {', '.join(told)}"))
    told_one_by_one = [
        one for one in reversed(past) if one.occurrence.duty.name not in often or one.state in _TOLD
    ]
    if told_one_by_one:
        titles = (
            tongue.say("Day"),
            tongue.say("What"),
            tongue.say("Outcome"),
            tongue.say("Why"),
            tongue.say("Ticket"),
        )
        yield Table(
            tuple(map(Column, titles)),
            tuple(
                (
                    line(day_words(one, zone, tongue)),
                    line(_title(one, tongue)),
                    line(outcome_words(one, tongue)),
                    line(reason_words(one, tongue)),
                    _ticket(one),
                )
                for one in told_one_by_one
            ),
        ).trimmed()


def _ticket(one: Outcome) -> Line:
    return line(one.shown_ticket) if one.shown_ticket else ()
