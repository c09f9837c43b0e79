"""`redmine-sla statement`: what a contract is billed for a month; from the mirror, offline."""

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


@click.command("statement", short_help="Tell what a contract is billed for a month.")
@click.argument("month", metavar="MONTH")
@click.option("--contract", "contract", required=True, metavar="NAME", help="The contract.")
@csv_option("the lines")
@as_of_option
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    month: str,
    contract: str,
    csv_file: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Tell what a contract is billed for MONTH, e.g. 2026-09: fee, hours beyond the allowance,
    credits for broken promises.

    Below it stand earlier months for which hours were booked or changed since MONTH began, in no
    total: compare them with what was billed.

    It is for the provider's own people: it names private tickets. A month that is not over yet is
    marked as a draft. Works offline, from what the last `sync` brought.
    """
    from redmine_sla.cli import stating  # noqa: PLC0415 - heavy

    require_one_answer(csv_file, as_json=as_json)
    wanted = stating.Wanted(month, contract)
    stating.show_statement(settings, wanted, as_of, stating.Outlets(csv_file, as_json=as_json))
