"""Running: a sync with its lock, its progress, its words and its ping; and its rehearsal."""

from __future__ import annotations

from collections.abc import Callable

from redmine_sla.cli.output import print_json, tell
from redmine_sla.cli.progress import shown_progress
from redmine_sla.cli.run_report import print_plan, report_data, tell_run
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror, open_redmine
from redmine_sla.connectors.ping import ping
from redmine_sla.connectors.redmine import Attempt
from redmine_sla.connectors.redmine.engine import log_attempt
from redmine_sla.contract import Configuration, load_folder
from redmine_sla.errors import ExitCode
from redmine_sla.plan import plan_json
from redmine_sla.sync.lock import only_run
from redmine_sla.sync.moment import moment
from redmine_sla.sync.pull.scope import Beat
from redmine_sla.sync.run import RunReport, prepare, sync


def run_once(settings: Settings, *, full: bool, as_json: bool) -> ExitCode:
    """One run, told. Raises `SlaError`, also what stopped the writing."""
    report = run(load_folder(settings.folder), settings, _beat(full=full), tells=not as_json)
    if as_json:
        print_json(report_data(report))
    if report.applied.stopped_by is not None:
        raise report.applied.stopped_by
    return _code(report.went_well and not report.findings)


def run(
    configuration: Configuration,
    settings: Settings,
    beat: Beat,
    *,
    tells: bool = True,
    hook: Callable[[Attempt], None] = log_attempt,
) -> RunReport:
    """One run, pinged for if it came to its end. What stopped the writing is in the report.

    `hook` hears of each request.
    """
    with (
        only_run(configuration.folder),
        open_mirror(configuration) as mirror,
        open_redmine(configuration, hook=hook) as redmine,
    ):
        with shown_progress(wanted=tells and not settings.quiet) as watcher:
            report = sync(configuration, redmine, mirror, beat=beat, watcher=watcher)
        if tells:
            tell_run(report, mirror, quiet=settings.quiet)
    if report.applied.stopped_by is None:
        failed = ping(configuration.desk.notifications.ping_url)
        if failed and not settings.quiet:
            tell("!", failed, style="yellow")
    return report


def rehearse(settings: Settings, *, full: bool, as_json: bool) -> ExitCode:
    """Everything up to the first write, and the plan of it. Raises `SlaError`."""
    configuration = load_folder(settings.folder)
    with (
        only_run(configuration.folder),
        open_mirror(configuration) as mirror,
        open_redmine(configuration) as redmine,
        shown_progress(wanted=not as_json and not settings.quiet) as watcher,
    ):
        prepared = prepare(
            configuration,
            redmine,
            mirror,
            as_of=moment(None),
            beat=_beat(full=full),
            watcher=watcher,
        )
    warnings, plan = prepared.pulled.warnings, prepared.plan
    findings = [*warnings, *plan.findings]
    if as_json:
        print_json(plan_json(plan) | {"findings": findings})
    else:
        for warning in warnings:
            tell("!", warning, style="yellow")
        print_plan(plan)
    return _code(not findings)


def _beat(*, full: bool) -> Beat:
    return Beat.NOW if full else Beat.WHEN_DUE


def _code(is_well: bool) -> ExitCode:
    return ExitCode.OK if is_well else ExitCode.FINDINGS
