"""`redmine-sla explain NUMBER`: how a ticket's promises were counted, to be re-added by hand."""

from __future__ import annotations

from datetime import datetime

import click

from redmine_sla.cli.settings import (
    Settings,
    as_of_option,
    common_options,
    json_option,
    with_settings,
)


@click.command("explain", short_help="Print the ledger behind a ticket's promises.")
@click.argument("number", type=click.IntRange(min=1))
@click.option(
    "--clock",
    "clocks",
    multiple=True,
    metavar="NAME",
    help="Only this clock, e.g. resolution; may be repeated.",
)
@as_of_option
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    number: int,
    clocks: tuple[str, ...],
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Print the ledger of a ticket: each window, each pause, the rule and the contract's clause.

    Works offline, from what the last `sync` brought. With --as-of only what had been recorded by
    then is seen, so a past verdict can be told again.
    """
    from redmine_sla.cli import explaining  # noqa: PLC0415 - heavy

    explaining.explain(settings, number, clocks, as_of, as_json=as_json)
