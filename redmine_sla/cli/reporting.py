"""Making a report: what is asked for, judged, and put where it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import assert_never

from redmine_sla.cli.answer_file import write_answer
from redmine_sla.cli.output import console, print_json
from redmine_sla.cli.period_options import Days
from redmine_sla.cli.periods import period_of
from redmine_sla.cli.report_data import listing_csv, report_data
from redmine_sla.cli.report_page import report_html
from redmine_sla.cli.report_subject import Subject
from redmine_sla.cli.report_table import print_report
from redmine_sla.cli.report_values import Headline
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import Configuration, Contract, load_folder
from redmine_sla.errors import SlaError
from redmine_sla.report.by import By
from redmine_sla.report.listing import Listing
from redmine_sla.report.pause_listings import pause_sums_listing, pauses_listing
from redmine_sla.report.promise_listings import (
    breaches_listing,
    compliance_listing,
    response_times_listing,
    unmeasured_listing,
)
from redmine_sla.report.scope import Scope
from redmine_sla.report.workload_listings import (
    ages_listing,
    people_listing,
    waiting_listing,
    workload_listing,
)
from redmine_sla.sync.moment import moment
from redmine_sla.sync.reporting import Gathered, gather

__all__ = ["Outlets", "Scope", "Wanted", "report", "respects"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to know."""

    subject: Subject
    days: Days
    scope: Scope
    by: tuple[By, ...]


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where the report goes; to the terminal where nothing is named."""

    csv: Path | None
    html: Path | None
    as_json: bool


def respects(written: str) -> tuple[By, ...]:
    """What `--by clock,class` names. Raises `SlaError`."""
    names = [name.strip() for name in written.split(",") if name.strip()]
    for name in names:
        if name not in set(By):
            raise SlaError(f'nothing can be grouped by "{name}"', hint=f"known: {', '.join(By)}")
    return tuple(dict.fromkeys(By(name) for name in names)) or (By.CLOCK,)


def report(settings: Settings, wanted: Wanted, as_of: datetime | None, outlets: Outlets) -> None:
    """Judge, list, show. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    contracts = _contracts(configuration, wanted.scope)
    _check_clocks(wanted.scope, contracts)
    at = moment(as_of)
    period = period_of(wanted.days, contracts, contracts[0].day_of(at))
    with open_mirror(configuration) as mirror:
        found = gather(configuration, mirror, period, wanted.scope, at)
    listings = tuple(_listings(wanted, found))
    head = Headline(
        wanted.subject,
        found,
        tuple(contract.title for contract in contracts),
        configuration.desk.redmine.url,
    )
    if outlets.csv is not None:
        write_answer(outlets.csv, listing_csv(_single(listings, wanted.subject), head.redmine))
    if outlets.html is not None:
        write_answer(outlets.html, report_html(head, listings).encode())
    if outlets.as_json:
        print_json(report_data(head, listings))
    elif outlets.csv is None and outlets.html is None:
        print_report(console(), head, listings)


def _contracts(configuration: Configuration, scope: Scope) -> tuple[Contract, ...]:
    for name in scope.contract:
        configuration.contract_named(name)
    wanted = scope.contract
    return tuple(one for one in configuration.contracts if not wanted or one.name in wanted)


def _check_clocks(scope: Scope, contracts: tuple[Contract, ...]) -> None:
    """A clock nobody promises would make an empty report look like a perfect one."""
    known = {name for one in contracts for _, terms in one.versions for name in terms.clocks_in_use}
    if unknown := sorted(scope.clock - known):
        raise SlaError(
            f"no contract promises {' or '.join(unknown)}",
            hint=f"clocks in use: {', '.join(sorted(known))}",
        )


def _listings(wanted: Wanted, found: Gathered) -> Iterator[Listing]:
    """The tables of a subject, the most telling first."""
    promises, courses, period = found.promises, found.courses, found.period
    match wanted.subject:
        case Subject.COMPLIANCE:
            yield compliance_listing(promises, period, wanted.by)
            yield response_times_listing(promises, period)
        case Subject.BREACHES:
            yield breaches_listing(promises, period)
        case Subject.PAUSES:
            yield pauses_listing(promises, period)
            yield pause_sums_listing(promises, period, found.known)
            yield waiting_listing(courses, period, found.known)
        case Subject.UNMEASURED:
            yield unmeasured_listing(promises, period)
        case Subject.WORKLOAD:
            yield workload_listing(courses, found.loose, period, found.known)
            yield people_listing(courses, found.loose, period)
            yield ages_listing(courses, min(period.end, found.known))
        case Subject.OVERVIEW:
            yield compliance_listing(promises, period, wanted.by)
            yield breaches_listing(promises, period)
            yield response_times_listing(promises, period)
            yield pause_sums_listing(promises, period, found.known)
            yield waiting_listing(courses, period, found.known)
            yield unmeasured_listing(promises, period)
            yield workload_listing(courses, found.loose, period, found.known)
        case never:
            assert_never(never)


def _single(listings: tuple[Listing, ...], subject: Subject) -> Listing:
    """CSV holds one table: the first of a subject."""
    if subject is Subject.OVERVIEW:
        raise SlaError(
            "CSV holds one table, and an overview has several",
            hint="name one: redmine-sla report breaches --csv FILE",
        )
    return listings[0]
