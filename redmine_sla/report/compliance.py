"""Compliance: of the promises decided in a period, how many were kept, by whatever is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from redmine_sla.calendar.period import Period
from redmine_sla.report.by import By
from redmine_sla.report.promise import Promise
from redmine_sla.report.scope import Group, grouped
from redmine_sla.report.tally import Tally, raw_tally, tally


@dataclass(frozen=True, slots=True)
class Compliance:
    """One group's promises, with and without the exclusions agreed."""

    group: Group
    adjusted: Tally
    raw: Tally


def compliance(
    promises: Iterable[Promise], period: Period, by: Iterable[By]
) -> tuple[Compliance, ...]:
    """A row for each group in which something was decided. Grouped by nothing: one row at most."""
    rows = (
        Compliance(group, tally(own, period), raw_tally(own, period))
        for group, own in grouped(promises, by).items()
    )
    return tuple(row for row in rows if row.adjusted or row.raw)
