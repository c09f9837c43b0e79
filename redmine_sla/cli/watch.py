"""`redmine-sla watch`: runs in the foreground, for whoever has no cron."""

from __future__ import annotations

import click

from redmine_sla.cli.settings import Settings, common_options, with_settings


@click.command("watch", short_help="Run sync again and again, in the foreground.")
@click.option(
    "--every",
    type=click.IntRange(min=1, max=24 * 60),
    metavar="MINUTES",
    help="Minutes between runs, instead of [pull] every_minutes.",
)
@common_options
@with_settings
def command(settings: Settings, *, every: int | None) -> None:
    """Run `sync` whenever one is due, until Ctrl-C or SIGTERM.

    Due is what lies `every_minutes` after the last run that went through, whoever made it. A run
    that fails is told, and the next one goes on. At the end the request under way is finished.
    """
    from redmine_sla.cli import watching  # noqa: PLC0415 - heavy

    watching.watch(settings, every)
