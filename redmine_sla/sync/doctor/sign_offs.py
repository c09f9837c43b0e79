"""Sign-offs: whether their tickets can be made, found again, and decided by the contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from redmine_sla.contract import Configuration, Contract, Terms
from redmine_sla.contract.explain import near
from redmine_sla.sync.doctor.finding import Finding, named, ok, warning
from redmine_sla.sync.doctor.people import MEMBERS
from redmine_sla.sync.doctor.reach import PROVISION
from redmine_sla.sync.doctor.snapshot import MemberSeen, ProjectSeen, RoleSeen, ServerSeen

_ROLES = "Administration, Roles and permissions"


def check_sign_offs(
    server: ServerSeen, configuration: Configuration, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    """What keeps a quarter of the running contracts from being signed off in Redmine.

    Workflows are told to nobody by REST: that the status can be set remains to be tried.
    """
    asking = [one for one in contracts if _asks(one.versions[-1][1])]
    if not asking:
        return
    troubles: list[Finding] = []
    if "sla_key" not in configuration.desk.fields:
        troubles.append(_unmarked(asking))
    for contract in asking:
        project = next((p for p in server.projects if p.identifier == contract.projects[0]), None)
        if project is not None:
            troubles += _tracker(configuration, contract, project)
            troubles += _deciders(server, contract, project)
    yield from troubles
    if not troubles:
        yield ok("sign-offs", f"sign-offs of {named(c.name for c in asking)} have all they need")


def _asks(terms: Terms) -> bool:
    return terms.quarter is not None and terms.quarter.sign_off_by is not None


def _unmarked(asking: Sequence[Contract]) -> Finding:
    return warning(
        "sign-off-unmarked",
        f"nobody is asked to sign the quarters of {named(one.name for one in asking)} off: there "
        "is no field to find the ticket by again",
        f'write sla_key = "SLA key" under [fields] in sla.toml; {PROVISION}',
    )


def _tracker(
    configuration: Configuration, contract: Contract, project: ProjectSeen
) -> Iterator[Finding]:
    promised = contract.versions[-1][1].quarter
    own = promised.sign_off_tracker if promised else None
    wanted = own or configuration.desk.required_fields.tracker
    if wanted is None:
        yield warning(
            "sign-off-tracker",
            f"contract {contract.name}: no tracker is named for sign-offs, so no ticket is made",
            "write sign_off_tracker = under [quarter] in the contract; or tracker = under "
            "[required_fields] in sla.toml",
        )
    elif project.trackers and wanted not in project.trackers:
        yield warning(
            "sign-off-tracker",
            f"contract {contract.name}: project {named([project.identifier])} has no tracker "
            f'"{wanted}" for its sign-offs',
            f"{near(wanted, project.trackers)}; or tick it in the project's Settings, Issue "
            f"tracking; or {PROVISION}",
        )


def _deciders(server: ServerSeen, contract: Contract, project: ProjectSeen) -> Iterator[Finding]:
    if project.members is None:
        return  # told with the members
    terms = contract.versions[-1][1]
    role = terms.quarter.sign_off_by if terms.quarter else None
    wanted = terms.contacts_who_may(role) if role else ()
    known = {contact.user or contact.name for contact in wanted}
    found = [member for member in project.members if known & {member.id, member.name}]
    if not found:
        yield warning(
            "sign-off-contact",
            f"contract {contract.name}: nobody who may sign off is a member of "
            f"{project.identifier}, so the ticket is assigned to nobody",
            f"add one of [[contacts]] whose may has sign_off in {MEMBERS}, and write user = his "
            "number in Redmine under it",
        )
    for member in found:
        yield from _rights(contract, member, server.customer_roles)


def _rights(contract: Contract, member: MemberSeen, told: Iterable[RoleSeen]) -> Iterator[Finding]:
    """A person has the rights of all his roles; those not told may have any."""
    known = {role.name: role for role in told if role.permissions}
    roles = [known[name] for name in member.roles if name in known]
    if len(roles) < len(member.roles):
        return
    if not any("edit_issues" in role.permissions for role in roles):
        yield warning(
            "sign-off-cannot-close",
            f'contract {contract.name}: contact "{member.name}" cannot close a sign-off: no role '
            f'of his ({named(member.roles)}) has the right "Edit issues"',
            f"{PROVISION}: it lets him decide, and change nothing else; or tick the right in "
            f"{_ROLES}, for the tracker of sign-offs alone",
        )
    if not any(role.assignable for role in roles):
        yield warning(
            "sign-off-not-assignable",
            f'contract {contract.name}: no ticket can be assigned to contact "{member.name}"',
            f'{_ROLES}, {named(member.roles)}: tick "Issues can be assigned to this role"',
        )
