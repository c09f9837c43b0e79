"""Wiki pages: their titles, where they went, and writing without overwriting anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from redmine_sla.connectors.redmine.asking import object_of
from redmine_sla.connectors.redmine.denials import EDIT_WIKI, VIEW_WIKI, Denials
from redmine_sla.connectors.redmine.engine import RedmineEngine
from redmine_sla.connectors.redmine.files import stored_file
from redmine_sla.connectors.redmine.identity import Identity
from redmine_sla.sync.failures import Conflict, Exchange, Forbidden, NotFound, Redirected
from redmine_sla.sync.ports import Row, StoredFile

FIRST_VERSION = 1

Uploads = Sequence[Mapping[str, Any]]  # as `Files.sent` gives them


class Wiki:
    """The pages of all projects. Writing is for whoever holds the writer's lock."""

    def __init__(self, engine: RedmineEngine, identity: Identity, denials: Denials) -> None:
        self._engine = engine
        self._identity = identity
        self._denials = denials

    def page(self, project: int, title: str) -> Row | None:
        """The page with text, version and attachments; `None` where there is none.

        A renamed one is found.
        """
        try:
            return self._read(page_path(project, title))
        except NotFound:
            return None
        except Forbidden as error:
            raise self._denials.explained(error, project, VIEW_WIKI) from error
        except Redirected as error:
            renamed = _new_title(error.target, self._engine.connection.url)
            if renamed is None:
                raise
            return self._read(page_path(project, renamed))

    def attachments(self, project: int, title: str) -> Sequence[StoredFile]:
        """See the port."""
        row = self.page(project, title)
        found = row.get("attachments", ()) if row else ()
        return sorted(map(stored_file, found), key=lambda file: file.id)

    def create(
        self, project: int, title: str, text: str, *, comment: str, uploads: Uploads = ()
    ) -> None:
        """A new page. Raises `Conflict` where one stands.

        Redmine would overwrite it, so it is looked for first; one that comes up in between is
        safe from its second version on.
        """
        if self.page(project, title) is not None:
            raise Conflict(
                "a page of that name stands already",
                exchange=Exchange("PUT", page_path(project, title)),
                hint="run again: it is read anew and written on top",
            )
        self._put(project, title, _content(text, comment, FIRST_VERSION, uploads))

    def replace(
        self,
        project: int,
        title: str,
        text: str,
        *,
        comment: str,
        version: int,
        uploads: Uploads = (),
    ) -> None:
        """The next version. Raises `Conflict` where `version` is not the latest any more."""
        self._put(project, title, _content(text, comment, version, uploads))

    def _put(self, project: int, title: str, content: Mapping[str, Any]) -> None:
        url = self._engine.connection.url + page_path(project, title)
        try:
            self._engine.request("put", url, data={"wiki_page": content})
        except (Forbidden, NotFound) as error:
            raise self._denials.explained(error, project, EDIT_WIKI) from error

    def _read(self, path: str) -> Row:
        answer = self._identity.ask(path, [("include", "attachments")])
        return object_of(answer, "wiki_page", path)


def wiki_title(title: str) -> str:
    """A title as Redmine keeps it: `_` for blanks, without `,./?;|:`, the first letter large."""
    plain = "_".join("".join(c for c in title if c not in ",./?;|:").split())
    return plain[:1].upper() + plain[1:]


def page_path(project: int, title: str) -> str:
    return f"/projects/{project}/wiki/{quote(wiki_title(title))}.json"


def _content(text: str, comment: str, version: int, uploads: Uploads) -> dict[str, Any]:
    content: dict[str, Any] = {"text": text, "comments": comment, "version": version}
    return content | {"uploads": list(uploads)} if uploads else content


def _new_title(target: str, base: str) -> str | None:
    """The title in the address of the renamed page that Redmine sends to, a page for people.

    Only the title is taken from it: the page is then asked for where Redmine is configured to be.
    """
    path = urlsplit(target).path
    place, _, title = path.rpartition("/")
    within = path.startswith(urlsplit(base).path + "/projects/") and place.endswith("/wiki")
    return unquote(title) if within and not title.endswith(".json") else None
