"""Names met in rows: of users and of whatever the key may not list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from redmine_sla.mirror.held import Row


class Named(StrEnum):
    """Kinds of names learnt on the way."""

    USER = "user"
    CATEGORY = "category"
    VERSION = "version"
    FIELD = "field"
    ACTIVITY = "activity"


Names = dict[tuple[Named, int], str]

_KEYS = {
    "author": Named.USER,
    "assigned_to": Named.USER,
    "user": Named.USER,
    "group": Named.USER,  # an issue may be assigned to a group: Redmine numbers both alike
    "category": Named.CATEGORY,
    "fixed_version": Named.VERSION,
    "activity": Named.ACTIVITY,
}


def names_in(rows: Iterable[Row]) -> Names:
    """The names in tickets with their journals, time entries, memberships or projects."""
    found: Names = {}
    for row in rows:
        for part in (row, *_objects(row, "journals")):
            for key, kind in _KEYS.items():
                _note(found, kind, part.get(key))
        for field in (*_objects(row, "custom_fields"), *_objects(row, "issue_custom_fields")):
            _note(found, Named.FIELD, field)
    return found


def _note(found: Names, kind: Named, value: object) -> None:
    if isinstance(value, Mapping) and type(value.get("id")) is int and value.get("name"):
        found[kind, value["id"]] = str(value["name"])


def _objects(row: Row, key: str) -> Iterator[Row]:
    value = row.get(key)
    return (
        (part for part in value if isinstance(part, Mapping))
        if isinstance(value, list)
        else iter(())
    )
