"""Files that answers are written to; `-` is the standard output, and holds one answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from redmine_sla.errors import SlaError

Command = TypeVar("Command", bound=Callable[..., Any])
_STDOUT = Path("-")


def csv_option(what: str) -> Callable[[Command], Command]:
    """`--csv FILE`, as `csv_file`."""
    return click.option(
        "--csv",
        "csv_file",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
        help=f"Write {what} as CSV; - is standard output.",
    )


def require_one_answer(*files: Path | None, as_json: bool) -> None:
    """Raises `click.UsageError` where two answers would be mixed on the standard output."""
    if files.count(_STDOUT) + as_json > 1:
        raise click.UsageError(
            "--json and a file named - are two answers on standard output: "
            "ask for one, or name a file"
        )


def write_answer(file: Path, content: bytes) -> None:
    """Raises `SlaError` where the file cannot be written."""
    if file == _STDOUT:
        click.echo(content, nl=False)
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise SlaError(
            f"{file} cannot be written: {error.strerror}", hint="name another file"
        ) from None
