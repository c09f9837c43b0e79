"""Wiki pages with the files they show, written on top of what stands and never over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from redmine_sla.plan import Attachment, SaveWikiPage
from redmine_sla.plan.stamp import without_stamp
from redmine_sla.quarter.freezing import is_published
from redmine_sla.sync.failures import Conflict
from redmine_sla.sync.outcome import Attempt, Result
from redmine_sla.sync.ports import Row, StoredFile


class WikiDesk(Protocol):
    """What saving pages needs of a Redmine; see `redmine_sla.sync.ports`."""

    def wiki_page(self, project: int, title: str) -> Row | None: ...

    def wiki_attachments(self, project: int, title: str) -> Sequence[StoredFile]: ...

    def download(self, file: StoredFile, *, at_most: int) -> bytes: ...

    def save_wiki_page(
        self,
        project: int,
        title: str,
        text: str,
        *,
        comment: str,
        version: int | None,
        attachments: Sequence[Attachment] = (),
    ) -> None: ...


def page_saved(change: SaveWikiPage, redmine: WikiDesk) -> Attempt:
    """A page that somebody saved in between is read and compared again, and tried once more; but
    never over a quarter that was published in between.

    Raises what Redmine raises, `Conflict` at the second time.
    """
    missing = tuple(missing_attachments(change, redmine))
    try:
        _save(change, redmine, missing)
    except Conflict:
        row = redmine.wiki_page(change.project, change.title)
        says_so = row is not None and without_stamp(row["text"]) == without_stamp(change.after)
        missing = tuple(missing_attachments(change, redmine))
        if row is not None and says_so and not missing:
            return Attempt(change, Result.SKIPPED, "it says so already", row["version"])
        if row is not None and is_published(row["text"]):
            return Attempt(change, Result.SKIPPED, "a frozen quarter stands there", row["version"])
        _save(replace(change, version=row["version"] if row else None), redmine, missing)
    return _with_files(change, redmine)


def missing_attachments(change: SaveWikiPage, redmine: WikiDesk) -> Iterator[Attachment]:
    """Those of the change whose newest namesake on the page has other bytes.

    Redmine tells no digest of them, so one of the same size is fetched and looked at.
    """
    if not change.attachments:
        return
    newest = _newest(redmine.wiki_attachments(change.project, change.title))
    for wanted in change.attachments:
        standing = newest.get(wanted.filename.casefold())
        if standing is None or not _is_same(standing, wanted, redmine):
            yield wanted


def _newest(files: Sequence[StoredFile]) -> dict[str, StoredFile]:
    """By name as Redmine compares names: without regard to case. A page shows the newest."""
    return {file.filename.casefold(): file for file in files}


def _is_same(standing: StoredFile, wanted: Attachment, redmine: WikiDesk) -> bool:
    if standing.size != wanted.size:
        return False
    content = redmine.download(standing, at_most=wanted.size)
    return hashlib.sha256(content).hexdigest() == wanted.sha256


def _save(change: SaveWikiPage, redmine: WikiDesk, attachments: Sequence[Attachment]) -> None:
    redmine.save_wiki_page(
        change.project,
        change.title,
        change.after,
        comment=change.comment,
        version=change.version,
        attachments=attachments,
    )


def _with_files(change: SaveWikiPage, redmine: WikiDesk) -> Attempt:
    """Redmine saves a page also where it could not attach a file."""
    if not change.attachments:
        return Attempt(change, Result.APPLIED)
    newest = _newest(redmine.wiki_attachments(change.project, change.title))
    lost = [
        wanted.filename
        for wanted in change.attachments
        if (standing := newest.get(wanted.filename.casefold())) is None
        or standing.size != wanted.size
    ]
    if lost:
        return Attempt(change, Result.IGNORED, f"the page does not have {', '.join(lost)}")
    return Attempt(change, Result.APPLIED)
