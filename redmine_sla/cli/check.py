"""`redmine-sla check`: every mistake in the configuration at once, and what it promises."""

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


@click.command("check", short_help="Tell every mistake in the configuration, or its promises.")
@click.argument(
    "folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option("--online", is_flag=True, help="Also hold it against Redmine's projects.")
@click.option(
    "--diff",
    "old",
    metavar="OLD",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Tell what changes for open tickets against the folder OLD, from the mirror.",
)
@as_of_option
@json_option
@common_options
@with_settings
@click.pass_context
def command(
    context: click.Context,
    settings: Settings,
    *,
    folder: Path | None,
    online: bool,
    old: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Read the configuration; tell every mistake with its file and line, or what it promises.

    Mistakes end with 2. Warnings are allowed but hardly meant: mend them, or accept them by the key
    that stands below each kind, in the contract that means it. What is wrong with sla.toml itself
    cannot be accepted.

    `check --diff OLD NEW` tells which keys of two folders differ, and which open tickets become
    due at another time, become late, lose or gain a promise or change their class. It works
    offline, from what the last `sync` brought, and ends with 1 if something becomes late.
    """
    if old is None and as_of is not None:
        raise click.UsageError("--as-of is for --diff, which judges tickets: name OLD with --diff")
    if old is not None and online:
        raise click.UsageError(
            "--diff works from the mirror, and --online asks Redmine: run check once for each"
        )
    if folder is not None:
        settings.config = folder
    if old is not None:
        from redmine_sla.cli import check_difference  # noqa: PLC0415 - heavy

        context.exit(check_difference.check_difference(settings, old, as_of, as_json=as_json))
    from redmine_sla.cli import checking  # noqa: PLC0415 - heavy

    context.exit(checking.check(settings, online=online, as_json=as_json))
