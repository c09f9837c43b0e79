"""Readings and ledgers as JSON-ready data. The keys are stable; instants are UTC."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from redmine_sla.cli.output import seconds, utc
from redmine_sla.sla.ledger import Line
from redmine_sla.sla.reading import Reading
from redmine_sla.sla.stopwatch import Measured


def reading_data(reading: Reading) -> dict[str, Any]:
    """One clock, as it stands."""
    counted = reading.counted
    return {
        "clock": reading.clock,
        "title": reading.title,
        "cycle": reading.cycle,
        "verdict": str(reading.verdict),
        "motion": str(reading.motion),
        "target": str(reading.target),
        "clause": reading.rule.clause,
        "assumption": reading.rule.assumption,
        "started": utc(counted.start.at) if counted else None,
        "stopped": utc(reading.stop.at) if reading.stop else None,
        "due": utc(reading.due),
        **_measured(reading.measured),
        "without_exclusions": _measured(counted.raw)
        | {"verdict": str(counted.raw.verdict), "due": utc(counted.raw.due)}
        if counted and counted.raw != counted.measured
        else None,
        "reason": reading.reason or None,
        "remarks": list(reading.remarks),
    }


def ledger_data(lines: Iterable[Line]) -> list[dict[str, Any]]:
    """A ledger, line by line."""
    return [
        {
            "entry": str(line.entry),
            "at": utc(line.at),
            "until": utc(line.until),
            "what": line.what,
            "amount_seconds": seconds(line.amount),
            "total_seconds": seconds(line.total),
            "clause": line.clause or None,
        }
        for line in lines
    ]


def _measured(measured: Measured | None) -> dict[str, Any]:
    if measured is None:
        return dict.fromkeys(("target_seconds", "used_seconds", "remaining_seconds", "share"))
    return {
        "target_seconds": seconds(measured.target),
        "used_seconds": seconds(measured.used),
        "remaining_seconds": seconds(measured.remaining),
        "share": round(measured.share, 4),
    }
