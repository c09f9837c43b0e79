"""What a contract promises, as its page shows it: the level in force, not what others may buy.

Only what the customer may read: no rates, no fees, no names of the team, no internal rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from redmine_sla.contract import ContactRole, Contract, TargetRule, Terms
from redmine_sla.contract.promises.calendars import CalendarSpec
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
    local_text,
)
from redmine_sla.plan.rhythm_words import rhythm_words

_OUR_READING = "our reading of the offer"
_ALLOWED = {
    ContactRole.VERIFY_WORK: "verifies work",
    ContactRole.ORDER_VISIT: "orders visits",
    ContactRole.APPROVE: "approves requests",
    ContactRole.AGREE_DATES: "agrees dates",
    ContactRole.SIGN_OFF: "signs off the quarter",
    ContactRole.FOLLOW_SCHEDULE: "follows the schedule",
}


def service_level(contract: Contract, terms: Terms) -> Iterable[Block]:
    """Windows, targets, availability, allowance: the level the customer has."""
    yield Heading(2, line("Service level"))
    facts = [line(Strong("Level"), f": {terms.current_tier.title}")] if terms.current_tier else []
    facts += _windows(contract, terms)
    percent = terms.availability_percent()
    if percent is not None:
        clause = terms.availability.clause if terms.availability else ""
        facts.append(line(Strong("Planned availability"), f": {percent} %{_clause(clause)}"))
    hours = terms.allowance_hours()
    if hours is not None and terms.allowance is not None:
        allowance = f": {hours.normalize():f} hours a month{_clause(terms.allowance.clause)}"
        facts.append(line(Strong("Included"), allowance))
    if facts:
        yield Bullets(tuple(facts))
    rules = [rule for rule in terms.targets if not rule.tier or terms.tier in rule.tier]
    if rules:
        yield Table(
            (Column("Promise"), Column("For"), Column("Within"), Column("Clause")),
            tuple(_target(rule, terms) for rule in rules),
        )


def _windows(contract: Contract, terms: Terms) -> Iterable[Line]:
    """The level's own window, and those of channels that differ from it."""
    own = _calendar_of(terms, None)
    if own is not None:
        yield line(Strong("Served"), f": {_hours(terms.calendars[own], contract)}")
    for name, channel in terms.channels.items():
        if channel.tiers and terms.tier not in channel.tiers:
            continue
        theirs = _calendar_of(terms, name)
        words = [channel.purpose] if channel.purpose else []
        if theirs is not None and theirs != own:
            words.insert(0, _hours(terms.calendars[theirs], contract))
        if channel.address:
            words.append(channel.address)
        yield line(Strong(channel.title), f": {'; '.join(words)}" if words else "")


def _calendar_of(terms: Terms, channel: str | None) -> str | None:
    try:
        return terms.calendar_name(channel=channel)
    except LookupError:
        return None


def _hours(calendar: CalendarSpec, contract: Contract) -> str:
    if calendar.hours == "24/7":
        return "around the clock"
    words = [calendar.hours, calendar.timezone or contract.timezone]
    if isinstance(calendar.holidays, str):
        words.append(f"not on public holidays ({calendar.holidays})")
    return ", ".join(words)


def _target(rule: TargetRule, terms: Terms) -> tuple[Line, ...]:
    selectors = (rule.problem_class, rule.severity, rule.kind, rule.tracker, rule.priority)
    whom = "; ".join(" or ".join(names) for names in (*selectors, rule.channel) if names)
    clause = f"{rule.clause} ({_OUR_READING})" if rule.assumption else rule.clause
    clock = terms.clocks.get(rule.clock)
    return (
        line(clock.title if clock else rule.clock),
        line(whom or "everything"),
        line("the agreed date" if str(rule.within) == "agreed" else str(rule.within)),
        line(clause),
    )


def duties(terms: Terms) -> Iterable[Block]:
    """The schedule of what is done at a rhythm, and promises that no clock measures."""
    owed = [duty for duty in terms.obligations_for() if duty.visible]
    if owed:
        yield Heading(2, line("Done regularly"))
        yield Table(
            (Column("What"), Column("When"), Column("Clause")),
            tuple(
                (
                    line(duty.title),
                    line(rhythm_words(duty.rhythm) if duty.rhythm else ""),
                    line(f"{duty.clause} ({_OUR_READING})" if duty.assumption else duty.clause),
                )
                for duty in owed
            ),
        )
    clauses = [one for one in terms.clauses if not one.tiers or terms.tier in one.tiers]
    if clauses:
        yield Heading(2, line("Also promised"))
        yield Bullets(
            tuple(
                line(f"{one.text}{_clause(one.clause)}{_assumed(assumed=one.assumption)}")
                for one in clauses
            )
        )


def people(terms: Terms) -> Iterable[Block]:
    """The customer's authorised people. Their numbers and addresses are nobody's business."""
    if terms.contacts:
        yield Heading(2, line("Authorised contacts"))
        yield Bullets(
            tuple(
                line(Strong(contact.name), f": {', '.join(_ALLOWED[role] for role in contact.may)}")
                for contact in terms.contacts
            )
        )


def exclusions(contract: Contract, terms: Terms) -> Iterable[Block]:
    """Times that both sides agreed not to count."""
    if not terms.exclusions:
        return
    zone = ZoneInfo(contract.timezone)
    yield Heading(2, line("Agreed not to count"))
    yield Table(
        (Column("From"), Column("To"), Column("Why"), Column("Agreed in", Align.RIGHT)),
        tuple(
            (
                line(local_text(one.since, zone)),
                line(local_text(one.until, zone)),
                line(one.reason),
                line(one.agreed_in),
            )
            for one in terms.exclusions
        ),
    )


def _clause(clause: str) -> str:
    return f" ({clause})" if clause else ""


def _assumed(*, assumed: bool) -> str:
    return f" ({_OUR_READING})" if assumed else ""
