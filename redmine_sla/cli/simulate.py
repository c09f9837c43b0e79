"""`redmine-sla simulate`: the same history under other terms, side by side."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from redmine_sla.cli.period_options import Days, period_options
from redmine_sla.cli.settings import (
    Settings,
    as_of_option,
    common_options,
    json_option,
    with_settings,
)


@click.command("simulate", short_help="Judge the past under other terms, side by side.")
@click.option("--contract", required=True, metavar="NAME", help="The contract.")
@click.option("--tier", metavar="NAME", help="As if this service level had been bought.")
@click.option(
    "--terms",
    "terms_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Or with the keys of this TOML file laid over the contract's.",
)
@period_options
@as_of_option
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    contract: str,
    tier: str | None,
    terms_file: Path | None,
    first: date | None,
    last: date | None,
    month: str | None,
    quarter: str | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Judge the same history under other terms: broken promises, credits and fee, side by side.

    Works offline, from what the last `sync` brought, and never writes. A ticket on which the
    provider chose a level keeps it. The period is the running month unless you name another.
    """
    from redmine_sla.cli import simulating  # noqa: PLC0415 - heavy

    wanted = simulating.Wanted(contract, tier, terms_file, Days(first, last, month, quarter))
    simulating.simulate_terms(settings, wanted, as_of, as_json=as_json)
