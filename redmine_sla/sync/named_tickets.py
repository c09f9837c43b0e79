"""Tickets that a contract names (an exclusion was agreed there) and not everybody may see."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from redmine_sla.contract import Contract
from redmine_sla.mirror import Mirror
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket.reading import ReadingError


def hidden_names(
    bench: Workbench, mirror: Mirror, contract: Contract, as_of: datetime
) -> frozenset[int]:
    """Those not every reader of the contract's pages may see (`Workbench.hides`), those of other
    contracts, and those the mirror does not hold.

    Raises `MirrorError`.
    """
    narrow = replace(bench, contracts=(contract,))
    return frozenset(
        number
        for number in dict.fromkeys(_named(contract))
        if not _is_for_all(number, narrow, mirror, as_of)
    )


def _named(contract: Contract) -> Iterator[int]:
    for _, terms in contract.versions:
        for exclusion in terms.exclusions:
            yield exclusion.agreed_in
            yield from exclusion.tickets


def _is_for_all(number: int, bench: Workbench, mirror: Mirror, as_of: datetime) -> bool:
    try:
        ticket = mirror.ticket(number)
    except ReadingError:
        return False
    found = bench.match(ticket, as_of) if ticket and ticket.created <= as_of else None
    return ticket is not None and found is not None and not bench.hides(ticket, found[1])
