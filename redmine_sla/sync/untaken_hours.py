"""Hours that were booked where a contract is over and none has followed: no budget has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from redmine_sla.contract import Contract
from redmine_sla.contract.findings import listed
from redmine_sla.mirror import Mirror
from redmine_sla.quarter import Quarter
from redmine_sla.sync.workbench import Workbench


def untaken_hours(bench: Workbench, mirror: Mirror, as_of: datetime) -> Iterator[str]:
    """Told since the quarter before, by project, with its last day; nothing is read where every
    contract with a budget goes on. Hours from before a project's first contract are nobody's wish.
    Raises `MirrorError`.
    """
    ended = [one for one in bench.contracts if _counts_hours(one) and _is_over(one, as_of)]
    if not ended:
        return
    zone = ZoneInfo(ended[0].timezone)
    since = Quarter.of(as_of.astimezone(zone).date()).previous.first_day
    found: dict[str, tuple[Decimal, date]] = {}
    for entry in mirror.time_entries(spent_from=since):
        reaching = list(bench.reaching(entry.project.id))
        day = entry.spent_on
        if entry.created > as_of or any(one.covers(day) for one in reaching):
            continue
        if any(one in ended and one.last_day and one.last_day < day for one in reaching):
            project = bench.words.projects[entry.project.id].identifier
            hours, last = found.get(project, (Decimal(0), day))
            found[project] = hours + entry.hours, max(last, day)
    if found:
        hours = sum((hours for hours, _ in found.values()), Decimal(0))
        last = max(last for _, last in found.values())
        yield (
            f"{hours.normalize():f} hours since {since} are no contract's: in "
            f"{listed(sorted(found))}, last on {last}; the contract there is over"
        )


def _counts_hours(contract: Contract) -> bool:
    return any(one.development or one.allowance for _, one in contract.versions)


def _is_over(contract: Contract, as_of: datetime) -> bool:
    return contract.last_day is not None and contract.last_day < contract.day_of(as_of)
