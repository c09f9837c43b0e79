"""Wiki pages: their titles, where they went, and writing without overwriting anybody."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote, urlsplit

from redminelib import Redmine as PythonRedmine

from redmine_sla.connectors.redmine.asking import object_of
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.sync.failures import Conflict, Exchange, NotFound, Redirected
from redmine_sla.sync.ports import Row

FIRST_VERSION = 1


class Wiki:
    """The pages of all projects. Writing is for whoever holds the writer's lock."""

    def __init__(self, identity: Identity, redmine: PythonRedmine) -> None:
        self._identity = identity
        self._redmine = redmine

    def page(self, project: int, title: str) -> Row | None:
        """The page with text and version; `None` where there is none. A renamed one is found."""
        path = page_path(project, title)
        try:
            return self._read(path)
        except NotFound:
            return None
        except Redirected as error:
            renamed = _new_title(error.target, self._redmine.url)
            if renamed is None:
                raise
            return self._read(page_path(project, renamed))

    def create(self, project: int, title: str, text: str, *, comment: str) -> None:
        """A new page. Raises `Conflict` where one stands.

        python-redmine overwrites it and then complains, so it is looked for first; one that comes
        up in between is safe from its second version on.
        """
        if self.page(project, title) is not None:
            raise Conflict(
                "a page of that name stands already",
                exchange=Exchange("PUT", page_path(project, title)),
                hint="run again: it is read anew and written on top",
            )
        content = _content(project, text, comment, FIRST_VERSION)
        self._redmine.wiki_page.create(title=wiki_title(title), **content)

    def replace(self, project: int, title: str, text: str, *, comment: str, version: int) -> None:
        """The next version. Raises `Conflict` where `version` is not the latest any more."""
        content = _content(project, text, comment, version)
        self._redmine.wiki_page.update(wiki_title(title), **content)

    def _read(self, path: str) -> Row:
        return object_of(self._identity.ask(path), "wiki_page", path)


def wiki_title(title: str) -> str:
    """A title as Redmine keeps it: `_` for blanks, without `,./?;|:`, the first letter large."""
    plain = "_".join("".join(c for c in title if c not in ",./?;|:").split())
    return plain[:1].upper() + plain[1:]


def page_path(project: int, title: str) -> str:
    return f"/projects/{project}/wiki/{quote(wiki_title(title))}.json"


def _content(project: int, text: str, comment: str, version: int) -> dict[str, Any]:
    return {"project_id": project, "text": text, "comments": comment, "version": version}


def _new_title(target: str, base: str) -> str | None:
    """The title in the address of the renamed page that Redmine sends to, a page for people.

    Only the title is taken from it: the page is then asked for where Redmine is configured to be.
    """
    path = urlsplit(target).path
    place, _, title = path.rpartition("/")
    within = path.startswith(urlsplit(base).path + "/projects/") and place.endswith("/wiki")
    return unquote(title) if within and not title.endswith(".json") else None
