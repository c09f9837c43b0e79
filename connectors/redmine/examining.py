"""A gateway that also answers what the doctor asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from redmine_sla.connectors.redmine.asking import Filter, object_of
from redmine_sla.connectors.redmine.gateway import RedmineGateway
from redmine_sla.connectors.redmine.paging import ISSUES
from redmine_sla.sync.failures import Forbidden, NotFound, Refused
from redmine_sla.sync.ports import Row

A_FEW = 25
NO_SUCH_VALUE = "redmine-sla asks whether this filter works"
PARTS_OF_A_PROJECT = "trackers,enabled_modules,issue_custom_fields"


class ExaminedGateway(RedmineGateway):
    """Implements `redmine_sla.sync.doctor.Examined`, with reads alone."""

    def project_details(self, project: int) -> Row:
        path = f"/projects/{project}.json"
        return object_of(
            self._identity.ask(path, [("include", PARTS_OF_A_PROJECT)]), "project", path
        )

    def role(self, role: int) -> Row | None:
        path = f"/roles/{role}.json"
        try:
            return object_of(self._identity.ask(path), "role", path)
        except (Forbidden, NotFound):
            return None

    def newest_issues(self, project: int) -> Sequence[Row]:
        (question,) = ISSUES.where(sort="id:desc").parts([project])
        try:
            return question.ask(self._identity.ask, limit=A_FEW).rows
        except Forbidden:
            return ()

    def working_filters(self, fields: Iterable[int]) -> Mapping[int, bool | None]:
        """Redmine drops a filter it does not know, and answers with all tickets."""
        if not self.issue_count(None):
            return dict.fromkeys(fields)
        return {field: self._filters_by(field) for field in fields}

    def _filters_by(self, field: int) -> bool:
        """Whether nothing has a value that no ticket has. A value refused is a filter known."""
        asked = ISSUES.where(Filter(f"cf_{field}", "=", (NO_SUCH_VALUE,)))
        try:
            return asked.ask(self._identity.ask, limit=1).total == 0
        except Refused:
            return True
