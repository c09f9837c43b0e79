"""What the key must see before figures are frozen: Redmine leaves out in silence what it may not
show, and what is left out would stand as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redmine_sla.contract import Contract
from redmine_sla.sync.doctor.projects import counts_hours
from redmine_sla.sync.failures import Forbidden
from redmine_sla.sync.ports import RedmineReader
from redmine_sla.ticket import Project

_HISTORIES = (("view_issues", "View issues"), ("view_private_notes", "View private notes"))


def unseen(contract: Contract, projects: Iterable[Project], reader: RedmineReader) -> Iterator[str]:
    """What is known to be missing, as the rights and modules to give. A right that cannot be known
    is the doctor's matter. Raises `RedmineError`.
    """
    for project in projects:
        for permission, shown in _HISTORIES:
            if reader.may(project.id, permission) is False:
                yield f'the right "{shown}" in project {project.identifier}'
        if counts_hours(contract):
            yield from _hours_unseen(project, reader)


def _hours_unseen(project: Project, reader: RedmineReader) -> Iterator[str]:
    if "time_tracking" not in reader.modules(project.id):
        yield f'the module "Time tracking" of project {project.identifier}'
    elif not _sees_hours(project, reader):
        yield f'the right "View spent time" in project {project.identifier}'


def _sees_hours(project: Project, reader: RedmineReader) -> bool:
    """Where its right is not known, the key may still be refused."""
    try:
        reader.time_entry_count(spent_from=None, projects=[project.id])
    except Forbidden:
        return False
    return reader.may(project.id, "view_time_entries") is not False
