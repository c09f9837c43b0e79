"""`redmine-sla doctor`: what a run would stumble over, and the step for each."""

from __future__ import annotations

import click

from redmine_sla.cli.settings import Settings, common_options, json_option, with_settings


@click.command("doctor", short_help="Look at Redmine; tell the step for whatever is missing.")
@json_option
@common_options
@with_settings
@click.pass_context
def command(context: click.Context, settings: Settings, *, as_json: bool) -> None:
    """Look at Redmine and at this machine, and tell the exact step for whatever is missing.

    Only reads are made. Ends with 1 where there are errors or warnings; --quiet leaves out what
    is well.
    """
    from redmine_sla.cli import doctoring  # noqa: PLC0415 - heavy

    context.exit(doctoring.doctor(settings, as_json=as_json))
