"""`redmine-sla classify`."""

from __future__ import annotations

import click

from redmine_sla.cli.settings import common_options


@click.command("classify")
@common_options
def command() -> None:
    """Being written."""
    raise NotImplementedError
