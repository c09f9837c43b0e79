"""`redmine-sla schema`: JSON Schemas, for editors that complete and check TOML."""

from __future__ import annotations

import click

from redmine_sla.cli.settings import common_options

FILES = ("desk", "contract", "profile")


@click.command("schema", short_help="Print JSON Schemas, for editors.")
@click.argument("file", type=click.Choice(FILES), default="desk")
@common_options
def command(file: str) -> None:
    """Print the JSON Schema of sla.toml (desk), of a contract, or of a profile."""
    from redmine_sla.cli.output import print_json  # noqa: PLC0415 - heavy
    from redmine_sla.contract.files.schema import json_schema  # noqa: PLC0415 - heavy

    print_json(json_schema("sla.toml" if file == "desk" else file))
