"""What a quarter's deliverable takes from Redmine's Files and from the quarters before it.

Files that people put under the quarter's version, or uploaded in the quarter, are what was handed
over; those too large for Redmine are named by the contract, with their address and digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.contract.promises.quarterly import Archive, Content
from redmine_sla.language import tongue_for
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.compared import is_comparable
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.reckoning import Reckoning, covered_period
from redmine_sla.quarter.sections.changes import DeliveredFile
from redmine_sla.quarter.service_level_charts import TrendPoint, trend_point
from redmine_sla.sync.failures import Forbidden, NotFound
from redmine_sla.sync.ports import RedmineReader
from redmine_sla.sync.quarterly.assembling import Archives
from redmine_sla.sync.quarterly.people import Recorded
from redmine_sla.sync.quarterly.shelf import PublishedEdition, Shelf, Stacks
from redmine_sla.ticket import Project

QUARTERS_BEFORE = 7
"""How far back the trend goes: with the quarter itself, two years."""


@dataclass(slots=True)
class RedmineArchives:
    """Reads them, for one run. `projects` are Redmine's, by identifier.

    What a quarter took from those before it stands in its manifest and is taken from there: they
    may be published or restated after it.
    """

    reader: RedmineReader
    projects: Mapping[str, Project]
    _stacks: dict[str, Stacks] = field(default_factory=dict)

    def read(
        self,
        contract: Contract,
        quarter: Quarter,
        period: Period,
        *,
        as_of: datetime | None = None,
    ) -> Archives:
        """What they hold; for an edition published as of that instant, what they held then.

        Nothing where the contract promises no deliverable. Raises `ManifestError`,
        `RedmineError`.
        """
        promised = contract.terms_on(period.last).quarter
        project = self.projects.get(contract.projects[0])
        if promised is None or project is None:
            return Archives()
        stacks = self._stacks_of(contract, project)
        shelf = stacks.shelf(contract, quarter, promised)
        earlier = shelf.as_known_at(as_of)
        before = [
            (one, stacks.shelf(contract, one, promised)) for one in _before(contract, quarter)
        ]
        return Archives(
            files=(
                *self._uploaded(stacks, shelf, period, as_of),
                *(_archived(one, quarter, shelf) for one in promised.archive),
            ),
            trend=_recorded(earlier) if earlier else tuple(_points(contract, before)),
            stated=shelf.editions[0].manifest.earlier.stated if shelf.editions else _stated(before),
            people=Recorded.of(shelf.latest.manifest if shelf.latest else None),
        )

    def latest(
        self, contract: Contract, running: Quarter
    ) -> tuple[Quarter, PublishedEdition] | None:
        """The last quarter that was published, as its latest edition has it; `None` if none was,
        or the key may not see files.

        `running` is the quarter of today. Raises `ManifestError`, `QuarterError` where the contract
        no longer covers it, `RedmineError`.
        """
        project = self.projects.get(contract.projects[0])
        if project is None:
            return None
        stacks = self._stacks_of(contract, project)
        try:
            names = {file.filename for file in stacks.files}
        except (Forbidden, NotFound):
            return None
        for quarter in (running, *reversed(_before(contract, running))):
            if Edition(contract.name, quarter).manifest_name not in names:
                continue
            promised = contract.terms_on(covered_period(contract, quarter).last).quarter
            shelf = stacks.shelf(contract, quarter, promised) if promised else Shelf()
            return (quarter, shelf.latest) if shelf.latest else None
        return None

    def _stacks_of(self, contract: Contract, project: Project) -> Stacks:
        return self._stacks.setdefault(contract.name, Stacks(self.reader, project.id))

    def _uploaded(
        self, stacks: Stacks, shelf: Shelf, period: Period, as_of: datetime | None
    ) -> Iterator[DeliveredFile]:
        """What people had put there by that instant, and before the quarter was first published:
        a scan of the signature comes later. Our own files are the report, not what it is about.
        """
        known = [as_of, shelf.editions[0].manifest.as_of if shelf.editions else None]
        until = min(filter(None, known), default=None)
        own, under = self.reader.me()["id"], shelf.version["id"] if shelf.version else None
        names = {row["id"]: row["name"] for row in stacks.versions}
        for file in stacks.files:
            in_period = file.created is not None and period.contains(file.created)
            if file.created is not None and until is not None and file.created > until:
                continue
            if file.author != own and (in_period or (under is not None and file.version == under)):
                yield DeliveredFile(
                    title=file.description or file.filename,
                    address=file.address,
                    sha256=file.digest,
                    size=file.size,
                    version=names.get(file.version or 0, ""),
                )


def _before(contract: Contract, quarter: Quarter) -> list[Quarter]:
    """The quarters before it that the contract covers, oldest first."""
    found: list[Quarter] = []
    reckoning, earlier = Reckoning.of(contract), quarter.previous
    while len(found) < QUARTERS_BEFORE and reckoning.period(earlier).last >= contract.starts:
        found.append(earlier)
        earlier = earlier.previous
    return found[::-1]


def _recorded(edition: PublishedEdition) -> tuple[TrendPoint, ...]:
    return tuple(TrendPoint(one.quarter, one.shares) for one in edition.manifest.earlier.trend)


def _stated(before: list[tuple[Quarter, Shelf]]) -> datetime | None:
    """When the last of them was."""
    editions = before[-1][1].editions if before else ()
    return editions[0].manifest.as_of if editions else None


def _points(contract: Contract, before: list[tuple[Quarter, Shelf]]) -> Iterator[TrendPoint]:
    """One for each published quarter, as its latest edition has it."""
    tongue = tongue_for(contract.language)
    for quarter, shelf in before:
        levels = _figures(shelf, Content.SERVICE_LEVELS)
        if levels:
            yield trend_point(tongue.quarter(quarter.year, quarter.number), levels)


def _figures(shelf: Shelf, content: Content) -> Mapping[str, Any]:
    """Those of a section as published last; none where they have other keys than today's."""
    latest = shelf.latest
    if latest is None or not is_comparable(latest.manifest):
        return {}
    found: Mapping[str, Any] = latest.manifest.figures.get(str(content), {})
    return found


def _archived(one: Archive, quarter: Quarter, shelf: Shelf) -> DeliveredFile:
    """A file by address. One of this machine is read; once published, its digest is on record, and
    the file may be cleared away."""
    address = one.address.replace("{quarter}", str(quarter))
    if "://" in address:
        return DeliveredFile(title=one.title, address=address, required=one.required)
    path = Path(address)
    digest, size = _digest(path) if path.is_file() else _on_record(one, shelf)
    return DeliveredFile(
        title=one.title,
        address=address,
        sha256=digest,
        size=size,
        required=one.required,
        found=bool(digest),
    )


def _digest(path: Path) -> tuple[str, int | None]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _on_record(one: Archive, shelf: Shelf) -> tuple[str, int | None]:
    for row in _figures(shelf, Content.CHANGES).get("files", ()):
        if row["title"] == one.title and row["found"]:
            return row["sha256"], row["size_bytes"]
    return "", None
