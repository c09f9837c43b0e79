"""What the key must see before figures are frozen: Redmine leaves out in silence what it may not
show, and what is left out would stand as nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from redmine_sla.contract import Contract
from redmine_sla.sync.doctor.projects import counts_hours
from redmine_sla.sync.ports import RedmineReader
from redmine_sla.ticket import Project

_HISTORIES = (("view_issues", "View issues"), ("view_private_notes", "View private notes"))
_HOURS = ("view_time_entries", "View spent time")


def unseen(contract: Contract, projects: Iterable[Project], reader: RedmineReader) -> Iterator[str]:
    """What is known to be missing, as the rights and modules to give. A right that cannot be known
    is the doctor's matter. Raises `RedmineError`.
    """
    hours = counts_hours(contract)
    for project in projects:
        for permission, shown in (*_HISTORIES, *((_HOURS,) if hours else ())):
            if reader.may(project.id, permission) is False:
                yield f'the right "{shown}" in project {project.identifier}'
        if hours and "time_tracking" not in reader.modules(project.id):
            yield f'the module "Time tracking" of project {project.identifier}'
