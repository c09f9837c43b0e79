"""What the ticket of an obligation's occurrence says: what, when, and when it counts as done."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from redmine_sla.contract import ContactRole, Contract
from redmine_sla.contract.promises.obligations import Evidence
from redmine_sla.duty import Occurrence
from redmine_sla.language import Tongue
from redmine_sla.page import Block, Bullets, Heading, Line, Page, Paragraph, Strong, line


def duty_subject(one: Occurrence, tongue: Tongue) -> str:
    """`Review of the log files: 2 March 2026`."""
    return tongue.say("{what}: {day}", what=tongue.say(one.duty.title), day=tongue.day(one.day))


def duty_description(one: Occurrence, contract: Contract, tongue: Tongue) -> Page:
    """Customers read it too: it names the customer's own contacts, and nobody of the provider's."""
    return Page(
        (
            Paragraph(line(tongue.say("Promised by the contract {title}.", title=contract.title))),
            Bullets(tuple(_facts(one, contract, tongue))),
            *_checklist(one, tongue),
            Heading(3, line(tongue.say("It counts as done when"))),
            Bullets(tuple(map(line, _conditions(one, contract, tongue)))),
        )
    )


def _facts(one: Occurrence, contract: Contract, tongue: Tongue) -> Iterable[Line]:
    day = tongue.day(one.day)
    if one.day != one.nominal:
        day = tongue.say(
            "{day}, as {nominal} is a day off", day=day, nominal=tongue.day(one.nominal)
        )
    yield line(Strong(tongue.say("Day")), f": {day}")
    if one.begin is not None:
        zone = ZoneInfo(contract.timezone)
        begin = tongue.moment(one.begin, zone)
        time = (
            tongue.say("{begin} to {end}", begin=begin, end=tongue.moment(one.end, zone))
            if one.end
            else begin
        )
        yield line(Strong(tongue.say("Time")), f": {time}")
    if one.last_day != one.day:
        yield line(Strong(tongue.say("In time until")), f": {tongue.day(one.last_day)}")
    yield line(Strong(tongue.say("Clause")), f": {tongue.say(one.duty.clause)}")


def _checklist(one: Occurrence, tongue: Tongue) -> Iterable[Block]:
    if one.duty.checklist:
        yield Heading(3, line(tongue.say("To do")))
        yield Bullets(tuple(line(tongue.say(point)) for point in one.duty.checklist))


def _conditions(one: Occurrence, contract: Contract, tongue: Tongue) -> Iterable[str]:
    told = {
        Evidence.NOTE: tongue.say("a note says what was done"),
        Evidence.FILE: tongue.say("a file shows the result"),
        Evidence.TIME_ENTRY: tongue.say("the time spent is booked"),
    }
    yield from (told[kind] for kind in one.duty.evidence)
    yield tongue.say("the ticket is resolved")
    if one.duty.confirmed_by_contact:
        terms = contract.terms_on(one.nominal)
        names = [each.name for each in terms.contacts_who_may(ContactRole.VERIFY_WORK)]
        yield (
            tongue.say(
                "{names} has confirmed it after that by closing the ticket or accepting the work "
                "on it; a note alone is not enough",
                names=tongue.either(names),
            )
            if names
            else tongue.say("an authorised contact has confirmed it after that")
        )
