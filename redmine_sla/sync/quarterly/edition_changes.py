"""What must be written so that an edition stands: version, files, wiki page, sign-off ticket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Quarter as Promised
from redmine_sla.page import page_title
from redmine_sla.plan import (
    Attachment,
    Change,
    CreateVersion,
    PageNow,
    Place,
    PublishFile,
    SaveWikiPage,
)
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.freezing import page_digest
from redmine_sla.quarter.manifest import MEDIA_TYPE, Manifest
from redmine_sla.quarter.signed import SignOff
from redmine_sla.sync.ports import RedmineReader
from redmine_sla.sync.quarterly.edition_made import EditionMade
from redmine_sla.sync.quarterly.edition_page import EditionPage
from redmine_sla.sync.quarterly.request import Asked, Office, key_field, sign_off_request
from redmine_sla.sync.quarterly.settled_words import told_replaced
from redmine_sla.sync.quarterly.shelf import PublishedEdition, Shelf, version_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where in Redmine one contract's editions come to stand. `place` is its own wiki page,
    `sign_offs` are how its sign-offs stand.
    """

    reader: RedmineReader
    contract: Contract
    promised: Promised
    office: Office
    place: Place
    sign_offs: tuple[SignOff, ...] = ()

    def page_of(self, edition: Edition) -> Place:
        return Place(self.place.project, page_title(edition.page_of(self.place.title)))

    def page_now(self, place: Place) -> PageNow | None:
        row = self.reader.wiki_page(place.project.id, place.title)
        return PageNow(text=row["text"], version=row["version"]) if row else None

    def edition_page(self, manifest: Manifest, *, stood: bool) -> EditionPage:
        """The edition's page; `stood`: whether it was published before."""
        place = self.page_of(manifest.edition)
        row = self.reader.wiki_page(place.project.id, place.title)
        return EditionPage(manifest, place, row, stood)

    def address(self, place: Place) -> str:
        title = quote(place.title.replace(" ", "_"))
        return f"{self.office.desk.redmine.url}/projects/{place.project.identifier}/wiki/{title}"

    def holds(self, standing: PublishedEdition) -> bool:
        """Whether files, page and sign-off ticket of the edition are all there, as published."""
        field = key_field(self.office)
        asked = self.promised.sign_off_by is not None and field is not None
        return (
            not standing.missing
            and self.edition_page(standing.manifest, stood=True).is_whole
            and (not asked or bool(self.reader.tickets_with(field or 0, _key(standing))))
        )


@dataclass(slots=True)
class EditionChanges:
    """The changes that bring what is missing of an edition, beside what stands of its quarter, at
    the instant `now`. `findings` are what a person must look at, known once the changes are.
    """

    places: Places
    made: EditionMade
    shelf: Shelf
    now: datetime
    findings: list[str] = field(default_factory=list)

    def all(self) -> tuple[Change, ...]:
        page = self.places.edition_page(self.made.manifest, stood=self._standing is not None)
        saved = tuple(self._page(page))
        self.findings += self._signed_otherwise()
        asked = self._request() if saved or page.is_whole else ()
        return (*self._version(), *self._files(), *saved, *asked)

    def _version(self) -> Iterator[Change]:
        if self.shelf.version is None:
            yield CreateVersion(
                project=self.places.office.project.id,
                where=self.places.office.project.identifier,
                name=self._version_name,
                due=self.made.manifest.last,
                contract=self.places.contract.name,
                why="the quarter is handed over",
                deliverable=str(self.made.manifest.edition),
            )

    def _files(self) -> Iterator[Change]:
        """The manifest first: it says which bytes the others have."""
        standing = self._standing
        if standing is None:
            yield self._file(manifest_file(self.made))
            wanted = {file.filename for file in self.made.manifest.files}
        else:
            wanted = {file.filename for file in standing.missing}
        for file in self.made.printed.files:
            if file.filename in wanted:
                yield self._file(file)

    def _file(self, file: Attachment) -> PublishFile:
        return PublishFile(
            project=self.places.office.project.id,
            where=self.places.office.project.identifier,
            version_name=self._version_name,
            filename=file.filename,
            content=file.content,
            content_type=file.content_type,
            description=file.description,
            contract=self.places.contract.name,
            why="part of the quarter's publication",
            deliverable=str(self.made.manifest.edition),
        )

    def _page(self, page: EditionPage) -> Iterator[SaveWikiPage]:
        """Nobody's words are written over, and nothing but what the manifest says is written."""
        manifest, place = self.made.manifest, page.place
        if page.is_whole:
            return
        if not page.is_free:
            self.findings.append(page.finding)
            return
        if page_digest(self.made.source, manifest) != manifest.page:
            self.findings.append(self._printed_otherwise(place))
            return
        yield SaveWikiPage(
            project=place.project.id,
            where=place.project.identifier,
            title=place.title,
            contract=self.places.contract.name,
            before=page.row["text"] if page.row else None,
            after=self.made.source,
            version=page.row["version"] if page.row else None,
            why=f"{manifest.edition} published",
            attachments=self.made.printed.pictures,
            deliverable=str(manifest.edition),
        )

    def _request(self) -> Iterator[Change]:
        if self.places.promised.sign_off_by is None:
            return
        takes_tickets = self.shelf.version is None or self.shelf.version.get("status") == "open"
        asked = Asked(
            promised=self.places.promised,
            deliverable=self.made.deliverable,
            manifest=self.made.manifest,
            page=self._place,
            version=self._version_name if takes_tickets else "",
        )
        request, said = sign_off_request(asked, self.places.office, self.now)
        if request is None:
            self.findings.extend(said)
        elif not self.places.reader.tickets_with(request.key_field, request.key):
            self.findings.extend(said)
            yield request

    def _signed_otherwise(self) -> Iterator[str]:
        """Who signed, or was asked for, other files that stood under these names before."""
        manifest = self.made.manifest
        for one in self.places.sign_offs:
            if one.edition == manifest.edition and one.manifest != manifest.sha256:
                yield told_replaced(one)

    @property
    def _version_name(self) -> str:
        """People may have renamed the version since: the edition before is under it."""
        if self.shelf.version is not None:
            return str(self.shelf.version["name"])
        return version_of(self.places.promised, self.made.manifest.edition.quarter)

    @property
    def _place(self) -> Place:
        return self.places.page_of(self.made.manifest.edition)

    @property
    def _standing(self) -> PublishedEdition | None:
        editions = {one.edition: one for one in self.shelf.editions}
        return editions.get(self.made.manifest.edition)

    def _printed_otherwise(self, place: Place) -> str:
        return (
            f'wiki page "{place.title}" in {place.project.identifier} is gone, and today it would '
            f"be worded otherwise than it was: run {self.made.manifest.release} once with the "
            "contract of then, which can write it again; the files in Redmine's Files stand"
        )


def _key(standing: PublishedEdition) -> str:
    return standing.edition.key(standing.manifest.sha256)


def manifest_file(made: EditionMade) -> Attachment:
    """The manifest as it is published."""
    manifest = made.manifest
    title = made.deliverable.frame.tongue.say("Manifest: figures and digests")
    return Attachment(manifest.edition.manifest_name, manifest.content, MEDIA_TYPE, title)
