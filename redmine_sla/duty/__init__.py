"""Obligations: their occurrences, the tickets that stand for them, and what came of each."""

from redmine_sla.duty.ahead import ticketed_by
from redmine_sla.duty.ics import schedule_ics
from redmine_sla.duty.judging import DutyTicket, made_up, outcomes, outcomes_at_the_end
from redmine_sla.duty.occurrences import Occurrence, occurrences
from redmine_sla.duty.outcome import Closing, Excuse, Lack, Outcome, State, counted
from redmine_sla.duty.schedule import schedule_blocks, schedule_period

__all__ = [
    "Closing",
    "DutyTicket",
    "Excuse",
    "Lack",
    "Occurrence",
    "Outcome",
    "State",
    "counted",
    "made_up",
    "occurrences",
    "outcomes",
    "outcomes_at_the_end",
    "schedule_blocks",
    "schedule_ics",
    "schedule_period",
    "ticketed_by",
]
