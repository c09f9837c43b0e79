"""Custom fields: there, shown, to be filtered by, and what REST cannot tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redmine_sla.contract import OUTPUT_FIELDS, Configuration, Contract
from redmine_sla.contract.explain import near
from redmine_sla.sync.doctor.finding import Finding, Level, advice, error, named, ok, warning
from redmine_sla.sync.doctor.reach import PROVISION
from redmine_sla.sync.doctor.snapshot import ProjectSeen, ServerSeen, fields_on
from redmine_sla.sync.field_uses import roles_used, users_of

CUSTOM_FIELDS = "Administration, Custom fields"
LISTED_BY = ("sla_key", "sla_status", "sla_class", "response_due", "resolution_due", "class")
"""Roles of fields that people, or a run, look tickets up by."""


def check_fields(
    server: ServerSeen, configuration: Configuration, contracts: Sequence[Contract]
) -> Iterator[Finding]:
    wanted = _wanted(configuration, contracts)
    absent = [
        finding
        for role, name in wanted.items()
        for finding in _absent(server, role, name, frozenset(users_of(role, contracts)))
    ]
    yield from absent
    if wanted and not absent:
        yield ok("fields", f"{len(wanted)} custom fields are where they are needed")
    for role, name in wanted.items():
        yield from _shown(server, name, is_output=role in OUTPUT_FIELDS)
    yield from _filters(server, wanted)
    yield from _read_only(configuration, wanted)
    yield from _required(server, configuration)


def _wanted(configuration: Configuration, contracts: Sequence[Contract]) -> dict[str, str]:
    """The mapped fields by role that are written, or that a contract looks at."""
    desk = configuration.desk
    used = {role for contract in contracts for role in roles_used(contract)}
    if desk.surfaces.mode == "fields":
        used |= {role for role in OUTPUT_FIELDS if users_of(role, contracts)}
    return {role: name for role, name in desk.fields.items() if role in used}


def _absent(server: ServerSeen, role: str, name: str, users: frozenset[str]) -> Iterator[Finding]:
    """`users` are the contracts that look at the field: it is missing in their projects alone."""
    for_all = _is_for_all(server, name)
    without = [
        project.identifier
        for project in server.projects
        if users.intersection(project.contracts)
        and not project.shows(name)
        and not (for_all and not project.tickets)
    ]
    if not without:
        return
    known = {field for project in server.projects for field in project.fields}
    yield Finding(
        Level.ERROR if role in OUTPUT_FIELDS else Level.WARNING,
        "field-missing",
        f'[fields] {role}: custom field "{name}" is not seen in project {named(without)}',
        f'{PROVISION}, or add the projects in {CUSTOM_FIELDS}, "{name}"'
        if name in known
        else f"{near(name, known)}; or {PROVISION}",
    )


def _is_for_all(server: ServerSeen, name: str) -> bool:
    """A field for all projects is listed with none of them by 5.0: only its tickets show it."""
    if any(name in project.fields for project in server.projects):
        return False
    return server.listing(name) is not None or any(p.shows(name) for p in server.projects)


def _shown(server: ServerSeen, name: str, *, is_output: bool) -> Iterator[Finding]:
    """A field may be in the project and still not on a ticket: not with its tracker, or hidden."""
    hidden = {
        ticket["tracker"]["name"]: ticket["id"]
        for project in server.projects
        if name in project.fields
        for ticket in project.tickets
        if name not in fields_on(ticket)
    }
    if hidden:
        tracker, ticket = next(iter(hidden.items()))
        say = error if is_output else warning
        yield say(
            "field-not-on-tickets",
            f'custom field "{name}" does not stand on tickets of {named(hidden)}, as on #{ticket}',
            f'{CUSTOM_FIELDS}, "{name}": tick tracker "{tracker}", and make it visible to the role '
            f"of the key's user; or {PROVISION}",
        )


def _filters(server: ServerSeen, wanted: dict[str, str]) -> Iterator[Finding]:
    """Redmine answers a filter it does not know with all tickets, so it is tried out."""
    names = [wanted[role] for role in LISTED_BY if role in wanted]
    deaf = [name for name in names if server.filters.get(name) is False]
    if deaf:
        yield warning(
            "field-not-filter",
            f"lists cannot be filtered by custom field {named(deaf)}: Redmine shows all tickets",
            f'{CUSTOM_FIELDS}: tick "Used as a filter"; or {PROVISION}',
        )
    proved = [name for name in names if server.filters.get(name)]
    if proved and not deaf:
        yield ok("filters", f"lists can be filtered by {named(proved)}")


def _read_only(configuration: Configuration, wanted: dict[str, str]) -> Iterator[Finding]:
    outputs = [name for role, name in wanted.items() if role in OUTPUT_FIELDS]
    if outputs:
        roles = configuration.desk.roles
        yield advice(
            "read-only-unproved",
            f"REST does not tell whether people can write {named(outputs)}",
            "look in Administration, Workflow, Fields permissions: "
            f"read-only for {named((*roles.customer, *roles.provider))} in every status; "
            "`provision` sets that",
        )


def _required(server: ServerSeen, configuration: Configuration) -> Iterator[Finding]:
    """Every update is refused on tickets where a required field is empty."""
    given = configuration.desk.required_fields
    provided = {*given.fields, *(name for one in given.trackers.values() for name in one)}
    ours = {*configuration.desk.fields.values(), *provided}
    rows = server.words.custom_fields
    if rows is not None:
        required = [
            row["name"]
            for row in rows
            if row.get("customized_type") == "issue"
            and row.get("is_required")
            and row["name"] not in provided
        ]
        if required:
            yield warning(
                "field-required",
                f"custom field {named(required)} is required: tickets where it is empty refuse "
                "every update",
                "fill it in on old tickets, and write [required_fields] for tickets made here",
            )
        return
    foreign = sorted({name for project in server.projects for name in _others(project, ours)})
    if foreign:
        yield advice(
            "required-unknown",
            f"this key is not told whether custom field {named(foreign)} is required",
            f"look in {CUSTOM_FIELDS}: a required field that is empty on old tickets makes them "
            "refuse every update; [required_fields] gives values for tickets made here",
        )


def _others(project: ProjectSeen, ours: set[str]) -> set[str]:
    shown = {name for ticket in project.tickets for name in fields_on(ticket)}
    return ({*project.fields} | shown) - ours
