"""The contracts' projects: there, open, with what is needed in them, and each covered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redmine_sla.contract import Configuration, Contract
from redmine_sla.contract.checks.together import overlaps
from redmine_sla.contract.explain import near
from redmine_sla.sync.doctor.finding import Finding, Level, advice, error, named, ok, warning
from redmine_sla.sync.doctor.snapshot import ProjectSeen, ServerSeen
from redmine_sla.sync.reach import project_tree
from redmine_sla.ticket.wording import vocabulary_from_rows

SETTINGS = "in the project's Settings, Project"


def check_projects(
    server: ServerSeen, configuration: Configuration, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    known = project_tree(vocabulary_from_rows(projects=server.words.projects).projects.values())
    lost = False
    for contract in contracts:
        for identifier in contract.projects:
            if identifier not in known:
                lost = True
                yield error(
                    "project-unknown",
                    f'contract {contract.name}: this key sees no project "{identifier}"',
                    f"{near(identifier, known)}; an archived project is shown to nobody, "
                    "a private one to members alone",
                )
    for shared in overlaps(contracts, known):
        yield error(
            "contracts-overlap",
            f"contract {shared.second.name}: {shared.finding.what}",
            shared.finding.right,
        )
    for project in server.projects:
        yield from _state(project, contracts)
    yield from _pages(server, configuration, contracts)
    if not lost:
        yield ok("projects", f"{len(server.projects)} projects of the contracts are seen")


def page_project(configuration: Configuration, contract: Contract) -> str:
    """The identifier of the project where the contract's page stands."""
    return configuration.desk.surfaces.wiki_project or contract.projects[0]


def _state(project: ProjectSeen, contracts: Sequence[Contract]) -> Iterator[Finding]:
    if project.is_closed:
        yield warning(
            "project-closed",
            f'project "{project.identifier}" is closed: its tickets are judged and not written',
            "reopen it on its overview page (Actions), or end the contract",
        )
    if "issue_tracking" not in project.modules:
        yield error(
            "module-off",
            f'project "{project.identifier}" has no issue tracking, so no tickets',
            f'{SETTINGS}, Modules: tick "Issue tracking"',
        )
    books = [c.name for c in contracts if c.name in project.contracts and c.counts_hours]
    if books and "time_tracking" not in project.modules:
        yield advice(
            "module-off",
            f'project "{project.identifier}" has no time tracking, and {books[0]} counts hours',
            f'{SETTINGS}, Modules: tick "Time tracking"',
        )


def _pages(
    server: ServerSeen, configuration: Configuration, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    seen = [*server.projects, *([server.elsewhere] if server.elsewhere else ())]
    modules = {project.identifier: project.modules for project in seen}
    needs = {page_project(configuration, contract) for contract in contracts}
    named_for_all = configuration.desk.surfaces.wiki_project
    if named_for_all is not None and named_for_all not in modules:
        yield error(
            "page-project-unknown",
            f'[surfaces] wiki_project: this key sees no project "{named_for_all}"',
            near(named_for_all, [row["identifier"] for row in server.words.projects]),
        )
    without = sorted(name for name in needs & modules.keys() if "wiki" not in modules[name])
    if without:
        alone = configuration.desk.surfaces.mode == "wiki"
        yield Finding(
            Level.ERROR if alone else Level.WARNING,
            "wiki-off",
            f"no wiki in project {named(without)}, where a contract's page is to stand",
            f'{SETTINGS}, Modules: tick "Wiki"; or name another with [surfaces] wiki_project',
        )
