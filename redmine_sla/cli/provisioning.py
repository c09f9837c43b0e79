"""Provisioning: the scripts, printed or written into a file, with the way to run them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.redmine.provisioning import (
    ProvisionOptions,
    provision_script,
    unprovision_script,
)
from redmine_sla.contract import load_folder
from redmine_sla.errors import SlaError


def script(
    settings: Settings,
    *,
    rehearsal: bool,
    quiet_mail: bool,
    obligation_trackers: bool,
    new_key: bool,
) -> str:
    """The script for this configuration. Raises `ConfigurationError`."""
    configuration = load_folder(settings.folder)
    options = ProvisionOptions(
        rehearsal=rehearsal,
        quiet_mail=quiet_mail,
        obligation_trackers=obligation_trackers,
        new_key=new_key,
    )
    return provision_script(configuration.desk, configuration.contracts, options)


def reverse(*, rehearsal: bool, force: bool) -> str:
    """The reverse, which needs no configuration: Redmine remembers what was made there."""
    return unprovision_script(rehearsal=rehearsal, force=force)


def hand_over(text: str, output: Path | None, *, quiet: bool) -> None:
    """Print the script, or write it and say how it is run. Raises `SlaError`."""
    if output is None:
        click.echo(text, nl=False)
    else:
        try:
            output.write_text(text, encoding="utf-8")
        except OSError as error:
            raise SlaError(
                f"{output} cannot be written: {error.strerror}",
                hint="name a file in a folder that you may write to",
            ) from None
    if not quiet and (output is not None or sys.stderr.isatty()):
        name = output or "THIS_FILE"
        click.echo("next:  read it, then run it as Redmine's user, in Redmine's folder:", err=True)
        click.echo(f"       bundle exec rails runner -e production {name}", err=True)
