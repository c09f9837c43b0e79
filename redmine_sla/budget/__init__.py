"""Budgets: what a contract sets aside, and what of it is used."""

from redmine_sla.budget.amounts import amount_text, percent_text
from redmine_sla.budget.development import DevelopmentBudget, development_budget
from redmine_sla.budget.work import Work, work_on

__all__ = [
    "DevelopmentBudget",
    "Work",
    "amount_text",
    "development_budget",
    "percent_text",
    "work_on",
]
