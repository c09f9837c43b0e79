"""Booked time with what the contract's rules look at: the ticket it was for, and who did it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, Decimal

from redmine_sla.contract import Terms
from redmine_sla.contract.promises.budgets import Counting, Rate, TimeRules
from redmine_sla.ticket import Ticket, TimeEntry, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One time entry. `fields` are the ticket's custom fields by their role in `sla.toml`."""

    entry: TimeEntry
    tracker: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()

    def counts_by(self, rule: Counting) -> bool:
        """Whether every key of the rule fits; a rule without keys takes everything."""
        return (
            _fits(rule.trackers, self.tracker)
            and _fits(rule.activities, self.entry.activity.name)
            and all(
                _fits(wanted, self.fields.get(role, "")) for role, wanted in rule.fields.items()
            )
        )

    def rate_among(self, rates: Iterable[Rate]) -> Rate | None:
        """The first rate that fits the person, the activity and the day."""
        return next((rate for rate in rates if self._priced_by(rate)), None)

    def hours(self, terms: Terms, *, rounded: bool) -> Decimal:
        """The hours booked, or those that count by the contract's time rules."""
        if not rounded or terms.time is None:
            return self.entry.hours
        return counted_hours(self.entry, terms.time)

    def _priced_by(self, rate: Rate) -> bool:
        day, user = self.entry.spent_on, self.entry.user
        return (
            (rate.since is None or rate.since <= day)
            and (rate.until is None or day <= rate.until)
            and (not rate.users or {str(user.id), user.name} & set(rate.users) != set())
            and (not rate.roles or bool(self.roles & set(rate.roles)))
            and _fits(rate.activities, self.entry.activity.name)
        )


def counted_hours(entry: TimeEntry, rules: TimeRules) -> Decimal:
    """At least the minimum, rounded up to the unit; exempt activities and nothing stay as booked.

    (Contract C: time is recorded in units of at least 0.25 h.)
    """
    if not entry.hours or entry.activity.name in rules.exempt_activities:
        return entry.hours
    hours = max(entry.hours, rules.minimum)
    if rules.unit is None:
        return hours
    return (hours / rules.unit).to_integral_value(ROUND_CEILING) * rules.unit


def work_on(
    ticket: Ticket,
    vocabulary: Vocabulary,
    field_names: Mapping[str, str],
    roles: Mapping[int, frozenset[str]],
) -> list[Work]:
    """A ticket's time entries with what the rules look at.

    `field_names` gives each field role's name in Redmine, `roles` the roles of each user.
    """
    by_name = {known.name: known for known in vocabulary.fields.values()}
    fields = {}
    for role, name in field_names.items():
        known = by_name.get(name)
        value = ticket.fields.get(known.id) if known else None
        if known and value:
            parts = (value,) if isinstance(value, str) else value
            fields[role] = ", ".join(known.label(part) for part in parts)
    return [
        Work(
            entry=entry,
            tracker=ticket.tracker.name,
            fields=fields,
            roles=roles.get(entry.user.id, frozenset()),
        )
        for entry in ticket.time_entries
    ]


def _fits(allowed: tuple[str, ...], value: str) -> bool:
    return not allowed or value in allowed
