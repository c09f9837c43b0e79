"""`redmine-sla report`: how promises came out in any period and scope; from the mirror, offline."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from redmine_sla.cli.answer_file import csv_option, require_one_answer
from redmine_sla.cli.period_options import Days, period_options
from redmine_sla.cli.report_subject import Subject
from redmine_sla.cli.settings import (
    Settings,
    as_of_option,
    common_options,
    json_option,
    with_settings,
)
from redmine_sla.report.by import By


@click.command("report", short_help="Tell how promises came out in any period.")
@click.argument(
    "subject", type=click.Choice([one.value for one in Subject]), default=Subject.OVERVIEW.value
)
@period_options
@click.option("--contract", "contracts", multiple=True, metavar="NAME", help="Only this contract.")
@click.option("--project", "projects", multiple=True, metavar="ID", help="Only this project.")
@click.option("--clock", "clocks", multiple=True, metavar="NAME", help="Only this clock.")
@click.option("--class", "classes", multiple=True, metavar="NAME", help="Only this problem class.")
@click.option("--severity", "severities", multiple=True, metavar="NAME", help="Only this severity.")
@click.option("--tracker", "trackers", multiple=True, metavar="NAME", help="Only this tracker.")
@click.option("--assignee", "assignees", multiple=True, metavar="NAME", help="Only this person.")
@click.option(
    "--by",
    metavar="NAMES",
    default="clock,class",
    show_default=True,
    help=f"Group compliance by these: {', '.join(By)}.",
)
@csv_option("the table")
@click.option(
    "--html",
    "html_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the report as a page with charts.",
)
@as_of_option
@json_option
@common_options
@with_settings
def command(
    settings: Settings,
    *,
    subject: str,
    first: date | None,
    last: date | None,
    month: str | None,
    quarter: str | None,
    contracts: tuple[str, ...],
    projects: tuple[str, ...],
    clocks: tuple[str, ...],
    classes: tuple[str, ...],
    severities: tuple[str, ...],
    trackers: tuple[str, ...],
    assignees: tuple[str, ...],
    by: str,
    csv_file: Path | None,
    html_file: Path | None,
    as_of: datetime | None,
    as_json: bool,
) -> None:
    """Tell how promises came out: an overview, or one subject of it.

    Subjects are compliance, breaches, pauses, unmeasured and workload; the period is the running
    month unless you name another. Options that name something may be repeated. It is for the
    provider's own people: it names assignees and private tickets.

    Works offline, from what the last `sync` brought. Each number leads to its tickets.
    """
    from redmine_sla.cli import reporting  # noqa: PLC0415 - heavy

    require_one_answer(csv_file, html_file, as_json=as_json)
    wanted = reporting.Wanted(
        subject=Subject(subject),
        days=Days(first, last, month, quarter),
        scope=reporting.Scope(
            contract=frozenset(contracts),
            project=frozenset(projects),
            clock=frozenset(clocks),
            problem_class=frozenset(classes),
            severity=frozenset(severities),
            tracker=frozenset(trackers),
            assignee=frozenset(assignees),
        ),
        by=reporting.respects(by),
    )
    reporting.report(
        settings, wanted, as_of, reporting.Outlets(csv_file, html_file, as_json=as_json)
    )
