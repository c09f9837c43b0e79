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

from redmine_sla.contract import Contract
from redmine_sla.errors import SlaError
from redmine_sla.plan import Attachment, Change, Place, page_change
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.compared import is_comparable, restated_figures
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.draft_page import draft_page
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.freezing import is_published
from redmine_sla.quarter.judged_by import changed_parts
from redmine_sla.quarter.manifest import Manifest, plain
from redmine_sla.quarter.section import FIGURES_VERSION
from redmine_sla.sync.quarterly.edition_changes import EditionChanges, Places, manifest_file
from redmine_sla.sync.quarterly.edition_made import EditionMade, Workshop
from redmine_sla.sync.quarterly.late_edits import LateEdits
from redmine_sla.sync.quarterly.shelf import PublishedEdition, Shelf, Stacks

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
    for people, `rejudged` names what it was judged by that has changed without changing a figure,
    and `remarks` say who on record holds other roles today: nothing is left to do about either.
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
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterPublisher:
    """Where one contract's quarters are handed over, at the instant `now`."""

    places: Places
    workshop: Workshop
    assemble: Assembler
    edits: LateEdits
    now: datetime

    @property
    def contract(self) -> Contract:
        return self.places.contract

    def publication(self, quarter: Quarter, as_of: datetime) -> Publication:
        """What has to be done so that the quarter as known at the instant stands published.

        A quarter that is not over is only drafted. Raises `QuarterError` where the contract does
        not cover it, `ManifestError` for files in the way, `RedmineError`, and `SlaError` for an
        instant to come.
        """
        deliverable = self._assembled(quarter, as_of)
        if deliverable.is_draft:
            return self._drafted(deliverable)
        stacks = Stacks(self.places.reader, self.places.office.project.id)
        shelf = stacks.shelf(self.contract, quarter, self.places.promised)
        publication = self._compared(deliverable, shelf)
        late = self.edits.findings(quarter, as_of)
        return replace(publication, findings=(*publication.findings, *shelf.findings, *late))

    def draft(self, quarter: Quarter, as_of: datetime) -> Publication:
        """The page alone, marked as a draft; the page of a frozen quarter is left alone."""
        return self._drafted(self._assembled(quarter, as_of))

    def files(self, quarter: Quarter, as_of: datetime) -> tuple[Attachment, ...]:
        """The files of the quarter as known at the instant, the manifest last; of one that is not
        over, without a manifest and named as a draft. Nothing is asked of what stands published.
        """
        deliverable = self._assembled(quarter, as_of)
        if deliverable.is_draft:
            return self.workshop.draft(deliverable).files
        made = self.workshop.original(deliverable)
        return (*made.printed.files, manifest_file(made))

    def _assembled(self, quarter: Quarter, as_of: datetime) -> Deliverable:
        if as_of > self.now:
            raise SlaError(
                f"{self.contract.name} {quarter}: {as_of:%Y-%m-%dT%H:%MZ} is still to come, and "
                "nobody knows yet what will have happened by then",
                hint="leave --as-of out, or give an instant that has passed",
            )
        return self.assemble(self.contract, quarter, as_of)

    def _drafted(self, deliverable: Deliverable) -> Publication:
        quarter = deliverable.quarter
        place = self.places.page_of(Edition(self.contract.name, quarter))
        now = self.places.page_now(place)
        frozen = now is not None and is_published(now.text)
        change = page_change(
            draft_page(deliverable),
            place,
            now,
            contract=self.contract,
            desk=self.places.office.desk,
            as_of=deliverable.frame.as_of,
        )
        return self._publication(
            Step.DRAFT,
            deliverable,
            place,
            changes=(change,) if change else (),
            findings=(f"{self.contract.name} {quarter}: published already, so no draft of it",)
            if frozen
            else (),
        )

    def _compared(self, deliverable: Deliverable, shelf: Shelf) -> Publication:
        """Nothing stands, or the same figures, or others."""
        latest = shelf.latest
        if latest is None:
            new = self._of(Step.NEW, self.workshop.original(deliverable), shelf)
            return replace(new, findings=(*new.findings, *self._lateness(deliverable)))
        if not is_comparable(latest.manifest):
            return self._of_another_release(latest, deliverable)
        if restated_figures(latest.manifest, plain(deliverable.figures)):
            publication = self._restated(latest, deliverable, shelf)
        else:
            publication = self._as_it_stands(latest, deliverable, shelf)
        remarks = tuple(self.workshop.staff.remarks(latest.manifest))
        if publication.step is Step.RESTATED:
            return replace(publication, findings=(*publication.findings, *remarks))
        return replace(publication, remarks=remarks)

    def _as_it_stands(
        self, latest: PublishedEdition, deliverable: Deliverable, shelf: Shelf
    ) -> Publication:
        """The figures are those published. What is missing of the edition comes to stand."""
        manifest = latest.manifest
        if self.places.holds(latest):
            return self._publication(
                Step.UNCHANGED,
                deliverable,
                self.places.page_of(latest.edition),
                manifest=manifest,
                rejudged=changed_parts(
                    manifest.judged_by, self.workshop.judged_by(deliverable, manifest)
                ),
            )
        then = self.assemble(self.contract, deliverable.quarter, manifest.as_of)
        made = self.workshop.again(then, manifest)
        printed = {(file.filename, file.sha256) for file in made.printed.files}
        if any((file.filename, file.sha256) not in printed for file in latest.missing):
            return self._restated(latest, deliverable, shelf)
        completed = self._of(Step.COMPLETED, made, shelf)
        return completed if completed.changes else replace(completed, step=Step.UNCHANGED)

    def _of_another_release(
        self, latest: PublishedEdition, deliverable: Deliverable
    ) -> Publication:
        """Nothing can be said of its figures, and nothing of it be printed again."""
        age = "an older" if latest.manifest.figures_version < FIGURES_VERSION else "a newer"
        findings = [
            f"{latest.edition}: published by {age} release of redmine-sla, whose figures cannot be "
            "compared; it stands as published"
        ]
        if not self.places.holds(latest):
            findings.append(
                f"{latest.edition}: something of it is not there, in Files, in the wiki or among "
                f"the tickets: run {latest.manifest.release} once, which can print it again"
            )
        return self._publication(
            Step.UNCHANGED,
            deliverable,
            self.places.page_of(latest.edition),
            manifest=latest.manifest,
            findings=tuple(findings),
        )

    def _lateness(self, deliverable: Deliverable) -> Iterator[str]:
        """What is said of a handover after the day that the contract promises."""
        frame, promised = deliverable.frame, self.places.promised
        if promised.due_after is None:
            return
        terms = frame.terms
        due = promised.due_after.due(
            terms.calendar_for(),
            frame.period.end,
            day_rule=terms.day_rule,
            calendar_day_rule=terms.calendar_day_rule,
        )
        if due is not None and due < self.now:
            yield (
                f"{self.contract.name} {deliverable.quarter}: handed over late, promised until "
                f"{due.astimezone(frame.period.zone):%Y-%m-%d %H:%M} ({promised.clause})"
            )

    def _restated(
        self, latest: PublishedEdition, deliverable: Deliverable, shelf: Shelf
    ) -> Publication:
        as_of = deliverable.frame.as_of
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
        wanted = EditionChanges(self.places, made, shelf, self.now)
        changes = wanted.all()
        return self._publication(
            step,
            made.deliverable,
            self.places.page_of(made.manifest.edition),
            manifest=made.manifest,
            changes=changes,
            findings=tuple(wanted.findings),
        )

    def _publication(
        self,
        step: Step,
        deliverable: Deliverable,
        place: Place,
        *,
        manifest: Manifest | None = None,
        changes: tuple[Change, ...] = (),
        findings: tuple[str, ...] = (),
        rejudged: tuple[str, ...] = (),
    ) -> Publication:
        return Publication(
            contract=self.contract,
            quarter=deliverable.quarter,
            step=step,
            deliverable=deliverable,
            page=self.places.address(place),
            files=self.places.office.files_address,
            manifest=manifest,
            changes=changes,
            findings=findings,
            rejudged=rejudged,
        )
