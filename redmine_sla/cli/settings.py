"""What every command shares: where the configuration is, and how much to say."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from redmine_sla.errors import SlaError

FOLDER_VARIABLE = "REDMINE_SLA_CONFIG"
_SYSTEM_FOLDER = Path("/etc/redmine-sla")
_DESK_FILE = "sla.toml"

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Settings:
    """The options of all commands; they may stand before or after the command's name."""

    config: Path | None = None
    verbose: int = 0
    quiet: bool = False

    @property
    def folder(self) -> Path:
        """The configuration folder. Raises `SlaError` where none was named and none is found."""
        if self.config is not None:
            return self.config
        if os.environ.get(FOLDER_VARIABLE):
            return Path(os.environ[FOLDER_VARIABLE])
        for folder in (Path(), _SYSTEM_FOLDER):
            if (folder / _DESK_FILE).exists():
                return folder
        raise SlaError(
            f"there is no configuration: neither ./{_DESK_FILE} nor {_SYSTEM_FOLDER / _DESK_FILE}",
            hint="name its folder with --config; `redmine-sla init FOLDER` writes a first one",
        )


with_settings = click.make_pass_decorator(Settings, ensure=True)


def _remember(context: click.Context, option: click.Parameter, value: Any) -> None:
    settings = context.ensure_object(Settings)
    if value and option.name:
        setattr(settings, option.name, value)


def _talk(context: click.Context, option: click.Parameter, value: int) -> None:
    """Our own log goes to stderr; that of libraries would show addresses that are secrets."""
    _remember(context, option, value)
    log = logging.getLogger("redmine_sla")
    if value and not log.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.DEBUG)
        log.propagate = False


def common_options(command: Command) -> Command:
    """`--config`, `--verbose` and `--quiet`."""
    options = (
        click.option(
            "-c",
            "--config",
            metavar="FOLDER",
            type=click.Path(path_type=Path, file_okay=False),
            help=f"The configuration folder (or ${FOLDER_VARIABLE}; else ., /etc/redmine-sla).",
            expose_value=False,
            callback=_remember,
        ),
        click.option(
            "-v",
            "--verbose",
            count=True,
            help="Log each request to stderr, and tracebacks of faults (-vv: of all errors).",
            expose_value=False,
            callback=_talk,
        ),
        click.option(
            "-q",
            "--quiet",
            is_flag=True,
            help="Say nothing but errors.",
            expose_value=False,
            callback=_remember,
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


def _instant(context: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """`2026-11-20T14:00+01:00` as an instant in UTC; one without a zone is refused."""
    if value is None:
        return None
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is not an instant; write it as 2026-11-20T14:00+01:00", context, option
        ) from None
    if instant.tzinfo is None:
        raise click.BadParameter(
            f"{value!r} does not say in which zone; write the offset with it, e.g. {value}+01:00, "
            f"or {value}Z for UTC",
            context,
            option,
        )
    return instant.astimezone(UTC).replace(microsecond=0)


as_of_option = click.option(
    "--as-of",
    callback=_instant,
    metavar="INSTANT",
    help="Judge at that moment instead of now, e.g. 2026-11-20T14:00+01:00.",
)
