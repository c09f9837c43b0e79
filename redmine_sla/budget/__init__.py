"""Budgets: what a contract sets aside, and what of it is used."""

from redmine_sla.budget.bookings import Bookings, bookings
from redmine_sla.budget.development import (
    DevelopmentBudget,
    TicketBudget,
    budget_from,
)
from redmine_sla.budget.forecast import Forecast, forecast
from redmine_sla.budget.hours import HourAccount, MonthOfHours, hour_account
from redmine_sla.budget.jobs import Job, job_of
from redmine_sla.budget.work import Work, known_by

__all__ = [
    "Bookings",
    "DevelopmentBudget",
    "Forecast",
    "HourAccount",
    "Job",
    "MonthOfHours",
    "TicketBudget",
    "Work",
    "bookings",
    "budget_from",
    "forecast",
    "hour_account",
    "job_of",
    "known_by",
]
