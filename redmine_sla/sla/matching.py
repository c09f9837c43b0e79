"""Which contract a ticket belongs to: by the project it was reported in, and the selectors of
contracts that share one.

A ticket keeps the contract of its report when it moves to another project, and its promises stay
with it when another contract follows. Hours and outages are of the contract in whose days they
fall: that is asked of each contract that the ticket fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redmine_sla.contract import Contract
from redmine_sla.contract.checks.together import ProjectTree
from redmine_sla.sla.moments import Glossary
from redmine_sla.ticket import Attribute, Timeline, Track


@dataclass(frozen=True, slots=True)
class Match:
    """The contract found, and the project the ticket has moved to since, if it has."""

    contract: Contract
    moved_to: str = ""


def contract_for(
    timeline: Timeline,
    contracts: Iterable[Contract],
    above: ProjectTree,
    glossary: Glossary,
) -> Match | None:
    """The contract in force that a ticket was reported under; `None` where there is none.

    `above` gives the identifier of the project above each one. Where a project and one above it
    both belong to contracts, the nearer one speaks.
    """
    reported_on = ((each, each.day_of(timeline.reported)) for each in contracts)
    in_force = [each for each, day in reported_on if each.covers(day)]
    return _nearest(timeline, in_force, above, glossary)


def fitting(
    timeline: Timeline, contract: Contract, above: ProjectTree, glossary: Glossary
) -> Match | None:
    """The contract if its projects and selection take the ticket, whenever it is in force; else
    `None`. As no two contracts take a ticket at the same time, hours spent on it in the contract's
    days are the contract's, and so is what an outage took of them.
    """
    return _nearest(timeline, [contract], above, glossary)


def _nearest(
    timeline: Timeline, contracts: Sequence[Contract], above: ProjectTree, glossary: Glossary
) -> Match | None:
    track = timeline.track(Attribute.PROJECT)
    reported_in = track.first.value or ""
    for project in project_line(reported_in, above):
        for contract in contracts:
            named = project in contract.projects
            reached = project == reported_in or contract.subprojects
            if named and reached and _is_selected(timeline, contract, glossary):
                moved = track.now.value if track.now.value != reported_in else ""
                return Match(contract, moved or "")
    return None


def project_line(project: str, above: ProjectTree) -> list[str]:
    """The project, then the one above it, and so on."""
    line = [project]
    while (project := above.get(project) or "") and project not in line:
        line.append(project)
    return line


def _is_selected(timeline: Timeline, contract: Contract, glossary: Glossary) -> bool:
    """Do tracker, category and fields fit the contract's selection?

    The present ones, or the last ones before the ticket moved: Redmine drops its category then.
    """
    project = timeline.track(Attribute.PROJECT)
    left = project.first.end if project.now.value != project.first.value else None

    def value(track: Track | None) -> str | None:
        if track is None:
            return None
        return track.before(left) if left else track.now.value

    select = contract.select
    facts = [
        (select.trackers, value(timeline.track(Attribute.TRACKER))),
        (select.categories, value(timeline.track(Attribute.CATEGORY))),
        *(
            (allowed, value(timeline.field(glossary.field_names.get(role))))
            for role, allowed in select.fields.items()
        ),
    ]
    return all(
        not allowed or (value or "").casefold() in {name.casefold() for name in allowed}
        for allowed, value in facts
    )
