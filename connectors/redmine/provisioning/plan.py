"""What provisioning wants in Redmine, worked out from the configuration as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redmine_sla.connectors.redmine.provisioning.field_shapes import Format, shape_of
from redmine_sla.contract import OUTPUT_FIELDS, Contract, Desk, Terms
from redmine_sla.contract.desk.parties import Side
from redmine_sla.language import Tongue, tongue_for
from redmine_sla.plan.status_line import standing
from redmine_sla.sla.verdict import Verdict
from redmine_sla.sync.field_uses import roles_used, users_of

RIGHTS = (
    "view_issues",
    "add_issues",
    "add_issue_watchers",  # contacts follow the tickets of obligations
    "view_issue_watchers",
    "edit_issues",
    "add_issue_notes",
    "edit_own_issue_notes",  # to hide a note of its own that came out in public
    "view_private_notes",
    "set_notes_private",
    "manage_issue_relations",
    "view_time_entries",
    "view_wiki_pages",
    "view_wiki_edits",
    "edit_wiki_pages",
    "view_files",
    "manage_files",
    "manage_versions",
)
"""Redmine's permissions that the bot's role is given. Seeing members needs none."""

_COLUMNS = ("sla_class", "sla_status", "response_due", "resolution_due")

CLOSED_STATUSES = frozenset({"rejected", "duplicate"})
"""Status roles whose statuses, where they are missing, are made as closed ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvisionOptions:
    """What an administrator may choose.

    `rehearsal` does everything, says so, and undoes it. `quiet_mail` replaces the mail event
    `issue_updated` by its parts for the whole Redmine. `new_key` withdraws a key that was lost.
    `obligation_trackers` also makes the trackers that obligations name.
    """

    login: str = "redmine-sla"
    mail: str = "redmine-sla@example.invalid"  # RFC 2606: no mail ever leaves for it
    role: str = "redmine-sla"
    rehearsal: bool = False
    quiet_mail: bool = False
    new_key: bool = False
    obligation_trackers: bool = False


def plan_of(desk: Desk, contracts: Sequence[Contract], options: ProvisionOptions) -> dict[str, Any]:
    """Everything the script needs to know, ready for JSON."""
    roles, unused = _field_roles(desk, contracts)
    return {
        "bot": {
            "login": options.login,
            "firstname": "redmine-sla",
            "lastname": "(program)",
            "mail": options.mail,
            "role": options.role,
            "rights": RIGHTS,
            "new_key": options.new_key,
        },
        "roles": {str(side): getattr(desk.roles, side) for side in Side},
        "contracts": [_contract(contract) for contract in contracts],
        "trackers": list(_trackers(contracts, options)),
        "statuses": list(_statuses(desk)),
        "fields": [_field(role, desk.fields[role], contracts) for role in roles],
        "sign_offs": list(_sign_offs(desk, contracts)),
        "queries": list(_queries(roles, tongue_for(desk.surfaces.language))),
        "wiki_markup": desk.surfaces.wiki_markup,
        "quiet_mail": options.quiet_mail,
        "rehearsal": options.rehearsal,
        "left_out": [
            f"left out custom field '{desk.fields[role]}' ({role}): no contract uses it"
            for role in unused
        ],
    }


def _contract(contract: Contract) -> Mapping[str, Any]:
    return {
        "name": contract.name,
        "projects": contract.projects,
        "subprojects": contract.subprojects,
        "trackers": contract.select.trackers,
    }


def _field_roles(desk: Desk, contracts: Sequence[Contract]) -> tuple[list[str], list[str]]:
    """The mapped roles to be made, and those that no contract uses."""
    used = {role for contract in contracts for role in roles_used(contract)}
    wanted = dict(desk.fields)
    if desk.surfaces.mode == "fields":
        used |= {role for role in OUTPUT_FIELDS if users_of(role, contracts)}
    else:
        wanted = {role: name for role, name in wanted.items() if role not in OUTPUT_FIELDS}
    return [role for role in wanted if role in used], [role for role in wanted if role not in used]


