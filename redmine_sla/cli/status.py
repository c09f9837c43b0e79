"""`redmine-sla status`: what is late, what is due next, what waits; from the mirror, offline."""

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

ORDERS = ("due", "share", "ticket", "contract")


@click.command("status", short_help="Show what is late and due next.")
@click.option(
    "--sort",
    "order",
    type=click.Choice(ORDERS),
    default="due",
    help="By due time (default), share of the target used, ticket number, or contract.",
)
@click.option(
    "--contract",
    "contracts",
    multiple=True,
    metavar="NAME",
    help="Only this contract; may be repeated.",
)
@click.option("--late", "only_late", is_flag=True, help="Only what is late.")
@as_of_option
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    order: str,
    contracts: tuple[str, ...],
    only_late: bool,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Show every open promise: late, at risk, on track, paused, unmeasured.

    Works offline, from what the last `sync` brought, and says how old that is.
    """
    from redmine_sla.cli import status_board  # noqa: PLC0415 - heavy

    wanted = status_board.Wanted(order, contracts, only_late)
    status_board.show_status(settings, wanted, as_of, as_json=as_json)
