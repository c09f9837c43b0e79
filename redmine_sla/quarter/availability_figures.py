"""Availability as frozen figures and as sheets: exact seconds beside every share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from redmine_sla.availability import Outage, ServiceAvailability, Tally, Unmeasured
from redmine_sla.availability.service import Loss
from redmine_sla.press.sheet import Cell, Sheet
from redmine_sla.quarter.availability_told import (
    promised_words,
    service_words,
    share_words,
    standing_words,
)
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.plain_figures import plain
from redmine_sla.quarter.promise_figures import instant_figure, seconds_figure

_MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Lost:
    """What an outage took of one service in the period."""

    service: ServiceAvailability
    loss: Loss

    @property
    def outage(self) -> Outage:
        return self.loss.outage


def lost_outages(
    months: Iterable[ServiceAvailability], quarter: Iterable[ServiceAvailability]
) -> tuple[Lost, ...]:
    """Each outage of each service once: what it took of the quarter, or of months alone where the
    quarter is not stated or has not met it.
    """
    found = _added_up(months) | _added_up(quarter)
    return tuple(sorted(found.values(), key=lambda lost: (lost.outage.began, lost.outage.ticket)))


def _added_up(stated: Iterable[ServiceAvailability]) -> dict[tuple[str, Outage], Lost]:
    found: dict[tuple[str, Outage], Lost] = {}
    for one in stated:
        for loss in one.losses:
            before = found.get((one.service, loss.outage))
            found[one.service, loss.outage] = Lost(one, before.loss + loss if before else loss)
    return found


def service_figures(one: ServiceAvailability) -> dict[str, Any]:
    return {
        "service": one.service or None,
        "first": one.period.first.isoformat(),
        "last": one.period.last.isoformat(),
        "standing": str(one.verdict),
        "fully_measured": one.is_measured,
        "clause": one.clause,
        "service_time_seconds": one.adjusted.whole,
        "may_be_lost_seconds": plain(one.adjusted.allowed),
        "adjusted": _tally_figures(one.adjusted),
        "raw": _tally_figures(one.raw) | {"standing": str(one.raw_verdict)},
    }


def _tally_figures(tally: Tally) -> dict[str, Any]:
    """The share is cut to a millionth: the seconds beside it say it exactly."""
    share = tally.share
    return {
        "down_seconds": tally.down,
        "lost_seconds": plain(tally.counted),
        "share": None if share is None else plain(share.quantize(_MILLIONTH, ROUND_DOWN)),
    }


def lost_figures(one: Lost) -> dict[str, Any]:
    return {
        "ticket": one.outage.ticket,
        "service": one.service.service or None,
        "began": instant_figure(one.outage.began),
        "ended": instant_figure(one.outage.ended),
        "raw_seconds": seconds_figure(one.loss.raw),
        "adjusted_seconds": seconds_figure(one.loss.adjusted),
    }


def gap_figures(gap: Unmeasured) -> dict[str, Any]:
    return {"ticket": gap.ticket, "service": gap.service or None, "why": str(gap.gap)}


def service_sheet(stated: Sequence[ServiceAvailability], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "availability",
        tongue.say("Availability"),
        (
            tongue.say("Service"),
            tongue.say("First day"),
            tongue.say("Last day"),
            tongue.say("Service time"),
            tongue.say("Promised"),
            tongue.say("May be lost"),
            tongue.say("Lost"),
            tongue.say("Availability"),
            tongue.say("Lost with nothing left out"),
            tongue.say("Standing"),
        ),
        tuple(_sheet_row(one, frame) for one in stated),
    )


def _sheet_row(one: ServiceAvailability, frame: Frame) -> tuple[Cell, ...]:
    tongue = frame.tongue
    return (
        service_words(one, tongue),
        one.period.first,
        one.period.last,
        timedelta(seconds=one.adjusted.whole),
        promised_words(one, tongue),
        _seconds(one.adjusted.allowed),
        _seconds(one.adjusted.counted),
        share_words(one, tongue),
        _seconds(one.raw.counted),
        standing_words(one, one.verdict, tongue),
    )


def outage_sheet(lost: Sequence[Lost], frame: Frame) -> Sheet:
    tongue = frame.tongue
    return Sheet(
        "outages",
        tongue.say("Outages"),
        (
            tongue.say("Ticket"),
            tongue.say("Service"),
            tongue.say("From"),
            tongue.say("To"),
            tongue.say("Within the service time"),
            tongue.say("Counted"),
        ),
        tuple(
            (
                one.outage.ticket,
                service_words(one.service, tongue),
                one.outage.began,
                one.outage.ended,
                one.loss.raw,
                one.loss.adjusted,
            )
            for one in lost
            if not one.outage.hidden
        ),
    )


def _seconds(amount: Decimal) -> timedelta:
    """Cut to whole seconds."""
    return timedelta(seconds=int(amount))