def _field(role: str, name: str, contracts: Sequence[Contract]) -> Mapping[str, Any]:
    shape = shape_of(role)
    terms = [terms for contract in contracts for _, terms in contract.versions]
    values = dict.fromkeys(value for one in terms for value in shape.values(one))
    formats = [f for f in shape.formats if f is not Format.LIST or values] or [Format.STRING]
    writers = list(shape.writers)
    if any(shape.claimed_as in one.customer_may_set for one in terms):
        writers.append(Side.CUSTOMER)
    return {
        "role": role,
        "name": name,
        "contracts": users_of(role, contracts),
        "formats": formats,
        "values": list(values),
        "description": shape.describes,
        "pattern": shape.pattern,
        "searchable": shape.searchable,
        "readers": shape.readers,
        "writers": writers,
    }


def _statuses(desk: Desk) -> Iterator[Mapping[str, Any]]:
    seen: set[str] = set()
    for role, names in desk.statuses.roles.items():
        for name in names:
            if name not in seen:
                seen.add(name)
                yield {"name": name, "closed": role in CLOSED_STATUSES}


def _trackers(
    contracts: Sequence[Contract], options: ProvisionOptions
) -> Iterator[Mapping[str, Any]]:
    """The trackers that promises hang on, each with the contracts that name it.

    Those that only classification or intake mention are hints for desks that have them.
    """
    named: dict[str, list[str]] = {}
    for contract in contracts:
        names = set(contract.select.trackers)
        for _, terms in contract.versions:
            names |= {tracker for rule in terms.targets for tracker in rule.tracker}
            names |= _sign_off_trackers(terms)
            if options.obligation_trackers:
                names |= set(_obligation_trackers(terms))
        for name in sorted(names):
            named.setdefault(name, []).append(contract.name)
    return ({"name": name, "contracts": theirs} for name, theirs in named.items())


def _obligation_trackers(terms: Terms) -> Iterator[str]:
    return (duty.tracker for duty in terms.obligations if duty.tracker)


def _sign_off_trackers(terms: Terms) -> set[str]:
    promised = terms.quarter
    if promised is None or promised.sign_off_by is None or promised.sign_off_tracker is None:
        return set()
    return {promised.sign_off_tracker}


def _sign_offs(desk: Desk, contracts: Sequence[Contract]) -> Iterator[Mapping[str, Any]]:
    """The trackers of sign-offs, and the statuses in which the customer's contact decides."""
    named = {
        tracker
        for contract in contracts
        for _, terms in contract.versions
        for tracker in _sign_off_trackers(terms)
    }
    refusing = [name for role in CLOSED_STATUSES for name in desk.statuses.named(role)]
    for tracker in sorted(named):
        yield {
            "tracker": tracker,
            "accepting": desk.statuses.named("resolved"),
            "rejecting": desk.statuses.named("rejected"),
            "refusing": sorted(refusing),
        }


def _queries(roles: Sequence[str], tongue: Tongue) -> Iterator[Mapping[str, Any]]:
    """What they look for are the words that stand in the fields, in the language of those."""
    columns = [role for role in _COLUMNS if role in roles]
    due = [role for role in ("resolution_due", "response_due") if role in roles][:1]
    common = {"columns": columns, "sort": due, "readers": (Side.PROVIDER, Side.CUSTOMER)}
    if "sla_status" in roles:
        for name, verdict, describes in (
            ("SLA at risk", Verdict.AT_RISK, "Open tickets whose promise will soon be broken"),
            ("SLA breached", Verdict.BREACHED, "Open tickets whose promise is broken"),
        ):
            yield common | {
                "name": name,
                "description": describes,
                "contains": {"sla_status": standing(verdict, tongue)},
                "filled": [],
            }
    if due:
        yield common | {
            "name": "SLA: due next",
            "description": "Open tickets with a promise, the next one due first",
            "contains": {},
            "filled": due,
        }
