"""What work costs: by the hour at the rate in force on its day, or the price agreed on the ticket.

Rates are the provider's own and are never shown to a customer. Where the contract's parents speak
for their subtasks, a price agreed on a parent stands for the hours on its subtasks, too, but for
those with a price of their own. The price of a rejected ticket, or of a duplicate, stands for
nothing: what was worked on it is by the hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from redmine_sla.budget.jobs import Job
from redmine_sla.budget.subtasks import speaking_for
from redmine_sla.budget.work import Work, ticket_counts
from redmine_sla.budget.written_price import NoPrice, price_written
from redmine_sla.contract import Contract, Money, Terms
from redmine_sla.contract.promises.budgets import Development
from redmine_sla.ticket import Ref


@dataclass(frozen=True, slots=True)
class Agreed:
    """The price that stands for a ticket's work, and the ticket it was agreed on."""

    price: Money | NoPrice
    on: int | None


@dataclass(frozen=True, slots=True)
class UnusablePrice:
    """Something stands where an agreed price should, and prices nothing. For the provider."""

    ticket: int
    written: str
    why: NoPrice


def agreed_price(fields: Mapping[str, str], rules: Development, currency: str) -> Money | NoPrice:
    """The price written on the ticket itself."""
    return price_written(fields.get(rules.fixed_price_field or "", ""), currency)


def price_for(
    number: int | None,
    fields: Mapping[str, str],
    jobs: Mapping[int, Job],
    terms: Terms,
    currency: str,
) -> Agreed:
    """The price for a ticket's work: its own, else that of the nearest ticket above it."""
    rules = terms.development
    if rules is None or number is None:
        return Agreed(NoPrice.NONE, number)
    job = jobs.get(number)
    if job is None or not job.is_dropped:
        price = agreed_price(fields, rules, currency)
        if price is not NoPrice.NONE:
            return Agreed(price, number)
    for above in speaking_for(number, jobs, terms):
        price = agreed_price(above.fields, rules, currency)
        if price is not NoPrice.NONE and ticket_counts(rules.counts, above.tracker, above.fields):
            return Agreed(price, above.number)
    return Agreed(NoPrice.NONE, number)


def unusable_prices(
    contract: Contract, jobs: Mapping[int, Job], day: date
) -> tuple[UnusablePrice, ...]:
    """The tickets of the development budget whose price cannot be read, or is in other money."""
    rules = contract.terms_on(day).development
    if rules is None or rules.fixed_price_field is None:
        return ()
    counting = (
        job
        for _, job in sorted(jobs.items())
        if not job.is_dropped and ticket_counts(rules.counts, job.tracker, job.fields)
    )
    return tuple(
        UnusablePrice(job.number, job.fields[rules.fixed_price_field], price)
        for job in counting
        if isinstance(price := agreed_price(job.fields, rules, contract.currency), NoPrice)
        and price is not NoPrice.NONE
    )


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
    """The first rate that fits, whichever of the activities it will be.

    People are known by number and by name as Redmine shows it; logins it tells to nobody.
    """
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
