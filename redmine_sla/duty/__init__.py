"""Obligations: their occurrences, the tickets that stand for them, and what came of each."""

from redmine_sla.duty.ahead import ticketed_by
from redmine_sla.duty.judging import DutyTicket, outcomes
from redmine_sla.duty.occurrences import Occurrence, occurrences
from redmine_sla.duty.outcome import Closing, Excuse, Lack, Outcome, State, counted

__all__ = [
    "Closing",
    "DutyTicket",
    "Excuse",
    "Lack",
    "Occurrence",
    "Outcome",
    "State",
    "counted",
    "occurrences",
    "outcomes",
    "ticketed_by",
]
