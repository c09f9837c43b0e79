"""How sign-offs stand, in the customer's words, for the contract's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import tzinfo

from redmine_sla.language import Tongue
from redmine_sla.page import Block, Column, Heading, Line, Strong, Table, WikiLink, line, page_title
from redmine_sla.quarter.signed import Decision, LateNo, SignOff


def sign_offs_blocks(
    found: Sequence[SignOff], contract_page: str, tongue: Tongue, zone: tzinfo
) -> Iterable[Block]:
    """A table of the editions, the latest first, each with its page and how it stands.

    `contract_page` is the title of the contract's own page.
    """
    if not found:
        return
    yield Heading(2, line(tongue.say("Quarters handed over")))
    yield Table(
        (
            Column(tongue.say("Quarter")),
            Column(tongue.say("Sign-off")),
            Column(tongue.say("Ticket")),
        ),
        tuple(_row(one, contract_page, tongue, zone) for one in reversed(found)),
    )


def _row(one: SignOff, contract_page: str, tongue: Tongue, zone: tzinfo) -> tuple[Line, ...]:
    said = decision_words(one, tongue, zone)
    return (
        line(WikiLink(page_title(one.edition.page_of(contract_page)), _edition(one, tongue))),
        line(Strong(said) if one.decision is Decision.REJECTED else said),
        line(one.ticket),
    )


def _edition(one: SignOff, tongue: Tongue) -> str:
    quarter = tongue.quarter(one.edition.quarter.year, one.edition.quarter.number)
    if not one.edition.restatement:
        return quarter
    number = tongue.number(one.edition.restatement)
    return tongue.say("{title}, restatement {number}", title=quarter, number=number)


def decision_words(one: SignOff, tongue: Tongue, zone: tzinfo) -> str:
    """How one sign-off stands, in a sentence."""
    at = tongue.moment(one.at, zone) if one.at else ""
    match one.decision:
        case Decision.ACCEPTED:
            return tongue.say("Accepted by {name}, {moment}", name=one.by, moment=at)
        case Decision.ACCEPTED_TACITLY:
            return _accepted_tacitly(one.late, at, tongue, zone)
        case Decision.REJECTED:
            return tongue.say("Rejected by {name}, {moment}", name=one.by, moment=at)
        case Decision.WITHDRAWN:
            return tongue.say("Restated before it was signed off, {moment}", moment=at)
        case Decision.REPLACED:
            return tongue.say("Other files were published in its place, {moment}", moment=at)
        case _:
            return _awaited(one, tongue, zone)


def _accepted_tacitly(late: LateNo | None, at: str, tongue: Tongue, zone: tzinfo) -> str:
    if late is None:
        return tongue.say("Accepted, as nobody answered before {moment}", moment=at)
    later = tongue.moment(late.at, zone)
    if late.rejected:
        return tongue.say(
            "Accepted, as nobody answered before {moment}; later rejected by {name}, {later}",
            moment=at,
            name=late.by,
            later=later,
        )
    return tongue.say(
        "Accepted, as nobody answered before {moment}; later opened again by {name}, {later}",
        moment=at,
        name=late.by,
        later=later,
    )


def _awaited(one: SignOff, tongue: Tongue, zone: tzinfo) -> str:
    if one.closer:
        return tongue.say("Awaited: {name}, who closed it, may not sign off", name=one.closer)
    if one.silent_until is None:
        return tongue.say("Sign-off awaited")
    until = tongue.moment(one.silent_until, zone)
    return tongue.say("Awaited; silence until {moment} is acceptance", moment=until)
