"""Obligations: whether their tickets can be made, found again, and given to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from redmine_sla.contract import Configuration, Contract, Terms
from redmine_sla.contract.explain import near
from redmine_sla.contract.promises.obligations import Obligation
from redmine_sla.sync.doctor.finding import Finding, Level, advice, named, ok, warning
from redmine_sla.sync.doctor.people import MEMBERS
from redmine_sla.sync.doctor.reach import PROVISION
from redmine_sla.sync.doctor.snapshot import ProjectSeen, ServerSeen

_KEY = "sla_key"


def check_duties(
    server: ServerSeen, configuration: Configuration, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    """What keeps the tickets of the running contracts' obligations from being made.

    The field's being there, its filter and the right to make tickets are checked with the others.
    """
    owing = [(one, terms) for one in contracts if (terms := one.versions[-1][1]).obligations_for()]
    if not owing:
        return
    if _KEY not in configuration.desk.fields:
        yield _unmarked(configuration, [contract for contract, _ in owing])
        return
    troubles: list[Finding] = []
    for contract, terms in owing:
        project = next((p for p in server.projects if p.identifier == contract.projects[0]), None)
        if project is not None:
            troubles += _trackers(configuration, contract, terms, project)
            troubles += _owners(contract, terms, project)
    yield from troubles
    if not troubles:
        count = sum(len(terms.obligations_for()) for _, terms in owing)
        yield ok("obligations", f"{count} obligations have a tracker and an owner")


def _unmarked(configuration: Configuration, owing: Iterable[Contract]) -> Finding:
    """In wiki mode that may be meant; else the customer is promised tickets nobody makes."""
    alone = configuration.desk.surfaces.mode == "wiki"
    return Finding(
        Level.ADVICE if alone else Level.WARNING,
        "obligations-unmarked",
        f"no tickets are made for the obligations of {named(one.name for one in owing)}: there is "
        "no field to find them by again",
        f'write {_KEY} = "SLA key" under [fields] in sla.toml; {PROVISION}',
    )


def _trackers(
    configuration: Configuration, contract: Contract, terms: Terms, project: ProjectSeen
) -> Iterator[Finding]:
    usual = configuration.desk.required_fields.tracker or next(iter(contract.select.trackers), None)
    nameless = [duty.name for duty in terms.obligations_for() if not (duty.tracker or usual)]
    if nameless:
        yield warning(
            "obligation-tracker",
            f"contract {contract.name}: obligation {named(nameless)} names no tracker, so no "
            "ticket is made",
            "write tracker = under [required_fields] in sla.toml, or under the obligation",
        )
    wanted = {duty.tracker or usual for duty in terms.obligations_for()} - {None}
    unknown = sorted(str(name) for name in wanted - project.trackers)
    if unknown and project.trackers:
        yield warning(
            "obligation-tracker",
            f"contract {contract.name}: project {named([project.identifier])} has no tracker "
            f"{named(unknown)} for its obligations",
            f"{near(unknown[0], project.trackers)}; or tick it in the project's Settings, "
            "Issue tracking",
        )


def _owners(contract: Contract, terms: Terms, project: ProjectSeen) -> Iterator[Finding]:
    if project.members is None:
        return  # told with the members
    known = {member.name for member in project.members}
    numbers = {str(member.id) for member in project.members}
    owned: dict[str, list[Obligation]] = {}
    for duty in terms.obligations_for():
        if duty.owner is not None:
            owned.setdefault(terms.team.get(duty.owner, duty.owner), []).append(duty)
    for name, duties in owned.items():
        if not {name} & (known | numbers):
            part = duties[0].owner
            where = f" ([team] {part})" if part in terms.team else ""
            yield warning(
                "obligation-owner",
                f'contract {contract.name}: owner "{name}"{where} of '
                f"{named(duty.name for duty in duties)} is not a member of {project.identifier}: "
                "the tickets are assigned to nobody",
                f"{near(name, known)}; write the name as Redmine shows it (logins are told to "
                f"nobody), under [team] in the contract, or add him in {MEMBERS}",
            )
    ownerless = [duty.name for duty in terms.obligations_for() if duty.owner is None]
    if ownerless:
        yield advice(
            "obligation-owner",
            f"contract {contract.name}: obligation {named(ownerless)} has no owner",
            "write owner = under it: a part of [team], or a name as Redmine shows it",
        )
