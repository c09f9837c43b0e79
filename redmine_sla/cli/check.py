"""`redmine-sla check`: every mistake in the configuration at once, and what it promises."""

from __future__ import annotations

import click

from redmine_sla.cli.settings import Settings, common_options, json_option, with_settings


@click.command("check", short_help="Tell every mistake in the configuration, or its promises.")
@click.option("--online", is_flag=True, help="Also hold it against Redmine's projects.")
@json_option
@common_options
@with_settings
@click.pass_context
def command(context: click.Context, settings: Settings, *, online: bool, as_json: bool) -> None:
    """Read the configuration; tell every mistake with its file and line, or what it promises.

    Mistakes end with 2. Warnings are allowed but hardly meant; each says how to accept it.
    """
    from redmine_sla.cli import checking  # noqa: PLC0415 - heavy

    context.exit(checking.check(settings, online=online, as_json=as_json))
