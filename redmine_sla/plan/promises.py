"""What a contract promises, as its page shows it: the level in force, not what others may buy.

Only what the customer may read: no rates, no fees, no names of the team, no internal rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from types import MappingProxyType
from zoneinfo import ZoneInfo

from redmine_sla.contract import ContactRole, Contract, TargetRule, Terms, targets_of_level
from redmine_sla.contract.promises.calendars import CalendarSpec
from redmine_sla.contract.promises.obligations import Obligation, WorkingDayRule
from redmine_sla.contract.promises.tiers import Channel
from redmine_sla.language import Tongue, marked
from redmine_sla.page import (
    Align,
    Block,
    Bullets,
    Column,
    Heading,
    Line,
    Strong,
    Table,
    line,
)
from redmine_sla.plan.rhythm_words import rhythm_words
from redmine_sla.plan.service_hours import service_hours

_DAILY = "FREQ=DAILY"
_ALLOWED = MappingProxyType(
    {
        ContactRole.VERIFY_WORK: marked("verifies work"),
        ContactRole.ORDER_VISIT: marked("orders visits"),
        ContactRole.APPROVE: marked("approves requests"),
        ContactRole.AGREE_DATES: marked("agrees dates"),
        ContactRole.SIGN_OFF: marked("signs off the quarter"),
        ContactRole.FOLLOW_SCHEDULE: marked("follows the schedule"),
    }
)


def service_level(contract: Contract, terms: Terms, tongue: Tongue) -> Iterable[Block]:
    """Windows, targets, availability, allowance: the level the customer has."""
    yield Heading(2, line(tongue.say("Service level")))
    facts = [*_tier(terms, tongue), *_windows(contract, terms, tongue), *_sizes(terms, tongue)]
    if facts:
        yield Bullets(tuple(facts))
    rules = [one.rule for one in targets_of_level(terms) if one.overridden_by is None]
    if rules:
        yield Table(
            (
                Column(tongue.say("Promise")),
                Column(tongue.say("For")),
                Column(tongue.say("Within")),
                Column(tongue.say("Clause")),
            ),
            tuple(_target(rule, terms, tongue) for rule in rules),
        )


def _tier(terms: Terms, tongue: Tongue) -> Iterable[Line]:
    if terms.current_tier:
        yield _fact(tongue.say("Level"), tongue.say(terms.current_tier.title))


def _sizes(terms: Terms, tongue: Tongue) -> Iterable[Line]:
    percent = terms.availability_percent()
    if percent is not None:
        clause = terms.availability.clause if terms.availability else ""
        share = tongue.percent(percent / 100, 2)
        yield _fact(tongue.say("Planned availability"), _with_clause(share, clause, tongue))
    hours = terms.allowance_hours()
    if hours is not None and terms.allowance is not None:
        told = tongue.say("{hours} a month", hours=tongue.hours(hours))
        yield _fact(tongue.say("Included"), _with_clause(told, terms.allowance.clause, tongue))


def _fact(label: str, words: str) -> Line:
    return line(Strong(label), f": {words}" if words else "")


def _windows(contract: Contract, terms: Terms, tongue: Tongue) -> Iterable[Line]:
    """The level's own window, and those of channels that differ from it."""
    own = _calendar_of(terms, None)
    if own is not None:
        yield _fact(tongue.say("Served"), _hours(terms.calendars[own], contract, tongue))
    for name, channel in terms.channels.items():
        if channel.tiers and terms.tier not in channel.tiers:
            continue
        theirs = _calendar_of(terms, name)
        words = _about(channel, tongue)
        if theirs is not None and theirs != own:
            words.insert(0, _hours(terms.calendars[theirs], contract, tongue))
        yield _fact(tongue.say(channel.title), "; ".join(words))


def _about(channel: Channel, tongue: Tongue) -> list[str]:
    words = [tongue.say(channel.purpose)] if channel.purpose else []
    return [*words, channel.address] if channel.address else words


def _calendar_of(terms: Terms, channel: str | None) -> str | None:
    try:
        return terms.calendar_name(channel=channel)
    except LookupError:
        return None


def _hours(calendar: CalendarSpec, contract: Contract, tongue: Tongue) -> str:
    hours = service_hours(calendar.hours, tongue)
    if calendar.hours == "24/7":
        return hours
    words = [hours, calendar.timezone or contract.timezone]
    if isinstance(calendar.holidays, str):
        words.append(tongue.say("not on public holidays ({country})", country=calendar.holidays))
    return ", ".join(words)


