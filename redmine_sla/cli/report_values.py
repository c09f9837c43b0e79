"""What a report's values look like to people, and where their tickets are seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from redmine_sla.cli.mirror_age import MirrorAge
from redmine_sla.cli.output import hours
from redmine_sla.cli.report_subject import Subject
from redmine_sla.language import ENGLISH
from redmine_sla.page.addresses import tickets_address
from redmine_sla.report.listing import Column, Entry, Kind, Value
from redmine_sla.sync.reporting import Gathered


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands above the tables: the subject, the period and scope, where links lead."""

    subject: Subject
    found: Gathered
    titles: tuple[str, ...]
    redmine: str

    @property
    def zone(self) -> ZoneInfo:
        return self.found.period.zone

    @property
    def age(self) -> MirrorAge:
        return MirrorAge(self.found.pulled, self.found.as_of)

    @property
    def period(self) -> str:
        """`2026 Q3`, with `so far` while it is not over."""
        named = ENGLISH.period(self.found.period)
        return f"{named}, so far" if self.found.known < self.found.period.end else named


def told(value: Value, column: Column, zone: ZoneInfo) -> str:
    """A value of that column in English, as people read it; the zone is said once, elsewhere."""
    kind = column.kind
    match value:
        case int() if kind is Kind.TICKET:
            said = f"#{value}"
        case str() if kind is Kind.NAME:
            said = value.replace("_", " ")
        case Decimal() if kind is Kind.SHARE:
            said = ENGLISH.percent(value)
        case Decimal():
            said = ENGLISH.hours(value)
        case timedelta():
            said = hours(value, seconds=False)
        case datetime():
            said = f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
        case _:
            said = column.missing if value is None else str(value)
    return said


def address_of(entry: Entry, kind: Kind, redmine: str) -> str | None:
    """Where the tickets behind a value can be seen; `None` for none, or too many."""
    if kind is Kind.TICKET and entry.tickets:
        return f"{redmine.rstrip('/')}/issues/{entry.tickets[0]}"
    return tickets_address(redmine, entry.tickets)
