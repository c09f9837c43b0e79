"""Handing quarters over: published, rehearsed, or written into a folder, and told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import click

from redmine_sla.cli.output import print_json, tell
from redmine_sla.cli.progress import shown_progress
from redmine_sla.cli.quarter_told import publication_data, tell_publication
from redmine_sla.cli.run_report import print_plan
from redmine_sla.cli.settings import Settings
from redmine_sla.connectors.folder import open_mirror, open_redmine
from redmine_sla.contract import Configuration, Contract, load_folder
from redmine_sla.errors import ExitCode, SlaError
from redmine_sla.mirror import Mirror
from redmine_sla.quarter import Quarter, QuarterError
from redmine_sla.quarter.deliverable import Deliverable
from redmine_sla.quarter.reckoning import covered_period
from redmine_sla.sync.lock import only_run
from redmine_sla.sync.moment import moment
from redmine_sla.sync.ports import RedmineReader
from redmine_sla.sync.quarterly.archives import RedmineArchives
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.quarterly.folder import write_files
from redmine_sla.sync.quarterly.printing import printed
from redmine_sla.sync.quarterly.publication import Assembler, Publication, QuarterPublisher
from redmine_sla.sync.quarterly.publish import Assembling, PublicationRun, Published
from redmine_sla.sync.run import Watcher
from redmine_sla.sync.workbench import Workbench


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody typed. Without contracts: all that hand that quarter over."""

    quarter: str
    contracts: tuple[str, ...] = ()
    as_of: datetime | None = None
    is_draft: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class _Desk:
    """All that is open while quarters are handed over."""

    run: PublicationRun
    watcher: Watcher
    quarter: Quarter
    contracts: Sequence[Contract]
    as_of: datetime
    is_draft: bool
    warnings: tuple[str, ...] = ()

    def publisher(self, contract: Contract) -> QuarterPublisher:
        (found,) = self.run.publishers(self.quarter, [contract])
        return found

    def publication(self, publisher: QuarterPublisher) -> Publication:
        look = publisher.draft if self.is_draft else publisher.publication
        return look(self.quarter, self.as_of)


def publish(settings: Settings, wish: Wish) -> ExitCode:
    """Publish, and tell what came of it. Raises `SlaError` before the first contract."""

    def one(desk: _Desk, publisher: QuarterPublisher) -> Published:
        return desk.run.carry_out(desk.publication(publisher), desk.watcher)

    return _for_each(settings, wish, one)


def rehearse(settings: Settings, wish: Wish) -> ExitCode:
    """Everything up to the first write, and the plan of it. Raises as `publish` does."""

    def one(desk: _Desk, publisher: QuarterPublisher) -> Published:
        publication = desk.publication(publisher)
        plan = desk.run.plan(publication)
        if not wish.as_json:
            print_plan(plan)
        return Published(publication, plan)

    return _for_each(settings, wish, one, rehearsal=True)


def write(settings: Settings, wish: Wish, folder: Path) -> ExitCode:
    """The files into a folder; Redmine is only read. Raises as `publish` does."""
    written: list[Path] = []
    troubles = _Troubles()
    with _open(settings, wish) as desk:
        for contract in desk.contracts:
            with troubles.of_one_contract():
                files = desk.publisher(contract).files(desk.quarter, desk.as_of)
                written += write_files(folder, files)
    if wish.as_json:
        paths = [str(path) for path in written]
        print_json({"quarter": str(desk.quarter), "files": paths, "troubles": troubles.told})
    else:
        for path in () if settings.quiet else written:
            click.echo(path)
        troubles.tell()
    return troubles.exit_code


