"""From occurrences and their tickets to outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.duty.evidence import Record
from redmine_sla.duty.occurrences import Occurrence, occurrences
from redmine_sla.duty.outcome import Closing, Lack, Outcome, State
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Timeline

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DutyTicket:
    """The ticket of an occurrence. `hidden`: not every reader of a page may see it."""

    timeline: Timeline
    hidden: bool = False


def outcomes(
    contract: Contract,
    period: Period,
    tickets: Mapping[str, DutyTicket],
    glossary: Glossary,
    as_of: datetime,
) -> tuple[Outcome, ...]:
    """What came of each occurrence of the period, by what was recorded up to `as_of`.

    `tickets` are found by the occurrence's key. Raises `CalendarError`.
    """
    today = contract.day_of(as_of)
    known = _known(tickets, as_of)
    return tuple(
        _outcome(one, known.get(one.key), contract, glossary, _Clock(today, following))
        for one, following in _owed(contract, period, today)
    )


def outcomes_at_the_end(
    contract: Contract,
    period: Period,
    tickets: Mapping[str, DutyTicket],
    glossary: Glossary,
    as_of: datetime,
) -> tuple[Outcome, ...]:
    """What had come of each occurrence of the period when the period ended: the same for ever.

    Judged by what had *happened* by then, as recorded up to `as_of`: work noted later with the
    instant it was done counts, work done later does not, and a ticket made later tells nothing.
    One that could still be done in time when the period ended is read when that time was over.
    Before the period's end it is what `outcomes` says. Raises `CalendarError`.
    """
    today = contract.day_of(as_of)
    known = _known(tickets, as_of)

    def at_the_end(one: Occurrence, following: date | None) -> Outcome:
        last = max(period.last, one.last_day)
        if today <= last:
            return _outcome(one, known.get(one.key), contract, glossary, _Clock(today, following))
        then = _happened(known.get(one.key), last, contract)
        stood = _outcome(one, then, contract, glossary, _Clock(last + _DAY, following))
        since = _outcome(one, known.get(one.key), contract, glossary, _Clock(today, following))
        is_made_up = since.is_done_late and not stood.is_done_late
        made_up_on = since.done_on if is_made_up else None
        return replace(stood, stood_on=last, made_up_on=made_up_on)

    return tuple(at_the_end(*pair) for pair in _owed(contract, period, today))


def made_up(
    contract: Contract,
    period: Period,
    tickets: Mapping[str, DutyTicket],
    glossary: Glossary,
    as_of: datetime,
) -> tuple[Outcome, ...]:
    """What was owed before the period, and done in it, too late: as it stood at the period's end.

    The period in which it was owed tells it as late or missed, for ever. Raises `CalendarError`.
    """
    if not tickets or period.first <= contract.starts:
        return ()
    before = Period(contract.starts, period.first - _DAY, period.zone)
    today = contract.day_of(as_of)
    last = min(period.last, today)
    known = _known(tickets, as_of)
    found = (
        _outcome(one, then, contract, glossary, _Clock(last + _DAY, following))
        for one, following in _owed(contract, before, today)
        if (then := _happened(known.get(one.key), last, contract)) is not None
    )
    return tuple(
        one
        for one in found
        if one.is_done_late and one.done_on is not None and period.holds(one.done_on)
    )


def _known(tickets: Mapping[str, DutyTicket], as_of: datetime) -> dict[str, DutyTicket]:
    """The tickets made by then, as they were known then."""
    return {
        key: replace(one, timeline=one.timeline.as_of(as_of))
        for key, one in tickets.items()
        if one.timeline.ticket.created <= as_of
    }


def _happened(ticket: DutyTicket | None, last: date, contract: Contract) -> DutyTicket | None:
    """The ticket as it stood at the end of that day, if it was there."""
    if ticket is None or contract.day_of(ticket.timeline.reported) > last:
        return None
    zone = ZoneInfo(contract.timezone)
    return replace(ticket, timeline=ticket.timeline.happened_by(last, zone))


@dataclass(frozen=True, slots=True)
class _Clock:
    """The day on which it is judged, and that of the next occurrence of the same obligation."""

    today: date
    following: date | None


def _owed(
    contract: Contract, period: Period, today: date
) -> Iterator[tuple[Occurrence, date | None]]:
    """Each occurrence of the period, and the day of the next one as far as it has come by."""
    until = max(period.last, today)
    owed = occurrences(contract, Period(period.first, until, period.zone))
    pairs = zip(owed, _next_days(owed), strict=True)
    return ((one, following) for one, following in pairs if period.holds(one.day))


def _next_days(owed: tuple[Occurrence, ...]) -> list[date | None]:
    """For each the day of the next one of the same obligation."""
    following: dict[str, date] = {}
    found: list[date | None] = []
    for one in reversed(owed):
        found.append(following.get(one.duty.name))
        following[one.duty.name] = one.day
    return found[::-1]


def _outcome(
    one: Occurrence,
    ticket: DutyTicket | None,
    contract: Contract,
    glossary: Glossary,
    clock: _Clock,
) -> Outcome:
    """By these rules, in this order:

    - Without a ticket it is upcoming or due, and once past *unmeasured*: nobody can tell.
    - With work and evidence in time it is *done*.
    - With an excuse it is *excused*.
    - With work and evidence after the last day in time it is *late*, even where the next one had
      fallen due by then: what is done is done.
    - Where only a contact's confirmation lacks of what was done in time, it stays *due*, whatever
      the day: the customer's silence is not the provider's delay, and not his proof either.
    - Past the last day in time it is *missed* once its ticket is closed, the next one falls due
      or the contract has ended, and *late* until then: it can still be made up for.
    """
    if ticket is None:
        if clock.today > one.last_day:
            return Outcome(occurrence=one, state=State.UNMEASURED, lacking=(Lack.TICKET,))
        return Outcome(occurrence=one, state=_coming(one, clock))
    told = ticket.timeline
    found = Outcome(
        occurrence=one, state=_coming(one, clock), ticket=told.number, hidden=ticket.hidden
    )
    if not told.history_read:
        return replace(found, state=State.UNMEASURED, lacking=(Lack.HISTORY,))
    record = Record(told, one.duty, contract, glossary)
    found = replace(found, done_on=record.done_on(), lacking=record.lacking())
    return _settled(found, record, contract, clock)


def _settled(found: Outcome, record: Record, contract: Contract, clock: _Clock) -> Outcome:
    """The outcome in the state that its ticket's record gives it."""
    last_day = found.occurrence.last_day
    done_on = found.done_on if not found.lacking else None
    excuse = record.excuse()
    if done_on is not None and done_on <= last_day:
        return replace(found, state=State.DONE)
    if excuse is not None:
        return replace(found, state=State.EXCUSED, lacking=(), excuse=excuse)
    if done_on is not None:
        return replace(found, state=State.LATE)
    if found.lacking == (Lack.CONFIRMATION,):
        in_time = found.done_on is None or found.done_on <= last_day
        return replace(found, state=State.DUE if in_time else State.LATE)
    closing = _closing(record, contract, clock) if clock.today > last_day else None
    if closing is not None:
        return replace(found, state=State.MISSED, closing=closing)
    return found if clock.today <= last_day else replace(found, state=State.LATE)


def _coming(one: Occurrence, clock: _Clock) -> State:
    return State.DUE if one.day <= clock.today else State.UPCOMING


def _closing(record: Record, contract: Contract, clock: _Clock) -> Closing | None:
    if record.rest is not None:
        return Closing.CLOSED
    if contract.last_day is not None and contract.last_day < clock.today:
        return Closing.CONTRACT_ENDED
    if clock.following is not None and clock.following <= clock.today:
        return Closing.SUPERSEDED
    return None
