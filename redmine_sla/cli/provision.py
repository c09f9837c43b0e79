"""`redmine-sla provision`: the script that sets a Redmine up, and its reverse."""

from __future__ import annotations

from pathlib import Path

import click

from redmine_sla.cli.settings import Settings, common_options, with_settings


@click.command("provision", short_help="Print the script that sets Redmine up.")
@click.option("--undo", is_flag=True, help="The reverse: take back what provisioning made.")
@click.option("--dry-run", is_flag=True, help="A script that says what it would do, and undoes it.")
@click.option(
    "--quiet-mail",
    "--mail-events",
    "quiet_mail",
    is_flag=True,
    help="Also end mails about SLA fields, by changing mail events for the whole Redmine.",
)
@click.option("--obligation-trackers", is_flag=True, help="Also make trackers of obligations.")
@click.option("--new-key", is_flag=True, help="Withdraw the bot's API key and make another.")
@click.option("--force", is_flag=True, help="With --undo: also fields that hold what people wrote.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write it there instead of printing it.",
)
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    undo: bool,
    dry_run: bool,
    quiet_mail: bool,
    obligation_trackers: bool,
    new_key: bool,
    force: bool,
    output: Path | None,
) -> None:
    """Print a script for `rails runner` that creates what is missing in Redmine.

    Custom fields that customers read and cannot change, statuses, saved lists, and the bot user
    with its role and API key. An administrator reads it and runs it; running it again changes
    nothing. Nothing is done by this command itself.
    """
    from redmine_sla.cli import provisioning  # noqa: PLC0415 - heavy

    if undo:
        script = provisioning.reverse(rehearsal=dry_run, force=force)
    else:
        if force:
            raise click.UsageError("--force belongs to --undo")
        script = provisioning.script(
            settings,
            rehearsal=dry_run,
            quiet_mail=quiet_mail,
            obligation_trackers=obligation_trackers,
            new_key=new_key,
        )
    provisioning.hand_over(script, output, quiet=settings.quiet)
