"""Desired against actual for one contract's quarter: which edition should stand, what is missing.

Nothing is published twice and nothing is replaced. The manifest goes up before the files it names,
and is the commitment to them. A run that was cut short is completed by the next one, which prints
the same edition again as of the manifest's instant. Where the past has changed meanwhile so that
the same bytes cannot be made any more, a restatement follows and the stump stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Quarter as Promised
from redmine_sla.errors import SlaError
from redmine_sla.page import page_title, render
from redmine_sla.plan import (
    Attachment,
    Change,
    CreateVersion,
    PageNow,
    Place,
    PublishFile,
    SaveWikiPage,
    page_change,
)
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.differences import differences
from redmine_sla.quarter.draft_page import draft_page
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.freezing import is_published, published_digest, published_page
from redmine_sla.quarter.judged_by import changed_parts
from redmine_sla.quarter.manifest import MEDIA_TYPE, Manifest, plain
from redmine_sla.sync.ports import RedmineReader
from redmine_sla.sync.quarterly.edition_made import EditionMade, Workshop
from redmine_sla.sync.quarterly.request import Asked, Office, key_field, sign_off_request
from redmine_sla.sync.quarterly.shelf import Shelf, Stacks, Standing, version_of

Assembler = Callable[[Contract, Quarter, datetime], Deliverable]
"""Puts a contract's quarter together as known at an instant."""


