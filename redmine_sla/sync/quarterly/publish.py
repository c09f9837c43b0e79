"""One command's work: read the quarter again in full, find what is missing, and publish it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from redmine_sla.contract import Configuration, Contract
from redmine_sla.contract.findings import listed
from redmine_sla.contract.promises.quarterly import Quarter as Promised
from redmine_sla.errors import SlaError
from redmine_sla.mirror import Mirror
from redmine_sla.plan import CreateTicket, Plan, SaveWikiPage, made_once, place_of
from redmine_sla.quarter import Quarter
from redmine_sla.quarter.quarter import QuarterError
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.sync.apply import Applied, Result, apply
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.ports import Redmine
from redmine_sla.sync.pull import pull
from redmine_sla.sync.pull.scope import Beat, PullReport
from redmine_sla.sync.put_off import put_off_in, remember_put_off
from redmine_sla.sync.quarterly.edition_changes import Places
from redmine_sla.sync.quarterly.edition_made import Workshop
from redmine_sla.sync.quarterly.late_edits import LateEdits
from redmine_sla.sync.quarterly.people import Staff
from redmine_sla.sync.quarterly.printing import Printer
from redmine_sla.sync.quarterly.publication import Assembler, Publication, QuarterPublisher
from redmine_sla.sync.quarterly.request import Office
from redmine_sla.sync.quarterly.settling import sign_offs_of
from redmine_sla.sync.quarterly.sight import unseen
from redmine_sla.sync.quarterly.software import software
from redmine_sla.sync.reach import scope_of
from redmine_sla.sync.run import Watcher
from redmine_sla.sync.workbench import Workbench, lay_out
from redmine_sla.ticket import Project

Assembling = Callable[[Workbench, Mirror], Assembler]
"""Makes the assembler of a laid-out workbench."""


@dataclass(frozen=True, slots=True)
class Published:
    """A publication, and what became of its changes."""

    publication: Publication
    plan: Plan
    applied: Applied = field(default_factory=Applied)

    @property
    def went_well(self) -> bool:
        """Is all done, with nothing missing and nothing for a person to look at?"""
        done = (Result.APPLIED, Result.SKIPPED)
        return (
            self.applied.stopped_by is None
            and all(outcome.result in done for outcome in self.applied.outcomes)
            and not self.plan.findings
            and not self.publication.deliverable.gaps
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRun:
    """A folder's contracts, its Redmine and its mirror, at the instant `now`."""

    configuration: Configuration
    redmine: Redmine
    mirror: Mirror
    assembling: Assembling
    printer: Printer
    now: datetime

    def read_again(
        self, quarter: Quarter, contracts: Sequence[Contract], watcher: Watcher | None = None
    ) -> PullReport:
        """Read the quarter's histories and hours again in full: what was edited late must show.

        Neither edited time entries nor notes made private move anything that Redmine could be
        asked for. Raises `QuarterError` where a contract does not cover the quarter,
        `ConfigurationError`, `RedmineError`, `MirrorError`.
        """
        periods = [covered_period(contract, quarter) for contract in contracts]
        scope = replace(
            scope_of(self.configuration, self.mirror, self.redmine),
            histories_from=min(period.begin for period in periods),
            hours_from=min(self._hours_from(contract, quarter) for contract in contracts),
        )
        reading = (watcher or Watcher()).reading
        report = pull(
            self.redmine, self.mirror, scope, as_of=self.now, beat=Beat.NOW, progress=reading
        )
        PageMemory(self.redmine, self.mirror).forget_all()
        return report

    def publishers(
        self, quarter: Quarter, contracts: Sequence[Contract]
    ) -> Iterator[QuarterPublisher]:
        """Where each contract's quarter is handed over. Writes nothing.

        Raises `SlaError` where a contract promises no deliverable, the quarter has not begun, its
        project is out of sight, or the key cannot see what the figures are made of.
        """
        bench = lay_out(self.configuration, self.mirror)
        assembler = self.assembling(bench, self.mirror)
        for contract in contracts:
            self._refuse_the_future(contract, quarter)
            yield self._publisher(contract, quarter, bench, assembler)

    def carry_out(self, publication: Publication, watcher: Watcher | None = None) -> Published:
        """Publish. What Redmine refuses is in the result, and what depends on it is not done."""
        plan = self.plan(publication)
        applied = apply(plan, self.redmine, progress=(watcher or Watcher()).writing)
        remember_put_off(self.mirror, applied.put_off)
        pages = PageMemory(self.redmine, self.mirror)
        for outcome in applied.outcomes:
            if isinstance(outcome.change, SaveWikiPage):
                pages.forget(outcome.change)
        return Published(publication, plan, applied)

    def plan(self, publication: Publication) -> Plan:
        """The publication's changes in their order. A sign-off ticket that stands without the key
        it is found by is not made again, but told."""
        put_off = put_off_in(self.mirror)
        standing = {one.id: one for one in self.mirror.tickets(numbers=put_off.keys())}
        changes = tuple(made_once(publication.changes, put_off, standing, self.now))
        made = [one for one in publication.changes if one not in changes]
        told = [
            note.said
            for one in made
            if isinstance(one, CreateTicket)
            for note in put_off.values()
            if note.fields.get(one.key_field) == one.key
        ]
        return Plan.of(self.now, changes, (*publication.findings, *told))

    def _publisher(
        self, contract: Contract, quarter: Quarter, bench: Workbench, assembler: Assembler
    ) -> QuarterPublisher:
        desk, words = bench.desk, bench.words
        place = place_of(contract, desk, words)
        project = _project(contract, bench)
        if place is None or project is None:
            raise SlaError(
                f"contract {contract.name}: the project of its wiki or its files is out of sight",
                hint="add the key's user as a member there; `redmine-sla doctor` says where",
            )
        promised = _promised(contract, quarter)
        reached = [one for one in words.projects.values() if contract in bench.reaching(one.id)]
        missing = list(unseen(contract, reached, self.redmine))
        if missing:
            raise SlaError(
                f"contract {contract.name}: figures would be stated of what the key cannot see: "
                f"it lacks {listed(missing)}",
                hint="give that to the key's user, or run the script of `redmine-sla provision`",
            )
        office = Office(
            desk=desk,
            words=words,
            project=project,
            members=self.mirror.members(project.id) or (),
        )
        return QuarterPublisher(
            places=Places(
                reader=self.redmine,
                contract=contract,
                promised=promised,
                office=office,
                place=place,
                sign_offs=sign_offs_of(bench, self.mirror, contract, self.now).found,
            ),
            workshop=Workshop(
                desk=desk,
                printer=self.printer,
                promised=promised,
                project=place.project.identifier,
                contract_page=place.title,
                files=office.files_address,
                staff=Staff(bench, contract, quarter),
                software=software(),
            ),
            assemble=assembler,
            edits=LateEdits(bench, self.mirror, contract),
            now=self.now,
        )

    def _refuse_the_future(self, contract: Contract, quarter: Quarter) -> None:
        begins = covered_period(contract, quarter).first
        if begins > contract.day_of(self.now):
            raise QuarterError(
                f"{quarter} of contract {contract.name} has not begun: it begins on {begins}",
                hint="name the running quarter for a draft, or one that is over",
            )

    def _hours_from(self, contract: Contract, quarter: Quarter) -> date:
        """A budget for the whole contract is stated from its first day."""
        return min(contract.starts, covered_period(contract, quarter).first)


def _promised(contract: Contract, quarter: Quarter) -> Promised:
    """What the contract says of the quarter's deliverable. Raises `SlaError` if nothing."""
    promised = contract.terms_on(covered_period(contract, quarter).last).quarter
    if promised is None:
        raise SlaError(
            f"contract {contract.name} promises no quarterly deliverable",
            hint="write [quarter] into the contract, or name other contracts with --contract",
        )
    return promised


def _project(contract: Contract, bench: Workbench) -> Project | None:
    """Where its tickets and files are: the first project it names."""
    wanted = contract.projects[0]
    return next((one for one in bench.words.projects.values() if one.identifier == wanted), None)
