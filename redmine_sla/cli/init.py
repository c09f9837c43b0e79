"""`redmine-sla init`: a folder to start from."""

from __future__ import annotations

from pathlib import Path

import click

from redmine_sla.cli.settings import common_options


@click.command("init", short_help="Write a commented configuration to start from.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    metavar="NAME",
    help="A contract on this profile of the catalogue; may be given several times.",
)
@common_options
def command(folder: Path, profiles: tuple[str, ...]) -> None:
    """Write a commented starting configuration into FOLDER (here, if none is named).

    The catalogue's profiles: crm-support, outsourced-it, help-desk, cloud-erp,
    information-system. Files that are there already are never touched.
    """
    from redmine_sla.contract.files.start import write_starting_folder  # noqa: PLC0415 - heavy

    for path in write_starting_folder(folder, profiles):
        click.echo(f"wrote {path}")
    click.echo(f"next:  write Redmine's address into {folder / 'sla.toml'}, then")
    click.echo(f"       redmine-sla check --config {folder}")
