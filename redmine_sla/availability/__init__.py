"""Availability: outages as they happened, against the agreed service time."""

from redmine_sla.availability.flagged import outages_of, outages_told, unrecorded
from redmine_sla.availability.outage import Outage, Unmeasured, WhyUnmeasured
from redmine_sla.availability.promised import WHOLE_SYSTEM
from redmine_sla.availability.service import ServiceAvailability, availability_of
from redmine_sla.availability.tally import Tally

__all__ = [
    "WHOLE_SYSTEM",
    "Outage",
    "ServiceAvailability",
    "Tally",
    "Unmeasured",
    "WhyUnmeasured",
    "availability_of",
    "outages_of",
    "outages_told",
    "unrecorded",
]
