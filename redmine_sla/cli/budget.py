"""`redmine-sla budget`: how a contract's budgets stand; from the mirror, offline."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from redmine_sla.cli.answer_file import csv_option, require_one_answer
from redmine_sla.cli.settings import (
    Settings,
    as_of_option,
    common_options,
    json_option,
    with_settings,
)


@click.command("budget", short_help="Tell how a contract's budgets stand, by ticket and person.")
@click.option("--contract", "contract", required=True, metavar="NAME", help="The contract.")
@csv_option("tickets, months and entries")
@as_of_option
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    contract: str,
    csv_file: Path | None,
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

    require_one_answer(csv_file, as_json=as_json)
    budgeting.show_budget(settings, contract, as_of, csv_file, as_json=as_json)
