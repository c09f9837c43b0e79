"""Contracts and the desk: what was promised, read from TOML into frozen models.

Pure, but for `load` and `start`, which read and write folders.
"""

from redmine_sla.contract.clocks import (
    STANDARD_CLOCKS,
    Clock,
    EventKind,
    Retarget,
    TargetRule,
    Trigger,
)
from redmine_sla.contract.contract import Amendment, Contract
from redmine_sla.contract.desk import STATUS_ROLES, Desk, Statuses
from redmine_sla.contract.fields import INPUT_FIELDS, OUTPUT_FIELDS
from redmine_sla.contract.money import Money
from redmine_sla.contract.terms import Terms
from redmine_sla.contract.words import (
    Choice,
    ContactRole,
    Kind,
    Language,
    ProblemClass,
    Severity,
    Vat,
)

__all__ = [
    "INPUT_FIELDS",
    "OUTPUT_FIELDS",
    "STANDARD_CLOCKS",
    "STATUS_ROLES",
    "Amendment",
    "Choice",
    "Clock",
    "ContactRole",
    "Contract",
    "Desk",
    "EventKind",
    "Kind",
    "Language",
    "Money",
    "ProblemClass",
    "Retarget",
    "Severity",
    "Statuses",
    "TargetRule",
    "Terms",
    "Trigger",
    "Vat",
]