def _for_each(
    settings: Settings,
    wish: Wish,
    take: Callable[[_Desk, QuarterPublisher], Published],
    *,
    rehearsal: bool = False,
) -> ExitCode:
    """One contract after the other. What goes wrong with one stops only that one, and is told."""
    data: list[dict[str, Any]] = []
    troubles = _Troubles()
    is_well = True
    with _open(settings, wish) as desk:
        for contract in desk.contracts:
            with troubles.of_one_contract():
                done = take(desk, desk.publisher(contract))
                data.append(publication_data(done))
                is_well = is_well and done.went_well
                if not wish.as_json and not settings.quiet:
                    tell_publication(done, rehearsal=rehearsal)
                if done.applied.stopped_by is not None:
                    raise done.applied.stopped_by
    if wish.as_json:
        told = {"warnings": desk.warnings, "troubles": troubles.told}
        print_json({"publications": data} | told)
    else:
        troubles.tell()
    return troubles.exit_code if is_well else max(ExitCode.FINDINGS, troubles.exit_code)


@dataclass(slots=True)
class _Troubles:
    """What kept contracts from being handed over, and the gravest exit code of it."""

    met: list[SlaError] = field(default_factory=list)

    @contextmanager
    def of_one_contract(self) -> Iterator[None]:
        try:
            yield
        except SlaError as error:
            self.met.append(error)

    @property
    def told(self) -> list[str]:
        return [str(error) for error in self.met]

    def tell(self) -> None:
        for error in self.met:
            step = f"; next: {error.hint}" if error.hint else ""
            tell("!", f"{error.message}{step}", style="red")

    @property
    def exit_code(self) -> ExitCode:
        return max((error.exit_code for error in self.met), default=ExitCode.OK)


@contextmanager
def _open(settings: Settings, wish: Wish) -> Iterator[_Desk]:
    """Mirror and Redmine, and the quarter read again in full."""
    configuration = load_folder(settings.folder)
    quarter = Quarter.parse(wish.quarter)
    contracts = _contracts(configuration, quarter, wish.contracts)
    now = moment(None)
    with (
        only_run(configuration.folder),
        open_mirror(configuration) as mirror,
        open_redmine(configuration) as redmine,
        shown_progress(wanted=not wish.as_json and not settings.quiet) as watcher,
    ):
        run = PublicationRun(
            configuration=configuration,
            redmine=redmine,
            mirror=mirror,
            assembling=assembling_from(redmine),
            printer=printed,
            now=now,
        )
        report = run.read_again(quarter, contracts, watcher)
        for warning in report.warnings:
            tell("!", warning, style="yellow")
        as_of = moment(wish.as_of or now)
        yield _Desk(run, watcher, quarter, contracts, as_of, wish.is_draft, report.warnings)


def assembling_from(reader: RedmineReader) -> Assembling:
    """Quarters from the mirror, with what Redmine's Files hold beside it."""

    def assembling(bench: Workbench, mirror: Mirror) -> Assembler:
        projects = {project.identifier: project for project in bench.words.projects.values()}
        archives = RedmineArchives(reader, projects)

        def assemble(contract: Contract, quarter: Quarter, as_of: datetime) -> Deliverable:
            known = partial(archives.read, as_of=as_of)
            return Assembly(bench=bench, mirror=mirror, archives=known).deliverable(
                contract, quarter, as_of
            )

        return assemble

    return assembling


def _contracts(
    configuration: Configuration, quarter: Quarter, names: Sequence[str]
) -> Sequence[Contract]:
    """Those named, or all that promise a deliverable for that quarter. Raises `SlaError`."""
    if names:
        named = [configuration.contract_named(name) for name in dict.fromkeys(names)]
        for contract in named:
            covered_period(contract, quarter)
        return named
    found = [one for one in configuration.contracts if _hands_over(one, quarter)]
    if not found:
        raise SlaError(
            f"no contract hands {quarter} over",
            hint="a contract does that with [quarter] in its file, for quarters it covers",
        )
    return found


def _hands_over(contract: Contract, quarter: Quarter) -> bool:
    try:
        period = covered_period(contract, quarter)
    except QuarterError:
        return False
    return contract.terms_on(period.last).quarter is not None
