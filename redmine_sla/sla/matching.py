"""Which contract a ticket belongs to: by the project it was reported in, and the selectors of
contracts that share one.

A ticket keeps the contract of its report when it moves to another project.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    track = timeline.track(Attribute.PROJECT)
    reported_in = track.first.value or ""
    for project in [reported_in, *_ancestors(reported_in, above)]:
        for contract in contracts:
            named = project in contract.projects
            reached = project == reported_in or contract.subprojects
            in_force = contract.covers(contract.day_of(timeline.reported))
            if named and reached and in_force and _is_selected(timeline, contract, glossary):
                moved = track.now.value if track.now.value != reported_in else ""
                return Match(contract, moved or "")
    return None


def _ancestors(project: str, above: ProjectTree) -> list[str]:
    line: list[str] = []
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
