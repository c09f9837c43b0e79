"""The wiki pages of quarters that are not handed over yet, brought up to date once a day.

A quarter's page moves with every ticket, and is read now and then: each run would write it anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from redmine_sla.contract import Contract
from redmine_sla.mirror import Mirror
from redmine_sla.page import page_title
from redmine_sla.plan import Place, SaveWikiPage, page_change, place_of
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.draft_page import draft_page
from redmine_sla.quarter.edition import Edition
from redmine_sla.quarter.freezing import is_published
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.sync.failures import Forbidden, NotFound
from redmine_sla.sync.judging import quarters_in_motion
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.quarterly.settling import sign_offs_of
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket.reading import ReadingError


def draft_titles(contract: Contract, contract_page: str, as_of: datetime) -> tuple[str, ...]:
    """The titles of the pages kept as drafts, beside the contract's own, the latest last."""
    return tuple(_title(contract, one, contract_page) for one in _promised(contract, as_of))


def _promised(contract: Contract, as_of: datetime) -> Iterator[Quarter]:
    """The quarters in motion for which the contract promises a deliverable."""
    for quarter in quarters_in_motion(contract, as_of):
        if contract.terms_on(covered_period(contract, quarter).last).quarter is not None:
            yield quarter


@dataclass(slots=True)
class Drafts:
    """Plans them; `findings` are what it came across. The page of a quarter that was handed over
    stays as it is.
    """

    bench: Workbench
    mirror: Mirror
    pages: PageMemory
    as_of: datetime
    findings: list[str] = field(default_factory=list)
    _own_files: dict[str, frozenset[str]] = field(default_factory=dict)

    def changes(self) -> Iterator[SaveWikiPage]:
        """What must be saved. Raises `CalendarError`, `RedmineError`, `MirrorError`."""
        for contract in self.bench.contracts:
            place = place_of(contract, self.bench.desk, self.bench.words)
            if place is None:
                continue
            for quarter in _promised(contract, self.as_of):
                change = self._change(contract, quarter, place)
                if change is not None:
                    yield change

    def _change(self, contract: Contract, quarter: Quarter, place: Place) -> SaveWikiPage | None:
        where = Place(place.project, _title(contract, quarter, place.title))
        if self._is_handed_over(contract, quarter):
            return None
        now = self.pages.now(where)
        if now is not None and is_published(now.text):
            return None
        assembly = Assembly(bench=self.bench, mirror=self.mirror, unreadable=self._unreadable)
        return page_change(
            draft_page(assembly.deliverable(contract, quarter, self.as_of)),
            where,
            now,
            contract=contract,
            desk=self.bench.desk,
            as_of=self.as_of,
        )

    def _is_handed_over(self, contract: Contract, quarter: Quarter) -> bool:
        """Whether its manifest stands in Redmine's Files, or somebody was asked to sign it off.

        The page may have been edited since, and tells nothing for sure.
        """
        if self.as_of < covered_period(contract, quarter).end:
            return False
        if Edition(contract.name, quarter).manifest_name in self._files(contract):
            return True
        asked = sign_offs_of(self.bench, self.mirror, contract, self.as_of).found
        return any(one.edition.quarter == quarter for one in asked)

    def _files(self, contract: Contract) -> frozenset[str]:
        """The names of our own files in its project, asked for once."""
        wanted = contract.projects[0]
        if wanted not in self._own_files:
            projects = self.bench.words.projects.values()
            numbers = [one.id for one in projects if one.identifier == wanted]
            self._own_files[wanted] = frozenset(
                name for number in numbers for name in self._own_in(number)
            )
        return self._own_files[wanted]

    def _own_in(self, project: int) -> Iterator[str]:
        """None where files cannot be seen: nothing can have been published there."""
        try:
            files = self.pages.reader.files(project)
        except (Forbidden, NotFound):
            return
        yield from (file.filename for file in files if file.author in self.bench.parties.bots)

    def _unreadable(self, error: ReadingError) -> None:
        if str(error) not in self.findings:
            self.findings.append(str(error))


def _title(contract: Contract, quarter: Quarter, contract_page: str) -> str:
    return page_title(Edition(contract.name, quarter).page_of(contract_page))