def _target(rule: TargetRule, terms: Terms, tongue: Tongue) -> tuple[Line, ...]:
    whom = "; ".join(_whom(rule, terms, tongue))
    clock = terms.clocks.get(rule.clock)
    return (
        line(tongue.say(clock.title) if clock else rule.clock),
        line(whom or tongue.say("everything")),
        line(tongue.target(rule.within)),
        line(_clause(rule.clause, tongue, assumed=rule.assumption)),
    )


def _whom(rule: TargetRule, terms: Terms, tongue: Tongue) -> Iterable[str]:
    """What the rule selects; names of trackers and priorities are Redmine's own."""
    for words in (rule.problem_class, rule.severity, rule.kind):
        if words:
            yield tongue.either(map(tongue.say, words))
    for names in (rule.tracker, rule.priority):
        if names:
            yield tongue.either(names)
    if rule.channel:
        channels = (terms.channels.get(name) for name in rule.channel)
        yield tongue.either(tongue.say(channel.title) for channel in channels if channel)


def duties(terms: Terms, tongue: Tongue) -> Iterable[Block]:
    """The schedule of what is done at a rhythm, and promises that no clock measures."""
    owed = [duty for duty in terms.obligations_for() if duty.visible]
    if owed:
        yield Heading(2, line(tongue.say("Done regularly")))
        yield Table(
            (
                Column(tongue.say("What")),
                Column(tongue.say("How often")),
                Column(tongue.say("Clause")),
            ),
            tuple(
                (
                    line(tongue.say(duty.title)),
                    line(duty_rhythm(duty, tongue)),
                    line(_clause(duty.clause, tongue, assumed=duty.assumption)),
                )
                for duty in owed
            ),
        )
    clauses = [one for one in terms.clauses if not one.tiers or terms.tier in one.tiers]
    if clauses:
        yield Heading(2, line(tongue.say("Also promised")))
        yield Bullets(
            tuple(
                line(
                    f"{tongue.say(one.text)} "
                    f"({_clause(one.clause, tongue, assumed=one.assumption)})"
                )
                for one in clauses
            )
        )


def duty_rhythm(duty: Obligation, tongue: Tongue) -> str:
    """How often the duty falls due; empty without a rhythm."""
    if duty.rhythm is None:
        return ""
    if duty.rhythm.rule == _DAILY and duty.working_day_rule is WorkingDayRule.SKIP:
        return tongue.say("each working day")
    return rhythm_words(duty.rhythm, tongue)


def people(terms: Terms, tongue: Tongue) -> Iterable[Block]:
    """The customer's authorised people. Their numbers and addresses are nobody's business."""
    if terms.contacts:
        yield Heading(2, line(tongue.say("Authorised contacts")))
        yield Bullets(
            tuple(
                _fact(contact.name, ", ".join(tongue.say(_ALLOWED[role]) for role in contact.may))
                for contact in terms.contacts
            )
        )


def exclusions(
    contract: Contract, terms: Terms, tongue: Tongue, hidden: Collection[int] = ()
) -> Iterable[Block]:
    """Times that both sides agreed not to count; `hidden` tickets are not named."""
    if not terms.exclusions:
        return
    zone = ZoneInfo(contract.timezone)
    yield Heading(2, line(tongue.say("Agreed not to count")))
    yield Table(
        (
            Column(tongue.say("From")),
            Column(tongue.say("To")),
            Column(tongue.say("Why")),
            Column(tongue.say("Agreed in"), Align.RIGHT),
        ),
        tuple(
            (
                line(tongue.moment(one.since, zone)),
                line(tongue.moment(one.until, zone)),
                line(tongue.say(one.reason)),
                () if one.agreed_in in hidden else line(one.agreed_in),
            )
            for one in terms.exclusions
        ),
    )


def _with_clause(words: str, clause: str, tongue: Tongue) -> str:
    return f"{words} ({tongue.say(clause)})" if clause else words


def _clause(clause: str, tongue: Tongue, *, assumed: bool) -> str:
    said = tongue.say(clause)
    if assumed:
        return tongue.say("{clause}; our reading of the offer", clause=said)
    return said
