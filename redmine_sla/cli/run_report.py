"""What is told of a run: to people in a line, to cron only what is new, to programs everything."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any

import click

from redmine_sla.cli.output import counted, tell, utc
from redmine_sla.mirror import Mirror
from redmine_sla.plan import (
    Change,
    CreateTicket,
    CreateVersion,
    Plan,
    PublishFile,
    SaveWikiPage,
    UpdateTicket,
    plan_text,
)
from redmine_sla.plan.render import name_of
from redmine_sla.sync.apply import Attempt, Result
from redmine_sla.sync.run import RunReport

_TOLD = "findings told"
_DIFF = re.compile(r"(?:\s+|\s+\S.*?\s\s)(?P<sign>[-+]) |(?P<finding>!) ")
_KINDS: MappingProxyType[type[Change], str] = MappingProxyType(
    {
        UpdateTicket: "ticket",
        CreateVersion: "version",
        PublishFile: "file",
        SaveWikiPage: "wiki page",
        CreateTicket: "new ticket",
    }
)
_COLOURS = MappingProxyType({"-": "red", "+": "green", "!": "yellow"})


def tell_run(report: RunReport, mirror: Mirror, *, quiet: bool) -> None:
    """The summary, where somebody looks or something was written, and the findings.

    A person at a terminal is told all findings. Cron is told the new ones, and once a day, with
    the slow beat, all of them again: a mail every five minutes is read by nobody.
    """
    findings = [*report.findings, *map(_misfortune, _misfortunes(report))]
    known = _remember(mirror, findings)
    if quiet:
        return
    on_terminal = sys.stdout.isatty()
    everything = on_terminal or report.pulled.slow_beat
    for finding in findings:
        if everything or finding not in known:
            tell("!", finding, style="yellow")
    if on_terminal or report.applied.outcomes:
        click.echo(summary(report))


def summary(report: RunReport) -> str:
    """`12 changed, 3 tickets and 1 wiki page written, 1 refused. 2.4 s, 9 reads, 4 writes.`"""
    count = report.applied.count
    done = [one.change for one in report.applied.outcomes if one.result is Result.APPLIED]
    written = [
        counted(number, what)
        for kind, what in _KINDS.items()
        if (number := sum(isinstance(change, kind) for change in done))
    ]
    parts = [f"{counted(len(report.pulled.changed), 'ticket')} changed"]
    parts.append(f"{_listed(written)} written" if written else "nothing written")
    parts += [
        f"{count(result)} {result}"
        for result in (
            Result.REFUSED,
            Result.IGNORED,
            Result.SKIPPED,
            Result.WAITING,
            Result.FAILED,
        )
        if count(result)
    ]
    if report.applied.not_tried:
        parts.append(f"{report.applied.not_tried} not tried")
    cost = report.requests
    costs = [f"{report.seconds:.1f} s", counted(cost.reads, "read"), counted(cost.writes, "write")]
    if cost.retries:
        costs.append(f"{cost.retries} repeated")
    return f"{', '.join(parts)}. {', '.join(costs)}."


def report_data(report: RunReport) -> dict[str, Any]:
    """The run as JSON-ready data; the keys are stable."""
    pulled, applied = report.pulled, report.applied
    return {
        "as_of": utc(report.as_of),
        "went_well": report.went_well,
        "seconds": round(report.seconds, 3),
        "requests": {
            "reads": report.requests.reads,
            "writes": report.requests.writes,
            "retries": report.requests.retries,
        },
        "pulled": {
            "changed": sorted(pulled.changed),
            "new": sorted(pulled.new),
            "gone": [{"ticket": gone.ticket, "how": str(gone.kind)} for gone in pulled.gone],
            "histories_read": pulled.histories_read,
            "slow_beat": pulled.slow_beat,
            "restored": pulled.restored,
            "server_time": utc(pulled.server_time),
        },
        "planned": len(report.plan.changes),
        "results": {str(result): applied.count(result) for result in Result},
        "not_tried": applied.not_tried,
        "changes": [_outcome_data(outcome) for outcome in applied.outcomes],
        "stopped_by": str(applied.stopped_by) if applied.stopped_by else None,
        "findings": list(report.findings),
    }


def print_plan(plan: Plan) -> None:
    """The diff, coloured as diffs are on a terminal."""
    for line in plan_text(plan).splitlines():
        found = _DIFF.match(line)
        sign = found["sign"] or found["finding"] if found else ""
        click.secho(line, fg=_COLOURS.get(sign))


def _outcome_data(outcome: Attempt) -> dict[str, Any]:
    return {
        **_whereabouts(outcome.change),
        "contract": outcome.change.contract,
        "result": str(outcome.result),
        "message": outcome.message or None,
        "number": outcome.number,
    }


def _whereabouts(change: Change) -> dict[str, Any]:
    match change:
        case UpdateTicket():
            return {"kind": "ticket", "ticket": change.ticket}
        case SaveWikiPage():
            return {"kind": "wiki_page", "project": change.where, "title": change.title}
        case CreateVersion():
            return {"kind": "version", "project": change.where, "name": change.name}
        case PublishFile():
            return {
                "kind": "file",
                "project": change.where,
                "version_name": change.version_name,
                "filename": change.filename,
                "sha256": change.sha256,
            }
        case CreateTicket():
            return {"kind": "new_ticket", "project": change.where, "key": change.key}


def _listed(parts: Sequence[str]) -> str:
    *some, last = parts
    return f"{', '.join(some)} and {last}" if some else last


def _misfortunes(report: RunReport) -> Iterator[Attempt]:
    fine = (Result.APPLIED, Result.SKIPPED)
    return (outcome for outcome in report.applied.outcomes if outcome.result not in fine)


def _misfortune(outcome: Attempt) -> str:
    by = "" if outcome.result is Result.WAITING else " by Redmine"
    return f"{name_of(outcome.change)}: {outcome.result}{by}: {outcome.message}"


def _remember(mirror: Mirror, findings: Iterable[str]) -> frozenset[str]:
    """Those of the last run; these are kept for the next one."""
    with mirror.reading() as view:
        before = view.recorded(_TOLD)
    with mirror.writing() as batch:
        batch.record(_TOLD, json.dumps(list(findings), ensure_ascii=False))
    return frozenset(json.loads(before)) if before else frozenset()
