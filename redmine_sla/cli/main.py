"""`redmine-sla`: the commands, and how they end when something is wrong."""

from __future__ import annotations

import io
import os
import sys
import traceback
from typing import Any

import click

from redmine_sla.cli import (
    budget,
    check,
    classify,
    doctor,
    explain,
    init,
    provision,
    quarter,
    report,
    schedule,
    schema,
    simulate,
    statement,
    status,
    sync,
    watch,
)
from redmine_sla.cli.settings import Settings, common_options
from redmine_sla.errors import ExitCode, SlaError

_COMMANDS = (
    init,
    check,
    schema,
    provision,
    doctor,
    sync,
    watch,
    status,
    explain,
    schedule,
    report,
    quarter,
    simulate,
    statement,
    budget,
    classify,
)

_EPILOG = """\
\b
Exit codes:
  0  all is well
  1  it went through, and something in it needs a person
  2  the command line or the configuration is wrong
  3  Redmine could not be reached, refused, or answered nonsense
  4  another run is under way
  5  the mirror could not be read or written
  70 a fault in redmine-sla itself
  130 interrupted; the next run goes on from there
"""


class Program(click.Group):
    """Ends with a message and a documented exit code, whatever happens inside a command."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """In the order in which a new desk needs them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        settings = ctx.ensure_object(Settings)
        _never_choke_on_letters()
        if os.environ.get("NO_COLOR"):
            ctx.color = False
        try:
            return super().invoke(ctx)
        except SlaError as error:
            _tell(error)
            if settings.verbose > 1:
                traceback.print_exc()
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Interrupted; the next run goes on from here.", err=True)
            ctx.exit(ExitCode.INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except BrokenPipeError:
            # Whoever read our output has seen enough. Nothing must complain when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(ExitCode.OK)
        except Exception as error:  # noqa: BLE001 - the last door
            _tell_fault(error, show=bool(settings.verbose))
            ctx.exit(ExitCode.FAULT)


def _never_choke_on_letters() -> None:
    """Tickets are written in six languages, and cron may run in a locale that knows one."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _tell(error: SlaError) -> None:
    click.secho("error: ", fg="red", bold=True, nl=False, err=True)
    click.echo(error.message, err=True)
    if error.hint:
        click.secho("next:  ", bold=True, nl=False, err=True)
        click.echo(error.hint, err=True)


def _tell_fault(error: Exception, *, show: bool) -> None:
    if show:
        traceback.print_exc()
    words = " ".join(str(error).split())
    click.echo(f"error: a fault in redmine-sla: {type(error).__name__}: {words}", err=True)
    if not show:
        click.echo("next:  run it again with -v and report what it prints", err=True)


@click.group(
    cls=Program,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="redmine-sla", message="redmine-sla %(version)s")
@common_options
def main() -> None:
    """Service level agreements on an existing Redmine.

    Customers see on their tickets what they were promised and how it stands; `sync` from cron or
    `watch` keep it true. Start with `init`.
    """


for _module in _COMMANDS:
    main.add_command(_module.command)
