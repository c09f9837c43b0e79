"""What is promised: which services, how available, over which time; and which a ticket means."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from redmine_sla.calendar import ServiceCalendar
from redmine_sla.contract import Terms
from redmine_sla.contract.promises.availability import Measured, Service

WHOLE_SYSTEM = ""
"""The service of a contract that names none."""

_SYSTEM = Service(title="The system as a whole")
_AROUND_THE_CLOCK = ServiceCalendar(timezone="UTC", hours="24/7")


def services_of(terms: Terms) -> Mapping[str, Service]:
    """The services by name, or the system as a whole."""
    named = terms.availability.services if terms.availability else {}
    return named or {WHOLE_SYSTEM: _SYSTEM}


def services_meant(terms: Terms, written: str) -> frozenset[str] | None:
    """The services that a ticket's words name: by name, title or host, in any case.

    `None` where the words name none that the contract has. Without words a contract's only service
    is meant; where the contract names no services, every outage is the system's.
    """
    services = services_of(terms)
    if WHOLE_SYSTEM in services or (len(services) == 1 and not written.strip()):
        return frozenset(services)
    known = {
        text.casefold(): name
        for name, service in services.items()
        for text in (name, service.title, *service.hosts)
    }
    whole = known.get(written.strip().casefold())
    if whole is not None:
        return frozenset({whole})
    # Redmine's fields of several values are told as "one, another".
    parts = [known.get(part.strip().casefold()) for part in written.split(",")]
    meant = frozenset(part for part in parts if part is not None)
    return meant if None not in parts else None


def agreed_time(terms: Terms) -> ServiceCalendar:
    """The agreed service time: around the clock, or the window of the contract or its level."""
    promise = terms.availability
    if promise is None or promise.measured is Measured.ROUND_THE_CLOCK:
        return _AROUND_THE_CLOCK
    return terms.calendar_for(named=promise.calendar)


def percent_promised(terms: Terms, service: Service) -> Decimal:
    """Its own percentage, else the level's, else the contract's; `check` refuses terms without."""
    choices = (service.percent, terms.availability_percent())
    return next((percent for percent in choices if percent is not None), Decimal(0))
