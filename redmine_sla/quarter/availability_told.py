"""Availability in customers' words: how a service stands, what was lost, and why it is unsure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from redmine_sla.availability import ServiceAvailability, Tally, Unmeasured, WhyUnmeasured
from redmine_sla.availability.promised import WHOLE_SYSTEM, services_meant, services_of
from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Contract
from redmine_sla.language import Tongue
from redmine_sla.page import Block, Bullets, Heading, Line, Strong, line
from redmine_sla.quarter.availability_stated import (
    Events,
    availability_of_months,
    availability_of_quarter,
)
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.reckoning import Reckoning
from redmine_sla.report.words import outcome_words
from redmine_sla.sla.verdict import Verdict

PLACES = 3
"""Decimals of a percentage: 98.885 % must not read as 98.89 %."""


def service_words(one: ServiceAvailability, tongue: Tongue) -> str:
    if one.service == WHOLE_SYSTEM:
        return tongue.say("The system as a whole")
    return tongue.say(one.title)


def named_service(one: ServiceAvailability, tongue: Tongue) -> str:
    """Empty for the system as a whole: a table about nothing else need not repeat it."""
    return "" if one.service == WHOLE_SYSTEM else tongue.say(one.title)


def written_service(written: str, frame: Frame) -> str:
    """What a ticket calls a service, by its title where the contract has one: a ticket may name it
    by key or host.
    """
    meant = services_meant(frame.terms, written)
    if meant is None or WHOLE_SYSTEM in meant:
        return written
    tongue, services = frame.tongue, services_of(frame.terms)
    return tongue.listed(tongue.say(services[name].title) for name in sorted(meant))


def share_words(one: ServiceAvailability, tongue: Tongue) -> str:
    """The share reached, cut; an upper bound where not every outage was timed."""
    share = _percent(one.adjusted, tongue)
    if share and not one.is_measured:
        return tongue.say("at most {share}", share=share)
    return share


def raw_words(one: ServiceAvailability, tongue: Tongue) -> str:
    """The same with nothing left out."""
    share = _percent(one.raw, tongue)
    if share and one.unmeasured:
        return tongue.say("at most {share}", share=share)
    return share


def promised_words(one: ServiceAvailability, tongue: Tongue) -> str:
    promised = one.adjusted.promised
    return "" if promised is None else tongue.percent(promised, PLACES)


def lost_words(one: ServiceAvailability, tongue: Tongue) -> str:
    """What was lost by weight, of what may be lost."""
    return tongue.say(
        "{lost} of {allowed}",
        lost=_duration(one.adjusted.counted, tongue),
        allowed=_duration(one.adjusted.allowed, tongue),
    )


def standing_words(one: ServiceAvailability, verdict: Verdict, tongue: Tongue) -> str:
    said = verdict_words(verdict, tongue)
    is_certain = verdict in (Verdict.BREACHED, Verdict.UNMEASURED)
    down_now = one.is_down and not is_certain
    return tongue.say("{standing}, down now", standing=said) if down_now else said


def verdict_words(verdict: Verdict, tongue: Tongue) -> str:
    """How the promise of a service and a period stands."""
    match verdict:
        case Verdict.BREACHED:
            return tongue.say("Broken, whatever comes")
        case Verdict.UNMEASURED:
            return tongue.say("Not fully measured")
    return outcome_words(verdict, tongue)


def is_well(one: ServiceAvailability) -> bool:
    """Whether nothing about it should catch the eye."""
    return one.verdict in (Verdict.MET, Verdict.ON_TRACK) and not one.is_down


def gap_words(gap: WhyUnmeasured, tongue: Tongue) -> str:
    """Why an outage could not be measured."""
    match gap:
        case WhyUnmeasured.NO_BEGIN:
            return tongue.say("Nobody recorded when it began.")
        case WhyUnmeasured.NO_END:
            return tongue.say("The ticket is done, and nobody recorded when the outage ended.")
        case WhyUnmeasured.UNREADABLE:
            return tongue.say("What is recorded is not a date with a time.")
        case WhyUnmeasured.BACKWARDS:
            return tongue.say("As recorded, it ended before it began.")
        case WhyUnmeasured.NO_SERVICE:
            return tongue.say("The ticket names no service of the contract.")
        case WhyUnmeasured.NO_FIELD:
            return tongue.say("In this Redmine nobody can record when an outage began.")


def availability_blocks(
    contract: Contract, events: Events, as_of: datetime, tongue: Tongue
) -> Sequence[Block]:
    """For the contract's page: the running month, and the quarter before the running one.

    `events` are those of all tickets changed since `told_since`, and of all open ones. Of the
    running month it tells what was lost, of what may be lost in all of it: that does not
    change by the mere passing of time. An outage that lasts is told, and counted once it is over.
    """
    running, last = _quarters(contract, as_of)
    month = month_of(contract.day_of(as_of), running.zone)

    def so_far(known: Events) -> Sequence[ServiceAvailability]:
        return availability_of_months(contract, known, month, as_of) or availability_of_quarter(
            contract, known, running, as_of
        )

    over = [one for one in events if isinstance(one, Unmeasured) or one.ended is not None]
    before = availability_of_quarter(contract, events, last, as_of)
    before = before or availability_of_months(contract, events, last, as_of)
    lines = [
        *(_now(*pair, tongue) for pair in zip(so_far(events), so_far(over), strict=True)),
        *(_before(one, tongue) for one in before),
    ]
    return (Heading(2, line(tongue.say("Availability"))), Bullets(tuple(lines))) if lines else ()


def told_since(contract: Contract, as_of: datetime) -> datetime:
    """The begin of what the contract's page tells of: outages since then must be known."""
    _, last = _quarters(contract, as_of)
    return last.begin


