"""What work costs: by the hour at the rate in force on its day, or the price agreed on the ticket.

Rates are the provider's own and are never shown to a customer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from redmine_sla.budget.jobs import Job
from redmine_sla.budget.work import Work
from redmine_sla.contract import Money, Terms
from redmine_sla.contract.findings import WrongValueError
from redmine_sla.contract.promises.budgets import Development
from redmine_sla.ticket import Ref


class NoPrice(Enum):
    """Why a ticket has no agreed price."""

    NONE = "none"  # nothing is written
    UNREADABLE = "unreadable"  # as "to be agreed": nothing is agreed yet, the hours count
    FOREIGN = "foreign"  # agreed in a currency that is not the contract's


def agreed_price(fields: Mapping[str, str], rules: Development, currency: str) -> Money | NoPrice:
    """The price written on the ticket, as `450000` or `450 000 HUF`."""
    written = fields.get(rules.fixed_price_field or "", "").strip()
    if not written:
        return NoPrice.NONE
    try:
        price = Money.parse(written if written[-1:].isalpha() else f"{written} {currency}")
    except WrongValueError:
        return NoPrice.UNREADABLE
    return price if price.currency == currency else NoPrice.FOREIGN


def cost_of(work: Work, terms: Terms, rules: Development) -> Money | None:
    """Time at the first rate that fits person, activity and day; `None` where none does."""
    entry = work.entry
    rate = _rate(rules, entry.user, work.roles, {entry.activity.name}, entry.spent_on)
    return rate * work.hours(terms, rounded=rules.time_rules) if rate else None


def rate_of_the_rest(job: Job, last: Work | None, rules: Development, day: date) -> Money | None:
    """What an hour of a ticket's remaining estimate is priced at; `None` where nobody can say.

    As if whoever booked last went on with the same activity that day; before the first booking, as
    if the assignee began. A rate for certain activities then fits only if the budget counts no
    others.
    """
    if last is not None:
        entry = last.entry
        return _rate(rules, entry.user, last.roles, {entry.activity.name}, day)
    if job.assignee is None:
        return None
    return _rate(rules, job.assignee, job.roles, set(rules.counts.activities), day)


def _rate(
    rules: Development, person: Ref, roles: frozenset[str], activities: set[str], day: date
) -> Money | None:
    """The first rate that fits, whichever of the activities it will be."""
    for rate in rules.rates:
        if (
            (rate.since is None or rate.since <= day)
            and (rate.until is None or day <= rate.until)
            and (not rate.users or not {str(person.id), person.name}.isdisjoint(rate.users))
            and (not rate.roles or not roles.isdisjoint(rate.roles))
            and (not rate.activities or (activities and activities <= set(rate.activities)))
        ):
            return rate.per_hour
    return None
