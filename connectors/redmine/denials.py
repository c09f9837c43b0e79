"""Why Redmine says 403, or 404 where the place is there: it gives no reason itself."""

from __future__ import annotations

from dataclasses import dataclass

from redmine_sla.connectors.redmine.asking import object_of
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.sync.failures import Forbidden, NotFound, RedmineError

CLOSED_PROJECT = 5


@dataclass(frozen=True, slots=True)
class Right:
    """What one must be allowed in a project: said as a deed, as Redmine's form names it, and the
    module it belongs to, by Redmine's own name and by the form's."""

    deed: str
    name: str
    module: str
    module_name: str

    @property
    def hint(self) -> str:
        return f'give his role the right "{self.name}"'


EDIT_ISSUES = Right("edit issues", "Edit issues", "issue_tracking", "Issue tracking")
ADD_ISSUES = Right("add issues", "Add issues", "issue_tracking", "Issue tracking")
MANAGE_VERSIONS = Right("make versions", "Manage versions", "", "")  # of no module
VIEW_FILES = Right("see the files", "View files", "files", "Files")
MANAGE_FILES = Right("publish files", "Manage files", "files", "Files")
VIEW_WIKI = Right("read the wiki", "View wiki", "wiki", "Wiki")
EDIT_WIKI = Right("edit wiki pages", "Edit wiki pages", "wiki", "Wiki")


class Denials:
    """Finds the reason of a denial, where one can be seen."""

    def __init__(self, identity: Identity) -> None:
        self._identity = identity

    def explained(self, error: Forbidden | NotFound, project: int, right: Right) -> RedmineError:
        """The same denial with its reason; as it is where the project cannot be read either."""
        path = f"/projects/{project}.json"
        try:
            answer = self._identity.ask(path, [("include", "enabled_modules")])
            row = object_of(answer, "project", path)
        except RedmineError:
            return error
        modules = {module["name"] for module in row.get("enabled_modules", ())}
        name = row["name"]
        if row.get("status") == CLOSED_PROJECT:
            what = f'the project "{name}" is closed'
            hint = "reopen the project, or end the contract so that it is left alone"
        elif right.module and right.module not in modules:
            what = f'the module "{right.module_name}" is switched off in the project "{name}"'
            hint = f'switch it on: project "{name}", Settings, Project'
        elif isinstance(error, NotFound):
            return error
        else:
            what = f'the key\'s user may not {right.deed} in the project "{name}"'
            hint = right.hint
        return type(error)(what, exchange=error.exchange, hint=hint)
