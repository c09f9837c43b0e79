"""The words of a Redmine, from the JSON rows of its REST API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from redmine_sla.ticket.reading import ReadingError, Row
from redmine_sla.ticket.ticket import Ref
from redmine_sla.ticket.vocabulary import CustomField, Project, Status, Vocabulary

_FIELDS_FIRST = {"issue": 0, "time_entry": 1}


@dataclass(frozen=True, slots=True)
class Member:
    """A user or a group in a project, with its roles (own and inherited)."""

    project: Ref
    user: Ref | None
    group: Ref | None
    roles: tuple[Ref, ...]


def vocabulary_from_rows(
    *,
    statuses: Iterable[Row] = (),
    trackers: Iterable[Row] = (),
    priorities: Iterable[Row] = (),
    activities: Iterable[Row] = (),
    projects: Iterable[Row] = (),
    categories: Iterable[Row] = (),
    versions: Iterable[Row] = (),
    custom_fields: Iterable[Row] = (),
    field_names: Mapping[int, str] | None = None,
    users: Mapping[int, str] | None = None,
) -> Vocabulary:
    """The vocabulary of what could be read.

    `custom_fields` are rows of an administrator's `/custom_fields.json`; `field_names` are names
    seen on tickets, for keys that may not read those: such a field is known by its name alone.
    Raises `ReadingError`.
    """
    fields = {number: CustomField(number, name) for number, name in (field_names or {}).items()}
    # Fields of tickets come first: another kind of object may have a field of the same name.
    rows = sorted(
        custom_fields, key=lambda row: _FIELDS_FIRST.get(row.get("customized_type", ""), 2)
    )
    described = {_id(row, "custom field"): _custom_field(row) for row in rows}
    return Vocabulary(
        statuses={
            _id(row, "status"): Status(
                row["id"], _name(row, "status"), closed=bool(row.get("is_closed"))
            )
            for row in statuses
        },
        trackers=_names(trackers, "tracker"),
        priorities=_names(priorities, "priority"),
        activities=_names(activities, "activity"),
        categories=_names(categories, "category"),
        versions=_names(versions, "version"),
        fields=described
        | {number: known for number, known in fields.items() if number not in described},
        users=dict(users or {}),
        projects={_id(row, "project"): _project(row) for row in projects},
    )


def member_from_row(row: Row) -> Member:
    """A membership from `/projects/ID/memberships.json`. Raises `ReadingError`."""
    number = _id(row, "membership")
    project = _ref(row.get("project"))
    if project is None:
        raise ReadingError(f"membership #{number}: `project` is {row.get('project')!r}")
    roles = (_ref(role) for role in row.get("roles") or ())
    return Member(
        project,
        user=_ref(row.get("user")),
        group=_ref(row.get("group")),
        roles=tuple(dict.fromkeys(role for role in roles if role is not None)),
    )


def _project(row: Row) -> Project:
    parent = _ref(row.get("parent"))
    return Project(
        id=row["id"],
        identifier=str(row.get("identifier") or row["id"]),
        name=_name(row, "project"),
        parent=parent.id if parent else None,
        status=row.get("status") or 1,
        is_public=row.get("is_public"),
    )


def _custom_field(row: Row) -> CustomField:
    options = {}
    for option in row.get("possible_values") or ():
        value = str(option.get("value"))
        options[value] = str(option.get("label") or value)
    default = row.get("default_value")
    return CustomField(
        id=row["id"],
        name=_name(row, "custom field"),
        format=str(row.get("field_format") or "string"),
        default=None if default in (None, "") else str(default),
        options=options,
    )


def _names(rows: Iterable[Row], kind: str) -> dict[int, str]:
    return {_id(row, kind): _name(row, kind) for row in rows}


def _name(row: Row, kind: str) -> str:
    name = row.get("name")
    if not isinstance(name, str):
        raise ReadingError(f"{kind} #{row['id']}: `name` is {name!r}, not a text")
    return name


def _id(row: Row, kind: str) -> int:
    number = row.get("id")
    if type(number) is not int:
        raise ReadingError(f"{kind}: `id` is {number!r}, not a number")
    return number


def _ref(value: object) -> Ref | None:
    if not isinstance(value, Mapping) or type(value.get("id")) is not int:
        return None
    number: int = value["id"]
    return Ref(number, str(value.get("name") or f"#{number}"))