class Step(StrEnum):
    """What a run finds has to be done for a quarter."""

    NEW = "published"
    RESTATED = "restated"
    COMPLETED = "completed"
    UNCHANGED = "unchanged"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One contract's quarter: the step to be taken, and the changes in Redmine that take it.

    `manifest` is that of the edition that stands afterwards (`None` for a draft), `findings` are
    for people, `rejudged` names what it was judged by that has changed without changing a figure.
    """

    contract: Contract
    quarter: Quarter
    step: Step
    deliverable: Deliverable
    page: str
    files: str
    manifest: Manifest | None = None
    changes: tuple[Change, ...] = ()
    findings: tuple[str, ...] = ()
    rejudged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """Where one contract's quarters are handed over, at the instant `now`.

    `place` is the contract's wiki page.
    """

    reader: RedmineReader
    contract: Contract
    promised: Promised
    office: Office
    place: Place
    workshop: Workshop
    assemble: Assembler
    now: datetime

    def publication(self, quarter: Quarter, as_of: datetime) -> Publication:
        """What has to be done so that the quarter as known at the instant stands published.

        A quarter that is not over is only drafted. Raises `QuarterError` where the contract does
        not cover it, `ManifestError` for files in the way, `RedmineError`, `SlaError`.
        """
        deliverable = self.assemble(self.contract, quarter, as_of)
        if deliverable.is_draft:
            return self.draft(quarter, as_of)
        stacks = Stacks(self.reader, self.office.project.id)
        shelf = stacks.shelf(self.contract, quarter, self.promised)
        latest = shelf.latest
        if latest is None:
            publication = self._of(Step.NEW, self.workshop.original(deliverable), shelf)
            return replace(
                publication, findings=(*publication.findings, *self._lateness(deliverable))
            )
        if not differences(latest.manifest.figures, plain(deliverable.figures)):
            return self._as_it_stands(latest, deliverable, shelf, as_of)
        return self._restated(latest, deliverable, shelf, as_of)

    def draft(self, quarter: Quarter, as_of: datetime) -> Publication:
        """The page alone, marked as a draft; the page of a frozen quarter is left alone."""
        deliverable = self.assemble(self.contract, quarter, as_of)
        place = self._page_of(Edition(self.contract.name, quarter))
        now = self._page_now(place)
        frozen = now is not None and is_published(now.text)
        change = page_change(
            draft_page(deliverable),
            place,
            now,
            contract=self.contract,
            desk=self.office.desk,
            as_of=as_of,
        )
        return Publication(
            contract=self.contract,
            quarter=quarter,
            step=Step.DRAFT,
            deliverable=deliverable,
            page=self._address(place),
            files=self.office.files_address,
            changes=(change,) if change else (),
            findings=(f"{self.contract.name} {quarter}: published already, so no draft of it",)
            if frozen
            else (),
        )

    def files(self, quarter: Quarter, as_of: datetime) -> tuple[Attachment, ...]:
        """The files of the quarter as known at the instant, the manifest last; of one that is not
        over, without a manifest and named as a draft. Redmine's Files are not asked.
        """
        deliverable = self.assemble(self.contract, quarter, as_of)
        if deliverable.is_draft:
            return self.workshop.draft(deliverable).files
        made = self.workshop.original(deliverable)
        return (*made.printed.files, _manifest_file(made))

    def _as_it_stands(
        self, latest: Standing, deliverable: Deliverable, shelf: Shelf, as_of: datetime
    ) -> Publication:
        """The figures are those published. What is missing of the edition comes to stand."""
        if self._is_whole(latest):
            return self._unchanged(latest.manifest, deliverable)
        manifest = latest.manifest
        made = self.workshop.again(
            self.assemble(self.contract, deliverable.quarter, manifest.as_of), manifest
        )
        printed = {(file.filename, file.sha256) for file in made.printed.files}
        if any((file.filename, file.sha256) not in printed for file in latest.missing):
            return self._restated(latest, deliverable, shelf, as_of)
        return self._of(Step.COMPLETED, made, shelf)

    def _lateness(self, deliverable: Deliverable) -> Iterator[str]:
        """What is said of a handover after the day that the contract promises."""
        frame, promised = deliverable.frame, self.promised.due_after
        if promised is None:
            return
        terms = frame.terms
        due = promised.due(
            terms.calendar_for(),
            frame.period.end,
            day_rule=terms.day_rule,
            calendar_day_rule=terms.calendar_day_rule,
        )
        if due is not None and due < self.now:
            yield (
                f"{self.contract.name} {deliverable.quarter}: handed over late, promised until "
                f"{due.astimezone(frame.period.zone):%Y-%m-%d %H:%M} ({self.promised.clause})"
            )

    def _is_whole(self, standing: Standing) -> bool:
        """Whether files, page and sign-off ticket of the edition are all there."""
        now = self._page_now(self._page_of(standing.edition))
        field = key_field(self.office)
        asked = self.promised.sign_off_by is not None and field is not None
        return (
            not standing.missing
            and now is not None
            and published_digest(now.text) == standing.manifest.sha256
            and (not asked or bool(self.reader.tickets_with(field or 0, standing.edition.key)))
        )

    def _unchanged(self, manifest: Manifest, deliverable: Deliverable) -> Publication:
        return Publication(
            contract=self.contract,
            quarter=deliverable.quarter,
            step=Step.UNCHANGED,
            deliverable=deliverable,
            page=self._address(self._page_of(manifest.edition)),
            files=self.office.files_address,
            manifest=manifest,
            rejudged=changed_parts(manifest.judged_by, self.workshop.judged_by(deliverable)),
        )

    def _restated(
        self, latest: Standing, deliverable: Deliverable, shelf: Shelf, as_of: datetime
    ) -> Publication:
        if as_of < latest.manifest.as_of:
            raise SlaError(
                f"{latest.edition} was published as known at {latest.manifest.as_of}; as of "
                f"{as_of} it would say something else",
                hint="a restatement can only know more: leave --as-of out, or write into a folder "
                "with --output",
            )
        made = self.workshop.restatement(deliverable, latest.manifest)
        publication = self._of(Step.RESTATED, made, shelf)
        missing = [file.filename for file in latest.missing]
        if not missing:
            return publication
        stump = (
            f"{latest.edition}: cut short, and its past has changed since: {', '.join(missing)} "
            "cannot be made any more and stays missing; the restatement is whole"
        )
        return replace(publication, findings=(*publication.findings, stump))

    def _of(self, step: Step, made: EditionMade, shelf: Shelf) -> Publication:
        edition, findings = made.manifest.edition, list[str]()
        place = self._page_of(edition)
        return Publication(
            contract=self.contract,
            quarter=edition.quarter,
            step=step,
            deliverable=made.deliverable,
            page=self._address(place),
            files=self.office.files_address,
            manifest=made.manifest,
            changes=(
                *self._version(made, shelf),
                *self._files(made, shelf),
                *self._page(made, place, findings),
                *self._request(made, place, shelf, findings),
            ),
            findings=tuple(findings),
        )

    def _version(self, made: EditionMade, shelf: Shelf) -> Iterator[Change]:
        if shelf.version is None:
            yield CreateVersion(
                project=self.office.project.id,
                where=self.office.project.identifier,
                name=self._version_name(made),
                due=made.manifest.last,
                contract=self.contract.name,
                why="the quarter is handed over",
                deliverable=str(made.manifest.edition),
            )

    def _files(self, made: EditionMade, shelf: Shelf) -> Iterator[Change]:
        """The manifest first: it says which bytes the others have."""
        standing = {one.edition: one for one in shelf.editions}.get(made.manifest.edition)
        if standing is None:
            yield self._file(made, _manifest_file(made))
            wanted = {file.filename for file in made.manifest.files}
        else:
            wanted = {file.filename for file in standing.missing}
        for file in made.printed.files:
            if file.filename in wanted:
                yield self._file(made, file)

    def _file(self, made: EditionMade, file: Attachment) -> PublishFile:
        return PublishFile(
            project=self.office.project.id,
            where=self.office.project.identifier,
            version_name=self._version_name(made),
            filename=file.filename,
            content=file.content,
            content_type=file.content_type,
            description=file.description,
            contract=self.contract.name,
            why="part of the quarter's publication",
            deliverable=str(made.manifest.edition),
        )

    def _page(self, made: EditionMade, place: Place, findings: list[str]) -> Iterator[Change]:
        manifest, now = made.manifest, self._page_now(place)
        stands = published_digest(now.text) if now else None
        if stands == manifest.sha256:
            return
        if stands is not None:
            findings.append(
                f'wiki page "{place.title}" in {place.project.identifier} is the frozen page of '
                "another publication and stays as it is: write {contract} into wiki_page in "
                "sla.toml"
            )
            return
        tongue = made.deliverable.frame.tongue
        page = published_page(made.page, manifest, self.office.files_address, tongue)
        yield SaveWikiPage(
            project=place.project.id,
            where=place.project.identifier,
            title=place.title,
            contract=self.contract.name,
            before=now.text if now else None,
            after=render(page, self.office.desk.surfaces.wiki_markup),
            version=now.version if now else None,
            why=f"{manifest.edition} published",
            attachments=made.printed.pictures,
            deliverable=str(manifest.edition),
        )

    def _request(
        self, made: EditionMade, place: Place, shelf: Shelf, findings: list[str]
    ) -> Iterator[Change]:
        if self.promised.sign_off_by is None:
            return
        takes_tickets = shelf.version is None or shelf.version.get("status") == "open"
        asked = Asked(
            promised=self.promised,
            deliverable=made.deliverable,
            manifest=made.manifest,
            page=place,
            version=self._version_name(made) if takes_tickets else "",
        )
        request, said = sign_off_request(asked, self.office, self.now)
        if request is None:
            findings.extend(said)
        elif not self.reader.tickets_with(request.key_field, request.key):
            findings.extend(said)
            yield request

    def _version_name(self, made: EditionMade) -> str:
        return version_of(self.promised, made.manifest.edition.quarter)

    def _page_of(self, edition: Edition) -> Place:
        return Place(self.place.project, page_title(edition.page_of(self.place.title)))

    def _page_now(self, place: Place) -> PageNow | None:
        row = self.reader.wiki_page(place.project.id, place.title)
        return PageNow(text=row["text"], version=row["version"]) if row else None

    def _address(self, place: Place) -> str:
        title = quote(place.title.replace(" ", "_"))
        return f"{self.office.desk.redmine.url}/projects/{place.project.identifier}/wiki/{title}"


def _manifest_file(made: EditionMade) -> Attachment:
    manifest = made.manifest
    title = made.deliverable.frame.tongue.say("Manifest: figures and digests")
    return Attachment(manifest.edition.manifest_name, manifest.content, MEDIA_TYPE, title)
