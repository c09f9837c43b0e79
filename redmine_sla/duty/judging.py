"""From occurrences and their tickets to outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.duty.evidence import Record
from redmine_sla.duty.occurrences import Occurrence, occurrences
from redmine_sla.duty.outcome import Closing, Lack, Outcome, State
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Timeline


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
    until = max(period.last, today)
    owed = occurrences(contract, Period(period.first, until, period.zone))
    next_days = _next_days(owed)
    return tuple(
        _outcome(one, tickets.get(one.key), contract, glossary, _Clock(as_of, today, following))
        for one, following in zip(owed, next_days, strict=True)
        if period.holds(one.day)
    )


@dataclass(frozen=True, slots=True)
class _Clock:
    """When it is asked, and the day of the next occurrence of the same obligation by then."""

    as_of: datetime
    today: date
    following: date | None


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
    - Where only a contact's confirmation lacks, it stays *due*, whatever the day: the customer's
      silence is not the provider's delay, and not his proof either.
    - Past the last day in time it is *missed* once its ticket is closed, the next one falls due
      or the contract has ended, and *late* until then: it can still be made up for.
    """
    if ticket is None or ticket.timeline.ticket.created > clock.as_of:
        if clock.today > one.last_day:
            return Outcome(occurrence=one, state=State.UNMEASURED, lacking=(Lack.TICKET,))
        return Outcome(occurrence=one, state=_coming(one, clock))
    told = ticket.timeline.as_of(clock.as_of)
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
    if found.awaits_confirmation:
        return replace(found, state=State.DUE)
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
