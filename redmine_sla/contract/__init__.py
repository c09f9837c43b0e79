"""Contracts and the desk: what was promised, read from TOML into frozen models.

Pure, but for `load`, `api_key` and `start`, which read and write folders. `schema` draws the JSON
Schema of the files, `start` writes a starting folder: import those two where they are used.
"""

from redmine_sla.contract.catalogue import profile_names, profile_text
from redmine_sla.contract.configuration import Configuration
from redmine_sla.contract.contract import Amendment, Contract
from redmine_sla.contract.desk import STATUS_ROLES, Desk, Statuses
from redmine_sla.contract.desk.fields import INPUT_FIELDS, OUTPUT_FIELDS
from redmine_sla.contract.files.api_key import api_key
from redmine_sla.contract.files.load import (
    contract_from_mapping,
    load_folder,
    loads_contract,
    loads_desk,
)
from redmine_sla.contract.money import Money
from redmine_sla.contract.precedence import RankedTarget, targets_of_level
from redmine_sla.contract.problems import ConfigurationError, Problem
from redmine_sla.contract.promises.clocks import (
    STANDARD_CLOCKS,
    Clock,
    EventKind,
    Retarget,
    TargetRule,
    Trigger,
)
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
    "Configuration",
    "ConfigurationError",
    "ContactRole",
    "Contract",
    "Desk",
    "EventKind",
    "Kind",
    "Language",
    "Money",
    "Problem",
    "ProblemClass",
    "RankedTarget",
    "Retarget",
    "Severity",
    "Statuses",
    "TargetRule",
    "Terms",
    "Trigger",
    "Vat",
    "api_key",
    "contract_from_mapping",
    "load_folder",
    "loads_contract",
    "loads_desk",
    "profile_names",
    "profile_text",
    "targets_of_level",
]