def _quarters(contract: Contract, as_of: datetime) -> tuple[Period, Period]:
    """The running quarter, and the one before it."""
    reckoning = Reckoning.of(contract)
    running = reckoning.period(reckoning.quarter(contract.day_of(as_of)))
    return running, reckoning.period(reckoning.quarter(running.first - timedelta(days=1)))


def _now(one: ServiceAvailability, over: ServiceAvailability, tongue: Tongue) -> Line:
    """`over` is the same without the outages that last."""
    told = tongue.say(
        "{period}: {lost} lost, {allowed} may be lost",
        period=_headed(one, tongue),
        lost=_duration(over.adjusted.counted, tongue),
        allowed=_duration(over.adjusted.allowed, tongue),
    )
    if one.verdict in (Verdict.BREACHED, Verdict.UNMEASURED):
        standing = line(Strong(standing_words(one, one.verdict, tongue)))
    elif one.is_down:
        standing = line(Strong(tongue.say("Down now")))
    else:
        standing = line(tongue.say("Within the limit"))
    return line(told, ". ", *standing, ".")


def _before(one: ServiceAvailability, tongue: Tongue) -> Line:
    told = tongue.say(
        "{period}: {share}, promised {promised}",
        period=_headed(one, tongue),
        share=share_words(one, tongue),
        promised=promised_words(one, tongue),
    )
    standing = standing_words(one, one.verdict, tongue)
    return line(told, ". ", standing if is_well(one) else Strong(standing), ".")


def _headed(one: ServiceAvailability, tongue: Tongue) -> str:
    """The period; before it the service, where the contract names services."""
    period = tongue.period(one.period)
    if one.service == WHOLE_SYSTEM:
        return tongue.titled(period)
    return tongue.say("{service}, {period}", service=named_service(one, tongue), period=period)


def _duration(seconds: Decimal, tongue: Tongue) -> str:
    return tongue.duration(timedelta(seconds=int(seconds)))


def _percent(tally: Tally, tongue: Tongue) -> str:
    return "" if tally.share is None else tongue.percent(tally.share, PLACES)
