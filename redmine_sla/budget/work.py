"""Booked time with what the contract's rules look at: the ticket it was for, and who did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal

from redmine_sla.contract import Terms
from redmine_sla.contract.promises.budgets import Counting, TimeRules
from redmine_sla.ticket import TimeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One time entry. `fields` are the ticket's custom fields by their role in `sla.toml`."""

    entry: TimeEntry
    tracker: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    roles: frozenset[str] = frozenset()

    @property
    def month(self) -> date:
        """The first day of the month it was spent in."""
        return self.entry.spent_on.replace(day=1)

    def counts_by(self, rule: Counting) -> bool:
        """Whether every key of the rule fits; a rule without keys takes everything."""
        return ticket_counts(rule, self.tracker, self.fields) and _fits(
            rule.activities, self.entry.activity.name
        )

    def is_development(self, terms: Terms) -> bool:
        """Whether it is booked on the development budget of the terms in force on its day."""
        rules = terms.development
        return rules is not None and self.counts_by(rules.counts)

    def hours(self, terms: Terms, *, rounded: bool) -> Decimal:
        """The hours booked, or those that count by the contract's time rules."""
        if not rounded or terms.time is None:
            return self.entry.hours
        return counted_hours(self.entry, terms.time)


def counted_hours(entry: TimeEntry, rules: TimeRules) -> Decimal:
    """At least the minimum, rounded up to the unit; exempt activities and nothing stay as booked.

    What takes hours back (less than nothing) takes as many as it says: it is no work of its own.
    (Profile help-desk: time is recorded in units of at least 0.25 h.)
    """
    if entry.hours <= 0 or entry.activity.name in rules.exempt_activities:
        return entry.hours
    hours = max(entry.hours, rules.minimum)
    if rules.unit is None:
        return hours
    return (hours / rules.unit).to_integral_value(ROUND_CEILING) * rules.unit


def ticket_counts(rule: Counting, tracker: str, fields: Mapping[str, str]) -> bool:
    """Whether what the rule says of the ticket itself fits: its tracker and its fields."""
    return _fits(rule.trackers, tracker) and all(
        _fits(wanted, fields.get(role, "")) for role, wanted in rule.fields.items()
    )


def known_by(work: Iterable[Work], as_of: datetime) -> Iterator[Work]:
    """What was booked by that instant.

    An entry that was changed later is there with its present hours: Redmine keeps no older ones.
    """
    return (one for one in work if one.entry.created <= as_of)


def _fits(allowed: tuple[str, ...], value: str) -> bool:
    return not allowed or value in allowed
