"""An edition made ready: its page, its files in print, and the manifest that freezes both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redmine_sla.contract import Desk
from redmine_sla.contract.promises.quarterly import Quarter as Promised
from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for
from redmine_sla.page import Page, render
from redmine_sla.quarter.compared import edited_time, restated_figures
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.freezing import edition_page, page_digest, published_page
from redmine_sla.quarter.judged_by import judged_by
from redmine_sla.quarter.manifest import (
    Changed,
    Earlier,
    EarlierQuarter,
    Manifest,
    ManifestFile,
    Parties,
    Restates,
    plain,
)
from redmine_sla.sync.quarterly.people import Staff
from redmine_sla.sync.quarterly.printing import Printer, PrintOrder, Prints

INCOMPLETE = "the edition before was cut short, and its past has changed since"
"""Why there is a restatement although no figure differs."""


@dataclass(frozen=True, slots=True)
class EditionMade:
    """`source` is the wiki page: the printed one with the list of files and the mark."""

    deliverable: Deliverable
    manifest: Manifest
    source: str
    printed: Prints


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """Where editions are made. `staff` are the contract's people, `software` versions by name;
    `project` is the identifier of the project whose wiki has the contract's page, and
    `contract_page` that page's title. `files` is the address of the project's Files.
    """

    desk: Desk
    printer: Printer
    promised: Promised
    project: str
    contract_page: str
    files: str
    staff: Staff
    software: Mapping[str, str]

    def original(self, deliverable: Deliverable) -> EditionMade:
        return self._made(deliverable, Edition(_name(deliverable), deliverable.quarter))

    def restatement(self, deliverable: Deliverable, before: Manifest) -> EditionMade:
        """What follows an edition, with every figure that differs from it, and the booked time
        edited since.
        """
        figures = plain(deliverable.figures)
        changed = restated_figures(before, figures)
        edited = edited_time(before, figures) if changed else ()
        restates = Restates(
            manifest=before.edition.manifest_name,
            sha256=before.sha256,
            differences=tuple(
                Changed(path=d.path, before=d.before, after=d.after) for d in (*changed, *edited)
            ),
            reason="" if changed else INCOMPLETE,
        )
        return self._made(deliverable, before.edition.next, restates, before)

    def again(self, deliverable: Deliverable, manifest: Manifest) -> EditionMade:
        """An edition that stands already, as of the instant of its manifest, printed again."""
        page, printed = self._printed(deliverable, manifest.edition, manifest.restates)
        return EditionMade(deliverable, manifest, self._source(page, manifest), printed)

    def _source(self, page: Page, manifest: Manifest) -> str:
        tongue = tongue_for(Language(manifest.contract.language))
        published = published_page(page, manifest, self.files, tongue)
        return render(published, self.desk.surfaces.wiki_markup)

    def _made(
        self,
        deliverable: Deliverable,
        edition: Edition,
        restates: Restates | None = None,
        before: Manifest | None = None,
    ) -> EditionMade:
        page, printed = self._printed(deliverable, edition, restates)
        frame = deliverable.frame
        contract = frame.contract
        manifest = Manifest(
            contract=Parties(
                name=contract.name,
                number=contract.number,
                title=contract.title,
                customer=contract.customer,
                provider=contract.provider,
                currency=contract.currency,
                timezone=contract.timezone,
                language=str(contract.language),
            ),
            quarter=str(edition.quarter),
            restatement=edition.restatement,
            first=frame.period.first,
            last=frame.period.last,
            as_of=frame.as_of,
            figures=plain(deliverable.figures),
            judged_by=self.judged_by(deliverable, before),
            files=tuple(
                ManifestFile(
                    filename=file.filename,
                    title=file.description,
                    size=file.size,
                    sha256=file.sha256,
                )
                for file in printed.files
            ),
            page="0" * 64,
            earlier=_earlier(deliverable),
            restates=restates,
        )
        digest = page_digest(self._source(page, manifest), manifest)
        manifest = manifest.model_copy(update={"page": digest})
        return EditionMade(deliverable, manifest, self._source(page, manifest), printed)

    def _printed(
        self, deliverable: Deliverable, edition: Edition, restates: Restates | None
    ) -> tuple[Page, Prints]:
        before = edition.before
        title = before.page_of(self.contract_page) if before else ""
        page = edition_page(deliverable, edition, restates, title)
        return page, self.printer(
            PrintOrder(
                deliverable=deliverable,
                page=page,
                stem=edition.stem,
                mark=_mark(deliverable, edition),
                project=self.project,
                formats=self.promised.formats,
            )
        )

    def draft(self, deliverable: Deliverable) -> Prints:
        """A quarter that is not over, in files that say so."""
        edition = Edition(_name(deliverable), deliverable.quarter)
        return self.printer(
            PrintOrder(
                deliverable=deliverable,
                page=deliverable.page,
                stem=f"{edition.stem}-draft",
                mark=deliverable.frame.tongue.say("Draft"),
                project=self.project,
                formats=self.promised.formats,
            )
        )

    def judged_by(self, deliverable: Deliverable, before: Manifest | None) -> dict[str, Any]:
        """What it is judged by today, by the people on record in the edition before."""
        frame, people = deliverable.frame, self.staff.people(before)
        found: dict[str, Any] = plain(
            judged_by(
                frame.contract,
                frame.period,
                self.desk,
                people=people.sides,
                held=people.roles,
                bearers=people.bearers,
                named=people.named,
                software=self.software,
            )
        )
        return found


def _earlier(deliverable: Deliverable) -> Earlier:
    return Earlier(
        stated=deliverable.stated,
        trend=tuple(
            EarlierQuarter(quarter=point.quarter, shares=dict(point.shares))
            for point in deliverable.trend
        ),
    )


def _name(deliverable: Deliverable) -> str:
    return deliverable.frame.contract.name


def _mark(deliverable: Deliverable, edition: Edition) -> str:
    tongue = deliverable.frame.tongue
    if not edition.restatement:
        return ""
    return tongue.say("Restatement {number}", number=tongue.number(edition.restatement))
