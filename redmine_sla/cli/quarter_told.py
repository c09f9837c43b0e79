"""What is told of a quarter handed over: what stands where, what changed, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

import click

from redmine_sla.cli.output import console, counted, facts_grid, table, tell, utc, words
from redmine_sla.plan import plan_json
from redmine_sla.quarter.manifest import Changed
from redmine_sla.sync.apply import Result
from redmine_sla.sync.quarterly.publication import Publication, Step
from redmine_sla.sync.quarterly.publish import Published

_DIFFERENCES = 20
_STYLES = MappingProxyType(
    {
        Step.NEW: "green",
        Step.COMPLETED: "green",
        Step.RESTATED: "yellow",
        Step.UNCHANGED: "",
        Step.DRAFT: "magenta",
    }
)
_WORDS = MappingProxyType(
    {
        Step.NEW: "published",
        Step.COMPLETED: "completed: an earlier run had been cut short",
        Step.RESTATED: "restated beside what was published before: its past has changed",
        Step.UNCHANGED: "stands as published; nothing has changed",
        Step.DRAFT: "drafted on the wiki page; nothing is frozen",
    }
)


def tell_publication(done: Published, *, rehearsal: bool) -> None:
    """A headline, where it stands, what differs, and what a person has to look at."""
    publication = done.publication
    head = f"{publication.contract.name} {publication.quarter}: {_said(publication, rehearsal)}"
    click.secho(head, fg=_STYLES[publication.step] or None, bold=True)
    grid = facts_grid()
    for label, value in _facts(publication):
        grid.add_row(label, words(value))
    console().print(grid)
    if publication.step is Step.RESTATED and publication.manifest is not None:
        restates = publication.manifest.restates
        _print_differences(restates.differences if restates else ())
    for finding in _findings(done):
        tell("!", finding, style="yellow")
    click.echo()


def _said(publication: Publication, rehearsal: bool) -> str:
    said = _WORDS[publication.step]
    if publication.step is Step.DRAFT and publication.deliverable.is_draft:
        said = f"not over before {publication.deliverable.frame.period.last}, so {said}"
    return f"would be {said}" if rehearsal and publication.changes else said


def _facts(publication: Publication) -> Iterator[tuple[str, str]]:
    yield "Page", publication.page
    if publication.manifest is None:
        return
    manifest = publication.manifest
    yield "Files", publication.files
    yield "Frozen", f"as known at {utc(manifest.as_of)}, SHA-256 {manifest.sha256}"
    if publication.rejudged:
        named = ", ".join(publication.rejudged)
        yield "Beside", f"judged by other {named} today, with the same figures"
    yield from (("Beside", remark) for remark in publication.remarks)


def _print_differences(differences: tuple[Changed, ...]) -> None:
    drawn = table("What changed", ">Before", ">Now")
    for one in differences[:_DIFFERENCES]:
        drawn.add_row(
            words(" / ".join(one.path)), words(_shown(one.before)), words(_shown(one.after))
        )
    console().print(drawn)
    more = len(differences) - _DIFFERENCES
    if more > 0:
        click.echo(f"and {counted(more, 'more difference')}, named in the manifest")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(part)}" for key, part in value.items())
    return "–" if value is None else str(value)


def _findings(done: Published) -> Iterator[str]:
    yield from (f"still missing: {gap}" for gap in done.publication.deliverable.gaps)
    yield from done.plan.findings
    for outcome in done.applied.outcomes:
        if outcome.result not in (Result.APPLIED, Result.SKIPPED, Result.WAITING):
            yield f"{outcome.result}: {outcome.message}"
    waiting = done.applied.count(Result.WAITING)
    if waiting:
        yield f"waiting for that: {counted(waiting, 'other change')}"


def publication_data(done: Published) -> dict[str, Any]:
    """One contract's publication as JSON-ready data; the keys are stable."""
    publication, manifest = done.publication, done.publication.manifest
    restates = manifest.restates if manifest else None
    return {
        "contract": publication.contract.name,
        "quarter": str(publication.quarter),
        "step": str(publication.step),
        "restatement": manifest.restatement if manifest else None,
        "page": publication.page,
        "files": publication.files,
        "as_of": utc(publication.deliverable.frame.as_of),
        "frozen": utc(manifest.as_of) if manifest else None,
        "sha256": manifest.sha256 if manifest else None,
        "differences": [one.model_dump(mode="json") for one in restates.differences]
        if restates and publication.step is Step.RESTATED
        else [],
        "judged_by_other": list(publication.rejudged),
        "remarks": list(publication.remarks),
        "gaps": list(publication.deliverable.gaps),
        "changes": plan_json(done.plan)["changes"],
        "results": {str(result): done.applied.count(result) for result in Result},
        "findings": list(_findings(done)),
        "stopped_by": str(done.applied.stopped_by) if done.applied.stopped_by else None,
    }
