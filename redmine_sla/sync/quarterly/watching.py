"""Whether the latest published quarter of each contract still says what it said: looked at by the
run, once a day. Nothing is written; a person restates it with `redmine-sla quarter`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from redmine_sla.contract import Contract
from redmine_sla.contract.findings import listed
from redmine_sla.errors import SlaError
from redmine_sla.mirror import Mirror
from redmine_sla.page import page_title
from redmine_sla.plan import Place, place_of
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.compared import is_comparable, restated_figures
from redmine_sla.quarter.differences import Difference
from redmine_sla.quarter.manifest import Manifest, ManifestError, plain
from redmine_sla.quarter.quarter import QuarterError
from redmine_sla.quarter.reckoning import Reckoning
from redmine_sla.sync.failures import Forbidden, NotFound, WrongAnswer
from redmine_sla.sync.ports import RedmineReader
from redmine_sla.sync.quarterly.archives import RedmineArchives
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.quarterly.edition_page import EditionPage
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket.reading import ReadingError

_NAMED = 3
"""Differences named in a finding; the command shows all of them."""


@dataclass(slots=True)
class PublishedQuarters:
    """Compares them with what Redmine says at the instant. A ticket that cannot be read is left
    out and told.
    """

    bench: Workbench
    mirror: Mirror
    reader: RedmineReader
    as_of: datetime
    _unread: list[str] = field(default_factory=list)

    def findings(self) -> Iterator[str]:
        """What a person must look at; what cannot be read of one contract is told, and the others
        go on. Raises `CalendarError`, `MirrorError`, `RedmineError` where Redmine is not to be had.
        """
        projects = {project.identifier: project for project in self.bench.words.projects.values()}
        archives = RedmineArchives(self.reader, projects)
        for contract in self.bench.contracts:
            try:
                yield from self._of(contract, archives)
            except (Forbidden, NotFound, WrongAnswer, ManifestError, QuarterError) as error:
                yield f"{contract.name}, published quarters: {_told(error)}"
        yield from self._unread

    def _of(self, contract: Contract, archives: RedmineArchives) -> Iterator[str]:
        latest = archives.latest(contract, self._running(contract))
        if latest is None:
            return
        quarter, published = latest
        manifest = published.manifest
        step = f"`redmine-sla quarter {quarter} --contract {contract.name}`"
        if published.missing:
            names = listed(one.filename for one in published.missing)
            yield f"{manifest.edition}: {names} not in Files as published: run {step}"
        yield from self._page(contract, manifest, step)
        if is_comparable(manifest):
            yield from self._figures(contract, quarter, manifest, archives, step)

    def _figures(
        self,
        contract: Contract,
        quarter: Quarter,
        manifest: Manifest,
        archives: RedmineArchives,
        step: str,
    ) -> Iterator[str]:
        known = partial(archives.read, as_of=self.as_of)
        assembly = Assembly(
            bench=self.bench, mirror=self.mirror, archives=known, unreadable=self._unreadable
        )
        figures = plain(assembly.deliverable(contract, quarter, self.as_of).figures)
        changed = restated_figures(manifest, figures)
        if changed:
            yield (
                f"{manifest.edition}: figures are no longer what was published "
                f"({_named(changed)}): look at them with {step} --dry-run; without --dry-run it "
                "publishes a restatement beside it"
            )

    def _page(self, contract: Contract, manifest: Manifest, step: str) -> Iterator[str]:
        own = place_of(contract, self.bench.desk, self.bench.words)
        if own is None:
            return
        place = Place(own.project, page_title(manifest.edition.page_of(own.title)))
        row = self.reader.wiki_page(place.project.id, place.title)
        page = EditionPage(manifest, place, row, stood=True)
        if page.is_whole:
            return
        if page.is_free:
            yield f"{manifest.edition}: its wiki page is not there: run {step}"
        else:
            yield page.finding

    def _running(self, contract: Contract) -> Quarter:
        return Reckoning.of(contract).quarter(contract.day_of(self.as_of))

    def _unreadable(self, error: ReadingError) -> None:
        if str(error) not in self._unread:
            self._unread.append(str(error))


def _named(changed: Sequence[Difference]) -> str:
    named = ", ".join(" / ".join(one.path) for one in changed[:_NAMED])
    more = len(changed) - _NAMED
    return f"{named}, and {more} more" if more > 0 else named


def _told(error: SlaError) -> str:
    return f"{error.message}: {error.hint}" if error.hint else error.message
