"""`redmine-sla quarter`: hand a quarter over, once, and restate it if its past changes."""

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


@click.command("quarter", short_help="Publish a quarter for sign-off.")
@click.argument("quarter", metavar="QUARTER")
@click.option(
    "--contract",
    "contracts",
    multiple=True,
    metavar="NAME",
    help="Only this contract; may be repeated.",
)
@click.option("--draft", is_flag=True, help="Only the wiki page, marked as a draft.")
@as_of_option
@click.option("--dry-run", is_flag=True, help="Show what would be published; write nothing.")
@click.option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the files there instead of into Redmine.",
)
@json_option
@common_options
@with_settings
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    *,
    quarter: str,
    contracts: tuple[str, ...],
    draft: bool,
    as_of: datetime | None,
    dry_run: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Publish QUARTER, e.g. 2026Q3: all contracts that cover it, or those named.

    Wiki page, files, version and sign-off ticket in Redmine, frozen by a manifest. Running it
    again publishes nothing twice and completes what was cut short; if history or terms have
    changed the figures since, a restatement is published beside the original. A quarter that is
    not over is only drafted.
    """
    from redmine_sla.cli import quartering  # noqa: PLC0415 - heavy

    if dry_run and output is not None:
        raise click.UsageError("--dry-run writes nothing, and --output writes files: choose one")
    if draft and output is not None:
        raise click.UsageError(
            "--draft writes a wiki page, and --output writes files instead: choose one; files of a "
            "quarter that is not over are marked as drafts anyway"
        )
    wish = quartering.Wish(
        quarter=quarter, contracts=contracts, as_of=as_of, is_draft=draft, as_json=as_json
    )
    if output is not None:
        code = quartering.write(settings, wish, output)
    elif dry_run:
        code = quartering.rehearse(settings, wish)
    else:
        code = quartering.publish(settings, wish)
    context.exit(code)
