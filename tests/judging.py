"""Judge a story under a contract, both in words: the tests of clocks read as their specification.

    judged('''...story...''', CONTRACT, at="2026-03-02 16:00").reading("resolution")

`says` puts a reading in one line: verdict, motion, due time and service time used.
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from types import MappingProxyType

from redmine_sla.contract import Contract
from redmine_sla.sla.assess import assess
from redmine_sla.sla.fact_finder import TicketFactFinder
from redmine_sla.sla.moments import Glossary
from redmine_sla.sla.reading import Assessment, Reading
from redmine_sla.ticket import HappenedAt, Timeline, timeline_of
from tests.notation import BUDAPEST, PARTIES, WORDS, instant, ticket

GLOSSARY = Glossary(
    status_roles=MappingProxyType(
        {
            "In Progress": frozenset({"working"}),
            "Waiting for customer": frozenset({"waiting_customer"}),
            "Waiting for vendor": frozenset({"waiting_third_party"}),
            "Confirmed": frozenset({"confirmed"}),
            "Resolved": frozenset({"resolved"}),
            "Closed": frozenset({"resolved"}),
            "Rejected": frozenset({"rejected"}),
            "Duplicate": frozenset({"duplicate"}),
        }
    ),
    field_names=MappingProxyType(
        {
            "class": "SLA class",
            "severity": "SLA severity",
            "kind": "SLA kind",
            "impact": "Impact",
            "urgency": "Urgency",
            "channel": "Channel",
            "customer": "Customer",
            "tier": "SLA tier",
            "happened_at": "Happened at",
            "work_started_at": "Work started at",
            "visit_ordered_at": "Visit ordered at",
            "arrived_at": "Arrived at",
            "device_taken_at": "Device taken at",
            "replacement_handed_at": "Replacement handed at",
            "outage_began_at": "Outage began at",
            "outage_ended_at": "Outage ended at",
            "outage_service": "Service",
            "failure_cause": "Failure cause",
            "failure_measures": "Failure measures",
            "date_agreed": "Date agreed",
            "accepted": "Accepted",
            "sla_key": "SLA key",
        }
    ),
    timezone=BUDAPEST,
)

OFFICE = """
name = "acme"
title = "Acme support"
customer = "Acme"
provider = "We"
language = "en"
timezone = "Europe/Budapest"
currency = "HUF"
projects = ["acme"]
starts = 2026-01-01
calendar = "office"
calendars.office = { hours = "Mo-Fr 09:00-17:00", holidays = "HU" }
"""


def contract(*parts: str) -> Contract:
    """A contract of Mo-Fr 09-17 in Hungary, with what the parts add to it."""
    text = OFFICE + "\n".join(parts)
    return Contract.model_validate(tomllib.loads(text, parse_float=Decimal))


def promising(clock: str, within: str, **keys: str) -> str:
    """A target in TOML: `promising("resolution", "8bh", severity="critical")`."""
    rows = {"clock": clock, "within": within, "clause": f"{clock} {within}", **keys}
    return "[[targets]]\n" + "\n".join(f'{key} = "{value}"' for key, value in rows.items())


def timeline(story: str, *, number: int = 1) -> Timeline:
    happened = HappenedAt(field="Happened at", timezone=BUDAPEST)
    return timeline_of(ticket(story, number=number), WORDS, PARTIES, happened)


def judged(story: str, under: Contract, *, at: str, number: int = 1) -> Assessment:
    """The story judged under that contract, as of a local time."""
    as_of = instant(at)
    told = timeline(story, number=number).as_of(as_of)
    facts = TicketFactFinder(told, under.terms_at(told.reported), GLOSSARY)
    return assess(told, under, GLOSSARY, facts, as_of)


def says(reading: Reading | None) -> str:
    """`met, stopped, due Mon 17:00, used 3:30`."""
    if reading is None:
        return "nothing"
    words = [str(reading.verdict), str(reading.motion)]
    if reading.due is not None:
        words.append(f"due {reading.due.astimezone(BUDAPEST):%a %H:%M}")
    if reading.measured is not None:
        minutes = int(reading.measured.used.total_seconds() // 60)
        words.append(f"used {minutes // 60}:{minutes % 60:02}")
    if reading.reason:
        words.append(reading.reason)
    return ", ".join(words)
