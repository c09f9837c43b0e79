"""From when to when an obligation is owed at which rhythm, amendments considered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from redmine_sla.contract import Contract, Terms
from redmine_sla.contract.promises.obligations import Obligation

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationStretch:
    """One obligation under one version of the terms.

    `begun` is where its rhythm is counted from (`COUNT`, `INTERVAL`): the obligation's `starts`,
    or the first day from which it is owed without a break. An amendment of the rhythm goes on
    counting from there, so that "once after deployment" is not owed again, and one that brings a
    new obligation counts from its own day. `revision` is the number of the version, 0 the first.
    """

    duty: Obligation
    terms: Terms
    first: date
    last: date | None
    begun: date
    revision: int

    def nominal_days(self, first: date, last: date) -> Iterator[date]:
        """The days of the rule from `first` to `last`, as far as these terms are in force."""
        until = min(last, self.last or last)
        since = max(first, self.first)
        if self.duty.rhythm is None or until < self.begun:
            return iter(())
        days = self.duty.rhythm.dates(self.begun, until)
        return (day for day in days if since <= day)


def stretches(contract: Contract) -> Mapping[str, tuple[ObligationStretch, ...]]:
    """What is owed by the level bought, by the obligation's name, oldest terms first."""
    found: dict[str, tuple[ObligationStretch, ...]] = {}
    before: dict[str, ObligationStretch] = {}
    for revision, (since, last, terms) in enumerate(_versions(contract)):
        owed = {
            duty.name: ObligationStretch(
                duty=duty,
                terms=terms,
                first=since,
                last=last,
                begun=duty.starts or (before[duty.name].begun if duty.name in before else since),
                revision=revision,
            )
            for duty in terms.obligations_for()
        }
        for name, stretch in owed.items():
            found[name] = (*found.get(name, ()), stretch)
        before = owed
    return found


def _versions(contract: Contract) -> Iterator[tuple[date, date | None, Terms]]:
    """Each version of the terms with its first and last day, within the contract."""
    end = contract.last_day
    versions = contract.versions
    for at, (since, terms) in enumerate(versions):
        last = versions[at + 1][0] - _DAY if at + 1 < len(versions) else end
        if end is not None:
            last = min(last or end, end)
        if last is None or since <= last:
            yield since, last, terms
