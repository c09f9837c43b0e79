"""`redmine-sla schedule`: what is owed at a rhythm, and what came of it; from the mirror."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from redmine_sla.cli.settings import (
    Settings,
    as_of_option,
    common_options,
    json_option,
    with_settings,
)


@click.command("schedule", short_help="Show what is owed when, and what was done.")
@click.option(
    "--contract",
    "contracts",
    multiple=True,
    metavar="NAME",
    help="Only this contract; may be repeated.",
)
@click.option(
    "--ics",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write one contract's schedule as an iCalendar file; - is the standard output.",
)
@as_of_option
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    contracts: tuple[str, ...],
    file: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Show the obligations of the last four weeks with their outcome, and of the next eight.

    Works offline, from what the last `sync` brought. The iCalendar file goes from the quarter
    before to the next one, and holds what the customer may see.
    """
    from redmine_sla.cli import scheduling  # noqa: PLC0415 - heavy

    if file is not None and as_json:
        raise click.UsageError("--ics and --json are two answers: ask for one")
    if file is not None:
        scheduling.write_ics(settings, contracts, file, as_of)
    else:
        scheduling.show_schedule(settings, contracts, as_of, as_json=as_json)
