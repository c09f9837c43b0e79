"""`--from` and `--to`, `--month` or `--quarter`: the days a command looks at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Days:
    """The days as somebody named them; nothing is checked yet (see `period_of`)."""

    first: date | None = None
    last: date | None = None
    month: str | None = None
    quarter: str | None = None


def _day(context: click.Context, option: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(
            f"{value!r} is not a day; write it as 2026-09-30", context, option
        ) from None


def period_options(command: Command) -> Command:
    """Gives the command `first`, `last`, `month` and `quarter`: make `Days` of them."""
    options = (
        click.option(
            "--from", "first", callback=_day, metavar="DAY", help="First day, e.g. 2026-07-01."
        ),
        click.option("--to", "last", callback=_day, metavar="DAY", help="Last day, included."),
        click.option("--month", metavar="MONTH", help="Or a month, e.g. 2026-09."),
        click.option("--quarter", metavar="QUARTER", help="Or a quarter, e.g. 2026Q3."),
    )
    for option in reversed(options):
        command = option(command)
    return command
