"""How available each service was in a period, raw and adjusted, against what was promised.

Outages of a service are joined, so that no second counts twice; agreed maintenance and exclusions
are taken out of them (not out of the service time); what is left, by the service's weight, is held
against the agreed service time: around the clock, or the service window. The terms of each day
count: where level, calendar or percentage change on the way, the parts add up.

(Profile crm-support: planned availability of 93.3, 97.5 and 98.89 %.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from redmine_sla.availability.maintenance import exclusions_of, maintenance_of
from redmine_sla.availability.outage import Outage, Unmeasured, WhyUnmeasured
from redmine_sla.availability.promised import (
    agreed_time,
    percent_promised,
    services_meant,
    services_of,
)
from redmine_sla.availability.spans import Span, clipped, union, without
from redmine_sla.availability.tally import Tally
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Terms
from redmine_sla.contract.promises.availability import Service
from redmine_sla.contract.stretches import stretches
from redmine_sla.sla.verdict import Verdict

_NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Loss:
    """What one outage took of a service's time in the period: all of it, and what counts.

    Outages that overlap show the same time; only the sum of the period counts it once.
    """

    outage: Outage
    raw: timedelta = _NOTHING
    adjusted: timedelta = _NOTHING

    def __add__(self, other: Loss) -> Loss:
        return Loss(self.outage, self.raw + other.raw, self.adjusted + other.adjusted)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAvailability:
    """One service in one period, the days of the contract in it, as known at `as_of`.

    `raw` counts every outage; `adjusted` leaves out agreed maintenance, exclusions and rejected
    tickets.
    """

    service: str
    title: str
    clause: str
    period: Period
    as_of: datetime
    raw: Tally = field(default_factory=Tally)
    adjusted: Tally = field(default_factory=Tally)
    losses: tuple[Loss, ...] = ()
    unmeasured: tuple[Unmeasured, ...] = ()

    @property
    def is_over(self) -> bool:
        return self.as_of >= self.period.end

    @property
    def is_measured(self) -> bool:
        """Whether every outage is fully known; else the figures are upper bounds."""
        return all(one.rejected for one in self.unmeasured)

    @property
    def is_down(self) -> bool:
        """Whether an outage had not ended when this was known, within the period."""
        return any(_lasts(loss.outage, self.as_of) for loss in self.losses) and not self.is_over

    @property
    def verdict(self) -> Verdict:
        return self.adjusted.verdict(over=self.is_over, measured=self.is_measured)

    @property
    def raw_verdict(self) -> Verdict:
        return self.raw.verdict(over=self.is_over, measured=not self.unmeasured)


def availability_of(
    contract: Contract, events: Iterable[Outage | Unmeasured], period: Period, as_of: datetime
) -> tuple[ServiceAvailability, ...]:
    """Each service promised in the period, in the contract's order; none where none is.

    Outages that last count up to `as_of` or the period's end. Raises `CalendarError`.
    """
    covered = period.within(contract.starts, contract.last_day)
    if covered is None:
        return ()
    known = tuple(events)
    found: dict[str, ServiceAvailability] = {}
    for stretch in stretches(contract, period):
        promise = stretch.terms.availability
        if promise is None:
            continue
        limits = Span(stretch.period.begin, stretch.period.end)
        for name, service in services_of(stretch.terms).items():
            before = found.get(name) or ServiceAvailability(
                service=name,
                title=service.title,
                clause=promise.clause,
                period=covered,
                as_of=as_of,
            )
            maintenance = maintenance_of(stretch.terms, name, limits)
            part = _Part(stretch.terms, name, service, limits, as_of, maintenance)
            found[name] = part.added_to(before, known)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class _Part:
    """A service during one stretch of unchanged terms."""

    terms: Terms
    name: str
    service: Service
    limits: Span
    as_of: datetime
    maintenance: tuple[Span, ...]

    def added_to(
        self, before: ServiceAvailability, events: tuple[Outage | Unmeasured, ...]
    ) -> ServiceAvailability:
        outages = tuple(dict.fromkeys(one for one in events if isinstance(one, Outage)))
        outages = tuple(one for one in outages if self._is_hit_by(one))
        losses = {loss.outage: loss for loss in before.losses}
        for outage in outages:
            loss = self._loss(outage)
            known = losses.get(outage)
            losses[outage] = known + loss if known else loss
        unmeasured = dict.fromkeys([*before.unmeasured, *self._unmeasured(events)])
        return replace(
            before,
            raw=before.raw + self._tally(self._down(outages)),
            adjusted=before.adjusted + self._tally(self._down_adjusted(outages)),
            losses=tuple(losses.values()),
            unmeasured=tuple(unmeasured),
        )

    def _is_hit_by(self, outage: Outage) -> bool:
        meant = services_meant(self.terms, outage.service)
        return meant is not None and self.name in meant and bool(self._down([outage]))

    def _down(self, outages: Iterable[Outage]) -> tuple[Span, ...]:
        return clipped((outage.span(self.as_of) for outage in outages), self.limits)

    def _down_adjusted(self, outages: Iterable[Outage]) -> tuple[Span, ...]:
        """An exclusion agreed for one ticket does not excuse another's outage."""
        left = union(
            span
            for outage in outages
            if not outage.rejected
            for span in without(self._down([outage]), exclusions_of(self.terms, outage.ticket))
        )
        return without(left, self.maintenance)

    def _loss(self, outage: Outage) -> Loss:
        raw, adjusted = self._down([outage]), self._down_adjusted([outage])
        return Loss(outage, self._in_service(raw), self._in_service(adjusted))

    def _unmeasured(self, events: Iterable[Outage | Unmeasured]) -> Iterator[Unmeasured]:
        """Those of this service, and those that may be of any."""
        for event in events:
            meant = services_meant(self.terms, event.service)
            told = event if isinstance(event, Unmeasured) else None
            if meant is None:
                told = _of_no_service(event)
            elif self.name not in meant:
                told = None
            if told is not None and told.concerns(self.limits):
                yield told

    def _tally(self, down: Iterable[Span]) -> Tally:
        known = clipped([Span(self.limits.begin, self.as_of)], self.limits)
        return Tally.of(
            served=_seconds(self._in_service(known)),
            whole=_seconds(self._in_service([self.limits])),
            down=_seconds(self._in_service(down)),
            weight=self.service.weight,
            percent=percent_promised(self.terms, self.service),
        )

    def _in_service(self, spans: Iterable[Span]) -> timedelta:
        calendar = agreed_time(self.terms)
        return sum((calendar.elapsed(span.begin, span.end) for span in spans), _NOTHING)


def _of_no_service(event: Outage | Unmeasured) -> Unmeasured:
    if isinstance(event, Unmeasured):
        return event
    return Unmeasured(
        ticket=event.ticket,
        service=event.service,
        gap=WhyUnmeasured.NO_SERVICE,
        since=event.began,
        until=event.ended,
        rejected=event.rejected,
        hidden=event.hidden,
    )


def _lasts(outage: Outage, as_of: datetime) -> bool:
    return outage.ended is None or outage.ended > as_of


def _seconds(amount: timedelta) -> int:
    return int(amount.total_seconds())
