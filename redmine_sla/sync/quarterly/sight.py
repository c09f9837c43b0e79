"""What the key must see before figures are stated: Redmine leaves out in silence what it may not
show, and what is left out would stand as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redmine_sla.contract import Contract
from redmine_sla.sync.failures import Forbidden
from redmine_sla.sync.ports import RedmineReader
from redmine_sla.ticket import Project

_HISTORIES = (("view_issues", "View issues"), ("view_private_notes", "View private notes"))


def unseen(contract: Contract, projects: Iterable[Project], reader: RedmineReader) -> Iterator[str]:
    """What is known to be missing, as the rights and modules to give. A right that cannot be known
    is the doctor's matter, and so is a module of a project that the contract does not name: one
    below may be for documents alone. Raises `RedmineError`.
    """
    for project in projects:
        for permission, shown in _HISTORIES:
            if reader.may(project.id, permission) is False:
                yield f'the right "{shown}" in project {project.identifier}'
        if contract.counts_hours and not _sees_hours(project, reader):
            yield f'the right "View spent time" in project {project.identifier}'
        if project.identifier in contract.projects:
            yield from _switched_off(contract, project, reader)


def _sees_hours(project: Project, reader: RedmineReader) -> bool:
    """Where its right is not known, the key may still be refused."""
    try:
        reader.time_entry_count(spent_from=None, projects=[project.id])
    except Forbidden:
        return False
    return reader.may(project.id, "view_time_entries") is not False


def _switched_off(contract: Contract, project: Project, reader: RedmineReader) -> Iterator[str]:
    modules = reader.modules(project.id)
    if "issue_tracking" not in modules:
        yield f'the module "Issue tracking" of project {project.identifier}'
    if contract.counts_hours and "time_tracking" not in modules:
        yield f'the module "Time tracking" of project {project.identifier}'
