"""Bursts in the mirror: for each ticket, how many people reported alike at the same time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from redmine_sla.contract import Choice, Contract
from redmine_sla.mirror import Mirror
from redmine_sla.sla.classification import AlikeReport, count_alike
from redmine_sla.sla.policy import policy_of

_NO_BURSTS = timedelta()


def alike_reporters(
    contracts: Iterable[Contract], mirror: Mirror, numbers: Collection[int], as_of: datetime
) -> Mapping[int, int]:
    """The counts for these tickets; empty where no contract takes bursts for evidence.

    Also those are looked at that were reported beside them and are long closed: what was alike then
    stays so. What was reported after `as_of` nobody knew then.
    """
    windows = (policy_of(contract.terms, Choice.CLASS).burst_window for contract in contracts)
    window = max(windows, default=_NO_BURSTS)
    if window == _NO_BURSTS:
        return {}
    with mirror.reading() as view:
        beside = view.reported_beside(numbers, window)
    reports = (
        AlikeReport(
            ticket.id,
            str(ticket.author.id),
            ticket.created,
            f"{ticket.subject}\n{ticket.description}",
        )
        for ticket in mirror.tickets(numbers=beside)
        if ticket.created <= as_of
    )
    return count_alike(reports, window=window)
