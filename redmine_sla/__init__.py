"""redmine-sla: service level agreements on an existing Redmine.

The library behind the command line. Its core does no I/O, and "now" is always an argument:

    from redmine_sla import ServiceCalendar, load_folder, judge, late, sync_folder

Calendars and targets
    `ServiceCalendar`, `Target`: service hours in OpenStreetMap syntax, holidays, due times.
Contracts
    `load_folder`, `loads_contract`, `contract_from_mapping`: TOML or plain data into `Contract`.
Judging
    `judge`: a ticket from plain data, without a network, into an `Assessment`;
    `ledger`: how a `Reading` was counted, line by line.
A desk
    `late`: open tickets with a broken promise, from the mirror; `sync_folder`: one whole run.

Instants are aware datetimes; a naive one is refused with `NaiveDatetimeError`. All errors are
`SlaError`s: their text says what is wrong, where, and what to do next. Names are loaded when they
are first used, so importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from redmine_sla.errors import ExitCode, SlaError

if TYPE_CHECKING:
    from redmine_sla.calendar import NaiveDatetimeError, ServiceCalendar, Target
    from redmine_sla.connectors.folder import late, sync_folder
    from redmine_sla.contract import (
        Configuration,
        ConfigurationError,
        Contract,
        contract_from_mapping,
        load_folder,
        loads_contract,
    )
    from redmine_sla.plan import Judged
    from redmine_sla.sla.ledger import Line, ledger
    from redmine_sla.sla.reading import Assessment, Reading
    from redmine_sla.sla.verdict import Motion, Verdict
    from redmine_sla.sync.plain_data import People, judge
    from redmine_sla.sync.run import RunReport

__all__ = [
    "Assessment",
    "Configuration",
    "ConfigurationError",
    "Contract",
    "ExitCode",
    "Judged",
    "Line",
    "Motion",
    "NaiveDatetimeError",
    "People",
    "Reading",
    "RunReport",
    "ServiceCalendar",
    "SlaError",
    "Target",
    "Verdict",
    "contract_from_mapping",
    "judge",
    "late",
    "ledger",
    "load_folder",
    "loads_contract",
    "sync_folder",
]

_HOMES = MappingProxyType(
    {
        "redmine_sla.calendar": ("NaiveDatetimeError", "ServiceCalendar", "Target"),
        "redmine_sla.connectors.folder": ("late", "sync_folder"),
        "redmine_sla.contract": (
            "Configuration",
            "ConfigurationError",
            "Contract",
            "contract_from_mapping",
            "load_folder",
            "loads_contract",
        ),
        "redmine_sla.plan": ("Judged",),
        "redmine_sla.sla.ledger": ("Line", "ledger"),
        "redmine_sla.sla.reading": ("Assessment", "Reading"),
        "redmine_sla.sla.verdict": ("Motion", "Verdict"),
        "redmine_sla.sync.plain_data": ("People", "judge"),
        "redmine_sla.sync.run": ("RunReport",),
    }
)


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
