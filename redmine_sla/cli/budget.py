"""`redmine-sla budget`: how a contract's budgets stand; from the mirror, offline."""

from __future__ import annotations

from datetime import datetime
from typing import BinaryIO

import click

from redmine_sla.cli.settings import (
    Settings,
    as_of_option,
    common_options,
    json_option,
    with_settings,
)


@click.command("budget", short_help="Tell how a contract's budgets stand, by ticket and person.")
@click.option("--contract", "contract", required=True, metavar="NAME", help="The contract.")
@click.option(
    "--csv",
    "csv_file",
    metavar="FILE",
    type=click.File("wb", lazy=True),
    help="Write tickets, months and entries as CSV; - is standard output.",
)
@as_of_option
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    contract: str,
    csv_file: BinaryIO | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Tell how a contract's budgets stand: development with its limit, thresholds, forecast and
    tickets, included hours by month, hours without a price, and time entries against the contract's
    time rules.

    It is for the provider's own people: rates can be read from it. Works offline, from what the
    last `sync` brought.
    """
    from redmine_sla.cli import budgeting  # noqa: PLC0415 - heavy

    budgeting.show_budget(settings, contract, as_of, csv_file, as_json=as_json)
