"""Time entries that were changed after the instant of knowledge: Redmine keeps no history of them,
so a quarter as of a past instant has them as they are today.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from redmine_sla.contract import Contract
from redmine_sla.mirror import Mirror
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket import TimeEntry

_NAMED = 20


@dataclass(frozen=True, slots=True)
class LateEdits:
    """Those of a contract, as the mirror has them."""

    bench: Workbench
    mirror: Mirror
    contract: Contract

    def findings(self, quarter: Quarter, as_of: datetime) -> Iterator[str]:
        """What is said of them, if there are any and hours matter. Raises `MirrorError`."""
        if not self.contract.counts_hours:
            return
        found = [_named(entry) for entry in self._changed(quarter, as_of)]
        if found:
            more = len(found) - _NAMED
            listed = ", ".join(found[:_NAMED]) + (f", and {more} more" if more > 0 else "")
            yield (
                f"{self.contract.name} {quarter}: Redmine keeps no history of time entries, so "
                f"those changed after {as_of:%Y-%m-%dT%H:%MZ} count as they are today: {listed}"
            )

    def _changed(self, quarter: Quarter, as_of: datetime) -> Iterator[TimeEntry]:
        projects = [
            one.id
            for one in self.bench.words.projects.values()
            if self.contract in self.bench.reaching(one.id)
        ]
        last = covered_period(self.contract, quarter).last
        for entry in self.mirror.time_entries(projects, spent_from=self.contract.starts):
            if entry.spent_on <= last and entry.created <= as_of < entry.updated:
                yield entry


def _named(entry: TimeEntry) -> str:
    of = f" of #{entry.ticket}" if entry.ticket is not None else ""
    return f"entry {entry.id}{of} ({entry.spent_on})"
