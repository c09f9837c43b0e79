"""A simulation for programs: both outcomes and the promises that differ, as JSON-ready data."""

from __future__ import annotations

from typing import Any

from redmine_sla.availability import ServiceAvailability
from redmine_sla.budget.data import money_data
from redmine_sla.cli.output import utc
from redmine_sla.contract import Contract
from redmine_sla.report.comparison import Comparison, IncludedHours, PeriodUnderTerms
from redmine_sla.report.promise import Promise
from redmine_sla.report.tally import Tally


def comparison_data(found: Comparison, contract: Contract) -> dict[str, Any]:
    """All of it; amounts, hours and shares are strings."""
    return {
        "contract": contract.name,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "as_of": utc(found.as_of),
        "known": utc(found.known),
        "mirror_pulled": utc(found.pulled),
        "tickets": found.tickets,
        "actual": _outcome_data(found.actual, found),
        "simulated": _outcome_data(found.simulated, found),
        "differences": [
            {
                "ticket": one.ticket,
                "subject": one.subject,
                "promise": one.title,
                "actual": _promise_data(one.before),
                "simulated": _promise_data(one.after),
            }
            for one in found.differences
        ],
    }


def _outcome_data(outcome: PeriodUnderTerms, found: Comparison) -> dict[str, Any]:
    return {
        "terms": outcome.name,
        **_tally_data(outcome.tally(found.period)),
        "by_clock": {
            title: _tally_data(tally) for title, tally in outcome.by_clock(found.period).items()
        },
        "availability": [_availability_data(one) for one in outcome.availability],
        "hours": _hours_data(outcome.hours),
        "fee": money_data(outcome.fee),
        "credits": money_data(outcome.credits),
        "net": money_data(outcome.net),
    }


def _tally_data(tally: Tally) -> dict[str, Any]:
    return {
        "kept": len(tally.met),
        "broken": len(tally.missed),
        "unmeasured": len(tally.unmeasured),
        "cancelled": len(tally.cancelled),
        "share_kept": None if tally.share is None else str(tally.share),
        "broken_tickets": list(tally.missed),
    }


def _availability_data(one: ServiceAvailability) -> dict[str, Any]:
    share, promised = one.adjusted.share, one.adjusted.promised
    return {
        "service": one.service,
        "from": one.period.first.isoformat(),
        "to": one.period.last.isoformat(),
        "share": None if share is None else str(share),
        "promised": None if promised is None else str(promised),
        "verdict": str(one.verdict),
        "tickets": sorted({loss.outage.ticket for loss in one.losses}),
    }


def _hours_data(hours: IncludedHours | None) -> dict[str, Any] | None:
    if hours is None:
        return None
    return {
        "included": str(hours.included),
        "used": str(hours.used),
        "beyond": str(hours.beyond),
        "price": money_data(hours.price),
    }


def _promise_data(promise: Promise | None) -> dict[str, Any] | None:
    if promise is None:
        return None
    return {
        "verdict": str(promise.verdict),
        "target": str(promise.target),
        "due": utc(promise.due),
        "done": utc(promise.stopped),
    }
