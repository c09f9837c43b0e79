"""The work behind `simulate`: lay out the other terms, judge under both, show what differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from redmine_sla.cli.comparison_data import comparison_data
from redmine_sla.cli.comparison_view import print_comparison
from redmine_sla.cli.output import console, print_json
from redmine_sla.cli.period_options import Days
from redmine_sla.cli.periods import period_of
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import Contract, load_folder
from redmine_sla.contract.files.variant import VariantError, under_tier, with_terms
from redmine_sla.sync.moment import moment
from redmine_sla.sync.simulating import Trial, simulate


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked: which contract, under which other terms, when."""

    contract: str
    tier: str | None
    terms: Path | None
    days: Days


def simulate_terms(
    settings: Settings, wanted: Wanted, as_of: datetime | None, *, as_json: bool
) -> None:
    """Judge twice and show both. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    contract = configuration.contract_named(wanted.contract)
    variant = _variant(contract, wanted)
    at = moment(as_of)
    period = period_of(wanted.days, (contract,), contract.day_of(at))
    with open_mirror(configuration) as mirror:
        found = simulate(configuration, mirror, Trial(contract, variant, period, at))
    if as_json:
        print_json(comparison_data(found, contract))
    else:
        print_comparison(console(), found, contract, configuration.desk.redmine.url)


def _variant(contract: Contract, wanted: Wanted) -> Contract:
    if wanted.tier is None and wanted.terms is None:
        raise VariantError(
            "nothing is to be otherwise",
            hint="name another level with --tier, or a file of terms with --terms",
        )
    changed = with_terms(contract, wanted.terms) if wanted.terms else contract
    return under_tier(changed, wanted.tier) if wanted.tier else changed
