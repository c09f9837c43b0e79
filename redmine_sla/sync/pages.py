"""The wiki pages as the run last saw them, so that an unchanged run asks for none of them.

A page that people edit in between is seen at the next slow beat, or when the run has something new
to say and Redmine answers that the page is no longer the one it knew.
"""

from __future__ import annotations

import json

from redmine_sla.mirror import Mirror
from redmine_sla.plan import PageNow, Place, SaveWikiPage
from redmine_sla.sync.ports import RedmineReader


class PageMemory:
    """Reads wiki pages, and remembers them in the mirror. Losing the memory costs a read each."""

    def __init__(self, reader: RedmineReader, mirror: Mirror) -> None:
        self.reader = reader
        self._mirror = mirror

    def now(self, place: Place) -> PageNow | None:
        """The page as it stands; `None` where there is none yet."""
        key = _key(place.project.id, place.title)
        with self._mirror.reading() as view:
            remembered = view.recorded(key)
        if remembered:
            return PageNow(**json.loads(remembered))
        row = self.reader.wiki_page(place.project.id, place.title)
        if row is None:
            return None
        page = PageNow(text=row["text"], version=row["version"])
        with self._mirror.writing() as batch:
            batch.record(key, json.dumps({"text": page.text, "version": page.version}))
        return page

    def forget(self, change: SaveWikiPage) -> None:
        """After a page was saved, or was found to be another than remembered."""
        with self._mirror.writing() as batch:
            batch.record(_key(change.project, change.title), "")

    def forget_all(self) -> None:
        """At the slow beat: people may have edited any page."""
        with self._mirror.writing() as batch:
            batch.erase(_PREFIX)


_PREFIX = "wiki page "


def _key(project: int, title: str) -> str:
    return f"{_PREFIX}{project} {title}"
