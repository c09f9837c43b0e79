"""The stretches of a period in which the same terms are in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from redmine_sla.calendar.period import Period
from redmine_sla.contract.contract import Contract
from redmine_sla.contract.terms import Terms


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which a contract is in force with these terms."""

    period: Period
    terms: Terms


def stretches(contract: Contract, period: Period) -> Iterator[Stretch]:
    """The stretches of the period in order; none for days the contract does not cover."""
    covered = period.within(contract.starts, contract.last_day)
    versions = contract.versions
    following = (first - timedelta(days=1) for first, _ in versions[1:])
    for (first, terms), last in zip(versions, [*following, None], strict=True):
        part = covered.within(first, last) if covered else None
        if part is not None:
            yield Stretch(part, terms)
