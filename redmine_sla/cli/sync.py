"""`redmine-sla sync`: one run, quiet where nobody looks."""

from __future__ import annotations

import click

from redmine_sla.cli.settings import Settings, common_options, json_option, with_settings


@click.command("sync", short_help="Pull, judge and write once; made for cron.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--full", is_flag=True, help="Also read again what Redmine marks as unchanged, now.")
@json_option
@common_options
@with_settings
@click.pass_context
def command(
    context: click.Context, settings: Settings, *, dry_run: bool, full: bool, as_json: bool
) -> None:
    """Pull what changed, judge it, and write what people should see into Redmine.

    Made for cron: silent while there is nothing to say. A second run over an unchanged Redmine
    writes nothing; a run that was killed is taken up by the next one.
    """
    from redmine_sla.cli import running  # noqa: PLC0415 - heavy

    go = running.rehearse if dry_run else running.run_once
    context.exit(go(settings, full=full, as_json=as_json))
